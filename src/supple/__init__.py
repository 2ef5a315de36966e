"""Supple: a careful stretching coach for sore backs."""

__version__ = "0.1.0"
