"""The questions in two windows of a real Chromium: the older one takes nothing back."""

import re

from playwright.sync_api import Browser, expect

from supple.safety.questions import questions
from tests.web.axe import faults
from tests.web.conftest import Site
from tests.web.journey import answer
from tests.web.people import answers_of

FIRST = "1_right_now"


def test_an_older_window_shows_what_another_has_answered_and_takes_no_emergency_back(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    old, newer = context.new_page(), context.new_page()
    asked = {key: found.ask for key, found in questions().items() if found.screen == FIRST and key in answers_of("V01")}
    chest, trauma = asked["chest_pain_or_breathless"], asked["major_trauma_recent"]
    old.goto(f"{site.url}/check/{FIRST}/")
    for ask in asked.values():
        answer(old, ask, "No")
    expect(old.locator("#left")).to_have_text("All answered")
    newer.goto(f"{site.url}/check/{FIRST}/")

    answer(newer, trauma, "Not sure")
    expect(newer.locator("h1")).to_have_text(re.compile("doctor today"))
    answer(old, chest, "Yes")
    expect(old.locator("h1")).to_have_text("Please get help now")

    newer.goto(f"{site.url}/check/{FIRST}/")
    for word in ("Yes", "Not sure"):
        expect(newer.get_by_role("radio", name=word, exact=True, checked=True)).to_have_count(1)
    newer.goto(f"{site.url}/check/{FIRST}/?newer=1")
    expect(newer.get_by_role("alert")).to_contain_text("answered in another window")
    assert faults(newer) == []
