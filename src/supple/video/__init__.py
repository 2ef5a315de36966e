"""The follow-along film: a session as a moving figure with voice, music and words, made on this machine."""
