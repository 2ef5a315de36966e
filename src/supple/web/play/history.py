"""Sessions that were carried out. A stand-in until the player is here: there are none."""

from collections.abc import Mapping
from datetime import datetime

from supple.planner import Alarm, History
from supple.session import Log


def past(now: datetime) -> History:
    """All sessions so far, as the planner knows them."""
    return History()


def alarms() -> dict[str, Alarm]:
    """The grave signs told of in sessions that have not been cleared, by the name of the log."""
    return {}


def clear(now: datetime) -> None:
    """Every question has been answered anew, and a clinician has looked where that was asked."""


def logs() -> Mapping[str, Log]:
    """The log of each session by its name."""
    return {}


def keep(name: str, log: Log) -> None:
    """Writes a log anew, with what the day after it brought."""
