"""The site for the measurements and pictures that look at it in a browser: served over a folder of its own.

It sets the site up for this process too, so whoever needs its modules imports this first.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = Path(tempfile.mkdtemp(prefix="supple-site-"))
sys.path[:0] = [str(ROOT), str(ROOT / "setup")]
os.environ.update(SUPPLE_DATA=str(DATA), DJANGO_SETTINGS_MODULE="supple.web.settings")

import django  # noqa: E402 - it reads its settings, which read the folder, as it is set up

django.setup()

import chromium  # noqa: E402 - it lies in setup/
from django.utils import timezone  # noqa: E402 - with what is set up

from supple.web.check.models import Answers  # noqa: E402 - the same
from supple.web.person.models import Person  # noqa: E402 - the same
from tests.web.conftest import Site, prepared, serving  # noqa: E402 - the tests lie beside, not in, the package
from tests.web.people import answers_of  # noqa: E402 - the same


def browser_path() -> Path:
    """Where the browser is; ends the script with the remedy where there is none."""
    found = chromium.find()
    if not found:
        raise SystemExit(chromium.REMEDY)
    return found


@contextmanager
def answered_site(vignette: str) -> Iterator[Site]:
    """A running site whose person, the one of this vignette, has answered everything."""
    shutil.copytree(prepared(), DATA, dirs_exist_ok=True)
    given = answers_of(vignette)
    when = dict.fromkeys(given, timezone.localtime().isoformat())
    Answers.objects.create(person=Person.here(), given=given, given_at=when)
    try:
        with serving(DATA) as site:
            yield site
    finally:
        shutil.rmtree(DATA)
