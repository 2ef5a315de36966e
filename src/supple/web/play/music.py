"""The music of the player: each mood made once on this machine, or a piece of one's own; kept beside the pictures."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import supple
from supple import files

MOODS = ("calm", "bright")  # those of `supple.video.music.Mood`, which brings the film's libraries along
OWN = "own"
SEED = 5
MOST_BYTES = 200_000_000  # ours: of a file of one's own

_MAKER = Path(supple.__file__).parent / "video" / "music.py"


def version() -> str:
    """Changes whenever the music does."""
    return f"{_made_by()}-{own_file().stat().st_mtime_ns:x}" if has_own() else _made_by()


def own_file() -> Path:
    """Where the piece of one's own lies, as a loop."""
    return Path(settings.DATA) / "music" / f"{OWN}.ogg"


def has_own() -> bool:
    """Whether there is a piece of one's own."""
    return own_file().is_file()


def keep_own(file: Path) -> None:
    """Makes a file of music the piece of one's own, in place of an earlier one; raises NoMusic, FileError."""
    from supple.video import music  # loaded only when something is made

    made = music.opus(music.own(file))
    files.make_folder(own_file().parent)
    files.write_bytes(own_file(), made)


def opus(mood: str) -> bytes:
    """The loop of a mood, as Opus; it takes some seconds the first time. Raises ValueError for an unknown mood."""
    if mood == OWN and has_own():
        return own_file().read_bytes()
    if mood not in MOODS:
        raise ValueError(f"{mood}: there is no such music; choose {' or '.join(MOODS)}.")
    file = Path(settings.DATA) / "music" / _made_by() / f"{mood}.ogg"
    if file.is_file():
        return file.read_bytes()
    made = _made(mood)
    try:
        files.make_folder(file.parent)
        files.write_bytes(file, made)
    except files.FileError:
        return made  # where there is no room it is made again next time
    return made


@cache
def _made_by() -> str:
    return hashlib.sha256(_MAKER.read_bytes()).hexdigest()[:12]


def _made(mood: str) -> bytes:
    from supple.video import music  # loaded only when something is made

    return music.opus(music.loop(music.Mood(mood), SEED))
