"""What a film says that a session does not: the line of safety at both ends."""

from supple.safety.tables import table


def safety() -> str:
    """The sentence that stands in every plan for whoever has no pain that spreads; it is the strictest of them."""
    rows = table("messages")["messages"]
    return next(str(row["say"]) for row in rows if row["id"] == "pull_not_pain")
