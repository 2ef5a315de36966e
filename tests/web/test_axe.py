"""axe finds nothing on the pages from Welcome to Today, by day and at dusk, on a phone and on a laptop."""

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.web.conftest import Site
from tests.web.journey import answer, begin

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"phone": (390, 844), "laptop": (1280, 800)}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


def complaints(page: Page) -> list[str]:
    """What axe says of a page, in both themes and sizes, and whether it can be pushed sideways."""
    found = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, whole)})  # nothing half under what sticks
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            said = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
            found += [
                f"{size} {scheme} {each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
                for each in said["violations"]
                for node in each["nodes"]
            ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{size}: it scrolls sideways")
    return found


PAGES = ["/", "/check/1_right_now/", "/check/4_pain/", "/check/7_conditions/", "/settings/", "/help/"]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_the_way(page: Page, site: Site, address: str) -> None:
    page.goto(site.url + address)

    assert complaints(page) == []


def test_axe_finds_nothing_in_an_emergency(page: Page, site: Site) -> None:
    begin(page, site)
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    assert complaints(page) == []
