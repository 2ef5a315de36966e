"""What every test shares: how long hypothesis searches, and one loud line when the browser tests were left out."""

import importlib.util
import os
import signal
import tempfile
from itertools import groupby

import chromium
import pytest
from hypothesis import settings

ONE_OF_EACH = "SUPPLE_ONE_OF_EACH" in os.environ  # the first case of every test, and few examples
FEW = 3
TAKE_LONG = {"browser", "cli", "web"}  # they wait for a browser, a terminal or a server
settings.register_profile("default", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("default")
signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell may have told us to ignore Ctrl-C, and children inherit that


@pytest.hookimpl(optionalhook=True)  # the core's tests run where nothing but pytest is
def pytest_xdist_auto_num_workers() -> int:
    """Three workers on two cores: a third of the tests wait for a browser or a terminal most of their time."""
    cores = os.cpu_count() or 1
    return cores + cores // 2


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in as many parts as there are workers, each beginning with its share of the files that take long."""
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    waiting = [tests for tests in files if any(folder in tests[0].path.parts for folder in TAKE_LONG)]
    quick = [test for tests in files if tests not in waiting for test in tests]
    parts = [[test for tests in waiting[first::workers] for test in tests] for first in range(workers)]
    size = -(-len(items) // workers)
    for part in parts:
        room = max(size - len(part), 0)
        part += quick[:room]
        quick = quick[room:]
    return [test for part in parts for test in part] + quick


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deals what takes long among the workers, so that none of them is left with all of it at the end.

    Where one of each is asked for: the first case of every test, in which hypothesis tries a few examples.
    """
    if not ONE_OF_EACH:
        items[:] = dealt(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
        return
    first = [next(cases) for _, cases in groupby(items, key=lambda item: item.nodeid.partition("[")[0])]
    chosen = set(first)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = first
    for item in items:
        test = getattr(item, "obj", None)
        found = getattr(test, "_hypothesis_internal_use_settings", None)
        if found is not None:
            few = settings(found, max_examples=FEW)
            test._hypothesis_internal_use_settings = few  # type: ignore[union-attr]  # there is no public way


def pytest_configure() -> None:
    """The site needs its settings before any of its modules is looked at; each worker has folders of its own.

    The folder is named for as long as the settings are read: the command line keeps its logs where each test says, and
    what it leaves in the usual folder is never left in that of whoever runs the tests.
    """
    os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="supple-tests-home-")
    if importlib.util.find_spec("django"):
        import django

        with pytest.MonkeyPatch.context() as settled:
            settled.setenv("SUPPLE_DATA", tempfile.mkdtemp(prefix="supple-tests-"))
            os.environ["DJANGO_SETTINGS_MODULE"] = "supple.web.settings"
            django.setup()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not chromium.find():
        line = "NO CHROMIUM: the browser tests were left out. Get it with: make chromium"
        terminalreporter.write_line(line, red=True, bold=True)
