"""The folder of logs that the site shares with the command line: each heeds what the other has kept there.

The site writes its own sessions there as `site-<number>.json` and reads all others; to those it adds only what
somebody answers about them before a later session.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from supple import shapes
from supple.files import FileError, make_folder, write_text
from supple.session import Log

OWN = "site-"


def place() -> Path:
    """Where the logs lie."""
    return Path(settings.DATA) / "sessions"


def own(number: int) -> Path:
    """Where a session of the site lies among the others."""
    return place() / f"{OWN}{number}.json"


def set_aside(file: Path, log: Log) -> None:
    """Gives a file another name, so that its log is kept when another one comes into its place; raises FileError."""
    try:
        file.rename(file.with_name(f"{log.started:%Y-%m-%d-%H%M%S}-{file.name}"))
    except OSError as error:
        raise FileError(f"{file}: cannot be set aside ({error.strerror}); make its folder writable.") from error


def write(file: Path, log: Log) -> None:
    """Put a log into its place, whole or not at all; raises FileError."""
    make_folder(file.parent)
    write_text(file, shapes.dumps(log))


def here(moment: datetime) -> datetime:
    """A moment on the clock in force; one without an offset, as older logs have them, is of this place."""
    if timezone.is_naive(moment):
        return timezone.make_aware(moment)
    return timezone.localtime(moment)
