"""Moments as the command line reads and writes them: on the clock of this place, with its distance from UTC.

With it a journey or the hour put back in autumn changes nothing; moments without it, as older logs have them, are read
as the time of this place.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from supple.session.log_file import FIRST_YEAR, LAST_YEAR, possible


class MomentError(ValueError):
    """A moment is none at which anybody stretches."""


def now() -> datetime:
    """The moment it is."""
    return local(datetime.now(UTC))


def written(path: Path) -> datetime:
    """When a file was written last, of whatever century; raises MomentError."""
    return local(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def here(moment: datetime) -> datetime:
    """A moment on the clock of this place; raises MomentError for one of another century.

    >>> here(datetime(2026, 11, 21, 8, 30)).tzinfo is None
    False
    """
    if not possible(moment):
        raise MomentError(f"{moment.isoformat()} is no moment of a session; give one from {FIRST_YEAR} to {LAST_YEAR}.")
    return local(moment)


def local(moment: datetime) -> datetime:
    """A moment, by the zone of this machine; raises MomentError where its setting is none that can be."""
    try:
        return moment.astimezone()
    except (ValueError, OverflowError) as error:
        raise MomentError(
            f"TZ: {os.environ.get('TZ')!r} is no time zone; set another, such as Europe/London."
        ) from error


def read(word: str) -> datetime:
    """The moment that `word` tells, such as 2026-11-21T18:00; raises MomentError."""
    try:
        found = datetime.fromisoformat(word)
    except ValueError as error:
        raise MomentError(f"{word!r}: that is no moment; write it like 2026-11-21T18:00.") from error
    if ":" not in word:
        raise MomentError(f"{word!r}: that has no hour; write it like 2026-11-21T18:00.")
    return here(found)
