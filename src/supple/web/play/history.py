"""Sessions that were carried out. A stand-in until the player is here: there are none."""

from datetime import datetime

from supple.planner import Alarm, History
from supple.session import Log


def past(now: datetime) -> History:
    """All sessions so far, as the planner knows them."""
    return History()


def alarms() -> dict[object, Alarm]:
    """The grave signs told of in sessions that have not been cleared, by the session."""
    return {}


def logs() -> dict[object, Log]:
    """The log of each session."""
    return {}


def keep(run: object, log: Log) -> None:
    """Writes the log of a session anew: what the day after brought, or that a sign has been seen to."""
