"""What the address of a calendar may ask for."""

from datetime import time


def hour(text: str) -> time | None:
    """An hour such as 18:00; None where it is none.

    >>> hour("18:30"), hour("tea time")
    (datetime.time(18, 30), None)
    """
    try:
        found = time.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo else found.replace(second=0, microsecond=0)
