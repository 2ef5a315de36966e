"""Makes the films that were asked for, one after the other: `python -m supple.web.film.worker`.

This module is read by each process that draws for a film, so it needs nothing of the site before it is called.
"""

import os
import sys

import django

from supple.fleet import leave_with_parent

KINDNESS = 10  # whoever asks for a page comes first


def alone(number: int) -> None:
    """Makes one film in this process, which was begun for it and ends with the one that began it."""
    leave_with_parent()
    django.setup()
    from supple.web.film.making import make_one

    make_one(number)


def main(*parent: int) -> None:
    """Makes films for as long as the site runs, which is the `parent`."""
    leave_with_parent(*parent)
    django.setup()
    from supple.web.film.making import work

    work(alone)


if __name__ == "__main__":
    os.nice(KINDNESS)
    try:
        main(*map(int, sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(1)
