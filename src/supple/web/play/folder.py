"""The folder of logs that the site shares with the command line: each heeds what the other has kept there.

The site writes its own sessions there as `site-<number>.json` and reads all others; to those it adds only what
somebody answers about them before a later session.
"""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from supple import shapes
from supple.catalogue import load
from supple.planner.plan import VERSION as PLAN_VERSION
from supple.session import Log
from supple.session.log import VERSION

OWN = "site-"
MOST_BYTES = 2_000_000


class LogUnreadable(ValueError):
    """A log in the folder is broken, and what it tells of may matter; the text names it and the remedy."""


class NotWritten(OSError):
    """The log could not be put beside the others."""


def place() -> Path:
    """Where the logs lie."""
    return Path(settings.DATA) / "sessions"


def own(number: int) -> Path:
    """Where a session of the site lies among the others."""
    return place() / f"{OWN}{number}.json"


def others() -> dict[Path, Log]:
    """The logs that the command line wrote, on the clock in force; no others are read. Raises LogUnreadable."""
    files = sorted(file for file in place().glob("*.json") if file.is_file() and not file.name.startswith(OWN))
    found = {file: loaded(file) for file in files}
    return {file: log for file, log in found.items() if log is not None}


def loaded(file: Path) -> Log | None:
    """The log in a file; None where there is none. Raises LogUnreadable."""
    try:
        if not file.is_file():
            return None
        if file.stat().st_size > MOST_BYTES:
            raise ValueError("it is larger than any log")
        data = json.loads(file.read_text(encoding="utf-8-sig"))
        return _log(data, file) if isinstance(data, dict) and "started" in data else None
    except (OSError, ValueError, RecursionError) as error:
        raise LogUnreadable(
            f"{file}: this log cannot be read ({str(error).partition(';')[0]}), and it may tell of a sign that "
            "matters; use an earlier copy of it, or move it out of this folder."
        ) from error


def write(file: Path, log: Log) -> None:
    """Put a log into its place, whole or not at all; raises NotWritten."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=file.parent, suffix=".part", delete=False) as draft:
            draft.write(shapes.dumps(log).encode())
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(file)
    except OSError as error:
        raise NotWritten(f"{file} could not be written ({error.strerror}).") from error


def here(moment: datetime) -> datetime:
    """A moment on the clock in force; one without an offset, as older logs have them, is of this place."""
    if timezone.is_naive(moment):
        return timezone.make_aware(moment)
    return timezone.localtime(moment)


def _log(data: dict[str, Any], file: Path) -> Log:
    if data.get("version") == 1:  # its rest is of an older plan
        rest = data.get("rest")
        same = isinstance(rest, dict) and rest.get("version") == PLAN_VERSION
        data = {**data, "version": VERSION, "rest": rest if same else None}
    if data.get("version") != VERSION:
        raise ValueError(f"its version is not {VERSION}")
    log = shapes.build(Log, data, place=file.name)
    for name in (*(entry.stretch for entry in log.entries), *(hurt.stretch for hurt in log.hurts)):
        if name not in load().stretches:
            raise ValueError(f"there is no stretch {name!r}")
    return shapes.moments(log, here)
