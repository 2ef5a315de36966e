"""The site in this process for what can be asked without a browser, and as a server for what cannot."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.error import URLError

import pytest
from django.conf import settings
from django.core.cache import cache as counted
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from playwright.sync_api import Browser

from tests.browser.conftest import DRAWS_NOT, launched, page

__all__ = ["page"]
COMMAND = Path(sys.executable).with_name("supple")
PATIENCE_S = 120  # a busy machine is no fault of the code


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One without 3D, which shows stills: on two cores the moving figure takes most of the time of a test."""
    with launched(*DRAWS_NOT) as found:
        yield found


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """The database and the names of the static files, once."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    yield
    teardown_test_environment()


@pytest.fixture
def client(database: None) -> Iterator[Client]:
    """Somebody's browser without scripts; whatever the test writes is taken back."""
    counted.clear()
    try:
        with transaction.atomic():
            yield Client()
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(Path(settings.DATA) / "sessions", ignore_errors=True)


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the folder in which it keeps everything."""

    url: str
    data: Path
    process: "subprocess.Popen[bytes]"


@cache
def prepared() -> Path:
    """A folder as the first start of the site leaves it, for the sites of the tests to begin from."""
    data = Path(tempfile.mkdtemp(prefix="supple-site-"))
    settings = {**os.environ, "SUPPLE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "supple.web.settings"}
    script = "from supple.cli.serve import prepare; prepare()"
    subprocess.run([sys.executable, "-c", script], env=settings, check=True)
    return data


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Site]:
    """The installed command's site over a folder, stopped at the end; one that is not there yet is fresh."""
    if not data.exists():
        shutil.copytree(prepared(), data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port), "--data", str(data)],
        env={**os.environ, "SUPPLE_DRAW_AHEAD": "no", "SUPPLE_COUNTRY": "GB", **settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Site(url, data, process)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, "the site did not start"
        try:
            with urllib.request.urlopen(f"{url}/help/", timeout=PATIENCE_S):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail("the site does not answer")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A fresh site that nobody has used."""
    with serving(tmp_path / "data") as running:
        yield running
