"""Draws the pictures of the site in docs/pictures, as a browser shows it to the sample person.

Run it after a change of what they show: .venv/bin/python -m docs.site_pictures
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.served import answered_site, browser_path
from tests.browser.conftest import PATIENCE_MS, QUIET
from tests.web.conftest import Site

HERE = Path(__file__).parent / "pictures"
PHONE, LAPTOP = (390, 844), (1280, 800)
GAP_PX, SECONDS_IN = 24, 36
Light = Literal["light", "dark"]


@contextmanager
def window(browser: Browser, size: tuple[int, int], light: Light) -> Iterator[Page]:
    """A window of this size, by day or at dusk."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=light)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    yield context.new_page()
    context.close()


def seen(page: Page) -> Image.Image:
    """What the window shows."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def pages(browser: Browser, site: Site) -> Iterator[tuple[str, Image.Image]]:
    """The pages of the first visit: a question, today's plan, the session and the library."""
    with window(browser, PHONE, "light") as page:
        page.goto(f"{site.url}/check/1_right_now/")
        yield "check", seen(page)
        page.goto(f"{site.url}/library/knee_rocks/")
        page.wait_for_load_state("networkidle")
        expect(page.locator("canvas[data-drawn]").first).to_be_visible()
        yield "library", seen(page)
    with window(browser, LAPTOP, "light") as page:
        page.goto(f"{site.url}/today/")
        page.wait_for_load_state("networkidle")
        yield "today", seen(page)
        page.get_by_role("button", name="Start, ").click()
        page.wait_for_url("**/session/*/")
        number = page.url.rstrip("/").rpartition("/")[2]
    with window(browser, LAPTOP, "dark") as page:
        page.goto(f"{site.url}/session/{number}/")
        expect(page.locator("#figure")).to_have_attribute("data-stretch", re.compile("."))
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.locator("main")).to_have_attribute("data-at", re.compile(rf"^{SECONDS_IN}\b"))
        yield "player", seen(page)


def beside(pictures: list[Image.Image], height: int) -> Image.Image:
    """The pictures in a row, as high as each other."""
    sized = [one.resize((round(one.width * height / one.height), height), Image.Resampling.LANCZOS) for one in pictures]
    row = Image.new("RGB", (sum(one.width for one in sized) + GAP_PX * (len(sized) - 1), height), "white")
    left = 0
    for one in sized:
        row.paste(one, (left, 0))
        left += one.width + GAP_PX
    return row


def draw() -> None:
    """Write both pictures."""
    with answered_site("V03") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        found = dict(pages(browser, site))
    beside([found["check"], found["today"]], 800).save(HERE / "site.webp", quality=86, method=6)
    beside([found["player"], found["library"]], 800).save(HERE / "player.webp", quality=86, method=6)


if __name__ == "__main__":
    draw()
