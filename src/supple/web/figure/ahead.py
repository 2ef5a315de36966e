"""Draws the small pictures while somebody still answers questions: `python -m supple.web.figure.ahead`.

The first picture on a machine takes many seconds, for the rasteriser is compiled then. What is drawn already is left
alone, and what another version drew is thrown away.
"""

import os
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings

from supple.fleet import leave_with_parent

KINDNESS = 10  # whoever asks for a page comes first
FIRST = ("standing_side_bend", "hero")  # what Welcome shows


def draw() -> None:
    """Every row and shelf picture of the body that the person chose."""
    from supple.catalogue import load
    from supple.web.figure.small import Size, small
    from supple.web.figure.views import PAGES, version
    from supple.web.person.models import Person

    forget(version())
    body = Person.here().body
    small(PAGES, version(), body, FIRST[0], Size(FIRST[1]))
    for size in (Size.ROW, Size.SHELF):
        for stretch in load().stretches:
            small(PAGES, version(), body, stretch, size)


def forget(version: str) -> None:
    """Throws away the pictures of every other version."""
    for folder in (Path(settings.DATA) / "stills").glob("*"):
        if folder.name != version:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.nice(KINDNESS)
    leave_with_parent(*map(int, sys.argv[1:]))
    django.setup()
    try:
        draw()
    except KeyboardInterrupt:
        sys.exit(1)
