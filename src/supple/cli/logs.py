"""Log files: read back whole, with numbers that can be, and told apart from what else lies in a folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from supple.catalogue import UnknownStretch, load
from supple.cli.files import FileError, Kind, is_one, read_json, read_value
from supple.cli.moments import MomentError, here
from supple.planner.check import HIGHEST_LEVEL, broken
from supple.planner.plan import VERSION as PLAN_VERSION
from supple.safety.gate import MOST_PAIN
from supple.session import Log
from supple.session.log import VERSION
from supple.shapes import moments

LOG = Kind(
    Log,
    "log",
    mark="started",
    version=VERSION,
    instead="name the log of a session, or move this file out of the folder of logs",
    again="use an earlier copy of this log, or move it out of this folder if it is none of supple",
)
LONGEST_STEP_S = 3600


def read_log(path: Path) -> Log:
    """The log in `path`, its moments on the clock of this place; raises FileError."""
    log = read_value(LOG, path, older=_of_this_version)
    for wrong in _wrong(log):
        raise FileError(f"{path}: {wrong}; {LOG.again}.")
    try:
        return moments(log, here)
    except MomentError as error:
        raise FileError(f"{path}: {str(error).partition(';')[0]}; {LOG.again}.") from error


def logs_in(*folders: Path) -> dict[Path, Log]:
    """The logs in folders by their files, in the order of names; what is no log, such as a plan, is passed over."""
    files = [path for folder in sorted(folders) for path in sorted(folder.glob("*.json")) if not path.is_dir()]
    try:
        return {path: read_log(path) for path in files if is_one(LOG, read_json(path))}
    except FileError as error:
        raise FileError(f"{str(error).rpartition(';')[0]}; {LOG.again}.") from error


def _of_this_version(data: dict[str, Any]) -> dict[str, Any]:
    """A log of version 1 as one of today: its moments have no offset, and what was left to do is of an older plan."""
    if data.get("version") != 1:
        return data
    rest = data.get("rest")
    same = isinstance(rest, dict) and rest.get("version") == PLAN_VERSION
    return {**data, "version": VERSION, **({} if same or "rest" not in data else {"rest": None})}


def _wrong(log: Log) -> Iterator[str]:
    """What in a log cannot be, if anything."""
    pains = (log.pain_before, log.pain_after or 0, *(pain for hurt in log.hurts for pain in (hurt.before, hurt.during)))
    yield from (f"a pain of {pain} is outside 0 to {MOST_PAIN}" for pain in pains if not 0 <= pain <= MOST_PAIN)
    if not 0 <= log.level <= HIGHEST_LEVEL:
        yield f"level: {log.level} is outside 0 to {HIGHEST_LEVEL}"
    for entry in log.entries:
        if not 0 <= entry.seconds <= LONGEST_STEP_S:
            yield f"{entry.stretch}: {entry.seconds} seconds cannot be"
    for stretch in (*(entry.stretch for entry in log.entries), *(hurt.stretch for hurt in log.hurts)):
        try:
            load().stretch(stretch)
        except UnknownStretch as error:
            yield str(error).rstrip("?.")
    if log.rest is not None:
        yield from (f"rest: {wrong}" for wrong in broken(log.rest, load(), part=True))
