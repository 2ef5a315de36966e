"""Log files: read back whole, with numbers and moments that can be, and told apart from what else lies in a folder.

The command line and the site share the folder of logs and read it here: what bars at one door bars at the other. A file
that has not changed since is not read again; one that was written a moment ago always is.
"""

import os
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from supple.catalogue import UnknownStretch, load
from supple.files import FileError, Kind, is_one, read_json, read_value, value_of
from supple.planner.check import HIGHEST_LEVEL, broken
from supple.planner.plan import VERSION as PLAN_VERSION
from supple.safety.gate import MOST_PAIN
from supple.session.log import VERSION, Log
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
FIRST_YEAR, LAST_YEAR = 2000, 2099

Value = TypeVar("Value")
Clock = Callable[[datetime], datetime]
Stamp = tuple[int, int, int, int]


def read_log(path: Path, here: Clock) -> Log:
    """The log in `path`, its moments on the clock of `here`; raises FileError."""
    return moments(_possible(read_value(LOG, path, older=_of_this_version), path), here)


def logs_in(*folders: Path, here: Clock) -> dict[Path, Log]:
    """The logs in folders by their files, in the order of names; what is no log, such as a plan, is passed over.

    Raises FileError.
    """
    lies = {folder / name: stamp for folder in sorted(folders) for name, stamp in sorted(names_in(folder).items())}
    found = {path: as_it_lies(path, stamp) for path, stamp in lies.items()}
    return {path: moments(log, here) for path, log in found.items() if log is not None}


def names_in(folder: Path) -> dict[str, Stamp]:
    """The files that may hold a log in a folder and those within it, by their place there, with what tells of a change.

    Raises FileError.
    """
    try:
        with os.scandir(folder) as found:
            files = list(found)
        within = (file.name for file in files if file.is_dir(follow_symlinks=False))
        deeper = {f"{name}/{file}": told for name in within for file, told in names_in(folder / name).items()}
        named = (file for file in files if file.name.lower().endswith(".json") and not file.is_dir())
        return {file.name: stamp(file) for file in named} | deeper
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FileError(
            f"{folder}: the logs in it cannot be read ({error.strerror}), and one may tell of a sign that matters; "
            "make it a folder again that can be read."
        ) from error


def stamp(file: "Path | os.DirEntry[str]") -> Stamp:
    """What tells a file from the same one changed; raises FileError."""
    try:
        found = file.stat()
    except OSError as error:
        raise FileError(f"{os.fspath(file)}: cannot be read ({error.strerror}); {LOG.again}.") from error
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


class Latest(Generic[Value]):
    """The last value that was made for each name, for as long as what it was made from is the same."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[Hashable, Value]] = {}

    def of(self, name: Hashable, source: Hashable, make: Callable[[], Value]) -> Value:
        """The value for a name, made anew where its source has changed."""
        known = self._made.get(name)
        if known is None or known[0] != source:
            known = self._made[name] = (source, make())
        return known[1]


READ: Latest[Log | None] = Latest()


def as_it_lies(path: Path, stamp: Stamp) -> Log | None:
    """The log in a file with this stamp, its moments as they are written; None for what is none. Raises FileError."""
    return READ.of(path, stamp, lambda: _read(path))


def _read(path: Path) -> Log | None:
    try:
        data = read_json(path, again=LOG.again)
    except FileError as error:
        raise FileError(f"{str(error).rpartition(';')[0]}; {LOG.again}.") from error
    return _possible(value_of(LOG, data, path, older=_of_this_version), path) if is_one(LOG, data) else None


def _of_this_version(data: dict[str, Any]) -> dict[str, Any]:
    """A log of version 1 as one of today: its moments have no offset, and what was left to do is of an older plan."""
    if data.get("version") != 1 or data["version"] is True:
        return data
    rest = data.get("rest")
    same = isinstance(rest, dict) and rest.get("version") == PLAN_VERSION
    return {**data, "version": VERSION, **({} if same or "rest" not in data else {"rest": None})}


def _possible(log: Log, path: Path) -> Log:
    """The log, where all in it can be; raises FileError."""
    for wrong in _wrong(log):
        raise FileError(f"{path}: {wrong}; {LOG.again}.")
    return log


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
    yield from (f"{moment.isoformat()} is no moment of a session" for moment in _moments(log) if not possible(moment))
    if log.rest is not None:
        yield from (f"rest: {wrong}" for wrong in broken(log.rest, load(), part=True))


def possible(moment: datetime) -> bool:
    """Whether anybody can have stretched then: in this century, wherever its clock is."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def _moments(log: Log) -> list[datetime]:
    found: list[datetime] = []

    def keep(moment: datetime) -> datetime:
        found.append(moment)
        return moment

    moments(log, keep)
    return found
