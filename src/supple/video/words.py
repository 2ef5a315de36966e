"""What a film says that a session does not: the line of safety at both ends."""

SAFETY = "A pull of 1 to 3 out of 10 is fine; stop for sharp pain or tingling."
