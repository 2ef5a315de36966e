"""The follow-along film: music, and the mix of voice, music and chimes."""
