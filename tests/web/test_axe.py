"""axe finds nothing on the pages from Welcome to Today, by day and at dusk, on a phone and on a laptop, and each page
is read aloud as it was.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.aloud import change
from tests.web.axe import faults
from tests.web.conftest import Site, serving
from tests.web.journey import answer, begin, has_answered
from tests.web.people import answers_of

PAGES = {
    "welcome": "/",
    "first-questions": "/check/1_right_now/",
    "pain": "/check/4_pain/",
    "conditions": "/check/7_conditions/",
    "help": "/help/",
    "library": "/library/",
    "library-chosen": "/library/?muscle=hamstrings&q=bed",
    "stretch": "/library/prone_press_up/",
    "settings": "/settings/",
    "music": "/music/",
}
AFTERNOON = 15


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site where nobody has answered anything, and nobody will."""
    with serving(tmp_path_factory.mktemp("fresh") / "data") as running:
        yield running


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_way(page: Page, fresh: Site, name: str) -> None:
    page.goto(fresh.url + PAGES[name])
    if name == "stretch":
        expect(page.get_by_role("button", name="Pause")).to_be_visible()

    assert change(page, name) == ""
    assert faults(page) == []


def test_axe_finds_nothing_in_an_emergency(page: Page, site: Site) -> None:
    begin(page, site)
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    assert change(page, "emergency") == ""
    assert faults(page) == []


def test_verdict_today_and_the_diary_are_read_aloud_as_they_were(browser: Browser, site: Site) -> None:
    ahead = (AFTERNOON - datetime.now(UTC).hour + 12) % 24 - 12  # so that it is neither early nor late there
    context = browser.new_context(timezone_id=f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")
    page = context.new_page()
    has_answered(page, site, answers_of("V01"))

    page.goto(f"{site.url}/verdict/")
    assert change(page, "verdict") == ""
    page.goto(f"{site.url}/today/")
    assert change(page, "today", many="ol.plan") == ""
    page.goto(f"{site.url}/diary/")
    assert change(page, "diary-empty") == ""
    page.goto(f"{site.url}/practitioner/")
    assert change(page, "practitioner") == ""
    context.close()
