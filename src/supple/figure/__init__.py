"""The human figure: its body, how it moves, and its pictures."""
