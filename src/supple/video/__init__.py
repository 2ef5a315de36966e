"""The follow-along film of a session: its picture, its voice, its music."""
