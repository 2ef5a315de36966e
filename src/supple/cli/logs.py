"""Log files: read back whole, with numbers that can be, and told apart from what else lies in a folder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from supple.catalogue import UnknownStretch, load
from supple.cli.files import FileError, read_json, read_value
from supple.safety.gate import MOST_PAIN
from supple.session import Log
from supple.session.log import VERSION

MARK = "started"


def read_log(path: Path) -> Log:
    """The log in `path`, its moments in the time of this place; raises FileError or ShapeError."""
    log = read_value(Log, path, mark=MARK, version=VERSION)
    for wrong in _wrong(log):
        raise FileError(f"{path}: {wrong}; use an earlier copy of this log.")
    entries = tuple(replace(entry, at=wall_clock(entry.at)) for entry in log.entries)
    checks = tuple(replace(check, at=wall_clock(check.at)) for check in log.rechecks)
    return replace(
        log,
        started=wall_clock(log.started),
        entries=entries,
        rechecks=checks,
        day_after_at=log.day_after_at and wall_clock(log.day_after_at),
        cleared_at=log.cleared_at and wall_clock(log.cleared_at),
    )


def logs_in(folder: Path) -> dict[Path, Log]:
    """The logs in a folder by their files, in the order of names; what is no log, such as a plan, is passed over."""
    return {path: read_log(path) for path in sorted(folder.glob("*.json")) if _is_log(read_json(path))}


def wall_clock(moment: datetime) -> datetime:
    """A moment as the clock on the wall here shows it, without a time zone.

    >>> wall_clock(datetime(2026, 11, 21, 8, 30))
    datetime.datetime(2026, 11, 21, 8, 30)
    """
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


def _is_log(data: object) -> bool:
    return isinstance(data, dict) and MARK in data


def _wrong(log: Log) -> Iterator[str]:
    """What in a log cannot be, if anything."""
    pains = (log.pain_before, log.pain_after or 0, *(pain for hurt in log.hurts for pain in (hurt.before, hurt.during)))
    yield from (f"a pain of {pain} is outside 0 to {MOST_PAIN}" for pain in pains if not 0 <= pain <= MOST_PAIN)
    if log.level < 0:
        yield f"level: {log.level} is below 0"
    for entry in log.entries:
        if entry.seconds < 0:
            yield f"{entry.stretch}: {entry.seconds} seconds cannot be"
        try:
            load().stretch(entry.stretch)
        except UnknownStretch as error:
            yield str(error).rstrip("?.")
