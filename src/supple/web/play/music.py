"""The music of the player: each mood made once on this machine, and kept beside the small pictures."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import supple
from supple import files

MOODS = ("calm", "bright")  # those of `supple.video.music.Mood`, which brings the film's libraries along
SEED = 5

_MAKER = Path(supple.__file__).parent / "video" / "music.py"


@cache
def version() -> str:
    """Changes whenever the music does."""
    return hashlib.sha256(_MAKER.read_bytes()).hexdigest()[:12]


def opus(mood: str) -> bytes:
    """The loop of a mood, as Opus; it takes some seconds the first time. Raises ValueError for an unknown mood."""
    if mood not in MOODS:
        raise ValueError(f"{mood}: there is no such music; choose {' or '.join(MOODS)}.")
    file = Path(settings.DATA) / "music" / version() / f"{mood}.ogg"
    if file.is_file():
        return file.read_bytes()
    made = _made(mood)
    try:
        files.make_folder(file.parent)
        files.write_bytes(file, made)
    except files.FileError:
        return made  # where there is no room it is made again next time
    return made


def _made(mood: str) -> bytes:
    from supple.video import music  # loaded only when something is made

    return music.opus(music.loop(music.Mood(mood), SEED))
