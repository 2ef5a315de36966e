"""axe finds nothing on the pages from Welcome to Today, by day and at dusk, on a phone and on a laptop."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.web.axe import faults
from tests.web.conftest import Site, serving
from tests.web.journey import answer, begin

PAGES = [
    "/",
    "/check/1_right_now/",
    "/check/4_pain/",
    "/check/7_conditions/",
    "/help/",
    "/library/",
    "/library/?muscle=hamstrings&q=bed",
    "/library/prone_press_up/",
    "/settings/",
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site where nobody has answered anything, and nobody will."""
    with serving(tmp_path_factory.mktemp("fresh") / "data") as running:
        yield running


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_the_way(page: Page, fresh: Site, address: str) -> None:
    page.goto(fresh.url + address)

    assert faults(page) == []


def test_axe_finds_nothing_in_an_emergency(page: Page, site: Site) -> None:
    begin(page, site)
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    assert faults(page) == []
