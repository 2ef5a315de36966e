"""`supple doctor`: what works on this machine, and what to install for the rest."""

import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from supple import __version__
from supple.catalogue import CatalogueError, load
from supple.cli.place import data_folder
from supple.cli.show import console
from supple.planner.benefit import load_benefit
from supple.planner.timing import load_timing
from supple.safety.population import gaps
from supple.safety.tables import NAMES as TABLES
from supple.safety.tables import table

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it works, and the remedy where it does not."""

    what: str
    works: bool
    say: str
    needed: bool = True


def doctor() -> int:
    """Say what works on this machine, and what to install."""
    findings = list(examine())
    out = console()
    out.print(f"Supple {__version__}", style="bold")
    for finding in findings:
        mark = "works  " if finding.works else "missing" if finding.needed else "not there"
        out.print(f"  {mark:<9}  {finding.what}: {finding.say}", style=None if finding.works else "yellow")
    broken = [finding for finding in findings if finding.needed and not finding.works]
    out.print("Everything needed is there." if not broken else f"{len(broken)} to mend, see above.")
    return 2 if broken else 0


def examine() -> Iterable[Finding]:
    """Look at Python, the catalogue, the tables, films, the terminal, the folder for logs, and what tests need."""
    version = sys.version_info
    yield Finding("Python", (3, 11) <= version < (3, 14), f"{version.major}.{version.minor}; 3.11 to 3.13 is needed")
    yield _read("catalogue", lambda: f"{len(load().stretches)} stretches")
    yield from _tables()
    yield Finding(
        "live session", importlib.util.find_spec("textual") is not None, "supple go; pip install 'supple[cli]'"
    )
    yield Finding(
        "films",
        importlib.util.find_spec("av") is not None,
        "supple render; pip install 'supple[figure,video]'",
        needed=False,
    )
    terminal = sys.stdout.isatty()
    yield Finding(
        "terminal",
        terminal,
        "colour and keys" if terminal else "this is a pipe; supple go needs a terminal",
        needed=False,
    )
    folder = data_folder()
    yield Finding("logs", _writable(folder), f"in {folder}")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Finding(
        "Chromium", browser is not None, browser or "only the browser tests need it; make chromium", needed=False
    )


def every_table() -> list[Callable[[], object]]:
    """What reads each table; each raises CatalogueError where its table is broken, or silent about a stretch."""
    return [*(partial(table, name) for name in TABLES), load_benefit, load_timing, _need_changes]


def _need_changes() -> None:
    """Raises CatalogueError where a stretch is changed for somebody and nothing says how."""
    for gap in gaps(load().stretches.values()):
        raise CatalogueError(gap)


def _tables() -> Iterable[Finding]:
    """Every table by itself, so that each one that is wrong is named; a single line where all are whole."""
    found = [_read("table", read) for read in every_table()]
    with suppress(CatalogueError):  # which is among those found already
        found += [Finding("table", False, gap) for gap in gaps(load().stretches.values())]
    wrong = dict.fromkeys(finding for finding in found if not finding.works)  # what others read is wrong in them too
    yield from wrong or [Finding("tables", True, f"{len(TABLES) + 2} for safety and planning")]


def _read(what: str, read: Callable[[], object]) -> Finding:
    try:
        return Finding(what, True, str(read()))
    except CatalogueError as error:
        return Finding(what, False, str(error))


def _writable(folder: Path) -> bool:
    """Whether something can be made there; permissions alone do not tell, as of /proc or a full disk."""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryDirectory(dir=existing):
            return True
    except OSError:
        return False
