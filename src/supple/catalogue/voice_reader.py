"""The clips of the voice that comes with Supple: which file says which sentence."""

import json
from functools import cache

from supple.catalogue.motion_reader import HERE

CLIPS = HERE / "voice"


class NoClip(LookupError):
    """There is no clip of this name."""


@cache
def clips() -> dict[str, str]:
    """The file of every sentence that has a clip."""
    index = json.loads((CLIPS / "index.json").read_text(encoding="utf-8"))
    return {text: str(row["file"]) for text, row in index.items()}


def clip(file: str) -> bytes:
    """One clip, as Opus in Ogg; raises NoClip for a file that belongs to no sentence."""
    if file not in clips().values():
        raise NoClip(f"{file}: no sentence is said by this clip; load the page anew.")
    return (CLIPS / file).read_bytes()
