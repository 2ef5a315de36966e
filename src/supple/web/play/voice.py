"""The voice of the player: the address of the clip of each sentence that has one."""

import hashlib
from collections.abc import Iterable
from functools import cache

from django.urls import reverse

from supple.catalogue.voice_reader import CLIPS, clips


@cache
def version() -> str:
    """Changes whenever a clip does."""
    return hashlib.sha256((CLIPS / "index.json").read_bytes()).hexdigest()[:12]


def addresses(sentences: Iterable[str]) -> dict[str, str]:
    """Where the clip of each of these sentences lies; what has none is left out."""
    return {text: reverse("clip", args=[version(), clips()[text]]) for text in sentences if text in clips()}
