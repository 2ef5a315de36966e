"""Where the site keeps what it knows: one folder of the person's own, with the database and the key in it."""

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DATABASE = "supple.sqlite3"
KEY = "site.key"
LOCALTIME = Path("/etc/localtime")
SETTING = "SUPPLE_DATA"  # `supple serve` sets it


class NoPlace(ValueError):
    """The folder for the database cannot be used."""


def folder() -> Path:
    """The folder that `SUPPLE_DATA` names, made where it is missing. Raises NoPlace."""
    named = os.environ.get(SETTING)
    if not named:
        raise NoPlace(f"Nobody said where to keep the diary: start the site with supple serve, or set {SETTING}.")
    place = Path(named)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)  # what lies there is nobody else's
    except OSError as error:
        raise NoPlace(
            f"The folder {place} cannot be made ({error.strerror}); choose another with SUPPLE_DATA=FOLDER."
        ) from error
    return place


def key(place: Path) -> str:
    """The key that signs cookies, made once and readable by its owner alone. Raises NoPlace."""
    file = place / KEY
    try:
        if not file.exists():
            made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w", encoding="ascii") as out:
                out.write(secrets.token_urlsafe(48))
        return file.read_text(encoding="ascii")
    except FileExistsError:  # somebody else was a moment earlier
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise NoPlace(
            f"{file} cannot be used ({error.strerror}); make the folder writable, or choose another with SUPPLE_DATA."
        ) from error


def zone() -> str:
    """The name of this machine's time zone, UTC where it does not tell."""
    told = os.environ.get("TZ", "").removeprefix(":") or str(LOCALTIME.resolve()).partition("zoneinfo/")[2]
    try:
        return ZoneInfo(told).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
