"""A real Chromium, the system's own, that asks for nothing beyond this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import chromium
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE_MS = 90_000  # two cores that draw in software, and other tests beside this one
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
DRAWS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWS_NOT = ["--disable-3d-apis"]


@pytest.fixture(scope="module")  # a longer-lived one would leave its event loop running under other tests
def browser() -> Iterator[Browser]:
    """One that draws the figure."""
    with launched(*DRAWS) as found:
        yield found


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """The system's Chromium; skips the test where there is none."""
    found = chromium.find()
    if not found and os.environ.get("SUPPLE_BROWSER") == "required":
        pytest.fail(chromium.REMEDY)
    if not found:
        pytest.skip("no Chromium: make chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=[*QUIET, *flags])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails when it asked for anything that is not on this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page()
    context.close()
    far = [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:", "http://127.0.0.1"))]
    assert far == []
