"""The pictures in the documents, as a browser shows them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent.parent
PICTURE = ROOT / "docs" / "pictures" / "plan.svg"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PLAIN_SPACES = str.maketrans({"\xa0": " "})


@pytest.fixture(scope="module")
def first_step() -> str:
    """The name of the first step of the plan that the picture shows."""
    supple = Path(sys.executable).with_name("supple")
    command = [str(supple), "plan", "samples/v03.yaml", "--minutes", "5", "--json"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return str(json.loads(said)["steps"][0]["name"])


def test_the_picture_of_the_plan_shows_its_first_step(page: Page, first_step: str) -> None:
    page.goto(PICTURE.as_uri())

    assert first_step in (page.locator("svg").first.text_content() or "").translate(PLAIN_SPACES)


def test_the_words_in_the_picture_lie_inside_it_and_are_large_enough_to_read(page: Page) -> None:
    page.goto(PICTURE.as_uri())
    frame, *words = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("text")]
            .filter(element => element.textContent.trim())
            .map(element => element.getBoundingClientRect())
            .map(({left, right, height}) => ({left, right, height}))"""
    )

    assert words
    assert all(frame["left"] <= word["left"] and word["right"] <= frame["right"] for word in words)
    assert min(word["height"] for word in words) >= 12


def test_a_page_with_the_picture_shows_it_and_has_no_serious_fault(page: Page, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        f"""<!doctype html><html lang="en"><title>A plan</title>
        <main><h1>A plan</h1><img src="{PICTURE.as_uri()}" alt="A plan for five minutes, in the terminal"></main>""",
        encoding="utf-8",
    )
    page.goto((tmp_path / "page.html").as_uri())
    page.add_script_tag(path=AXE)

    faults = page.evaluate("async () => (await axe.run()).violations")

    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert [fault["help"] for fault in faults if fault["impact"] in {"serious", "critical"}] == []
