"""What every test shares: how long hypothesis searches, and one loud line when the browser tests were left out."""

import importlib.util
import os
import signal
import tempfile

import chromium
import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)  # a busy machine is no fault of the code
settings.register_profile("quick", deadline=None, max_examples=5)
signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell may have told us to ignore Ctrl-C, and children inherit that
settings.load_profile(os.environ.get("SUPPLE_HYPOTHESIS", "default"))


def pytest_configure() -> None:
    """The site needs its settings before any of its modules is looked at; each worker has a folder of its own."""
    if importlib.util.find_spec("django"):
        import django

        os.environ["SUPPLE_DATA"] = tempfile.mkdtemp(prefix="supple-tests-")
        os.environ["DJANGO_SETTINGS_MODULE"] = "supple.web.settings"
        django.setup()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not chromium.find():
        line = "NO CHROMIUM: the browser tests were left out. Get it with: make chromium"
        terminalreporter.write_line(line, red=True, bold=True)
