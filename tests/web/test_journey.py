"""From Welcome to Today in a real browser, by role and by label; and those whom nothing leads there."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.axe import faults
from tests.web.conftest import Site
from tests.web.journey import answer, answer_all, begin, has_answered
from tests.web.people import answers_of


@pytest.mark.parametrize("vignette", ["V01", "V03"])
def test_who_may_stretch_clicks_through_to_a_plan_that_follows_the_slider(
    page: Page, site: Site, vignette: str
) -> None:
    begin(page, site)
    answer_all(page, answers_of(vignette))
    expect(page.get_by_role("heading", level=1)).to_have_text("Stretching suits you")
    assert faults(page) == []
    page.get_by_role("link", name="See today’s plan").click()

    heading = page.get_by_role("heading", level=2)
    start = page.get_by_role("button", name="Start, ")
    before = heading.text_content()
    slider = page.get_by_role("slider", name="Time I have")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")

    expect(heading).not_to_have_text(before or "")
    expect(start).to_be_visible()
    assert faults(page) == []


def test_an_emergency_leads_nowhere_else(page: Page, site: Site) -> None:
    begin(page, site)
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    expect(page.get_by_role("link", name="Call ")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    for address in ("/", "/today/", "/play/start/"):
        page.goto(site.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Please get help now")


def test_going_back_never_shows_a_plan_again(page: Page, site: Site) -> None:
    begin(page, site)
    has_answered(page, site, answers_of("V01"))
    page.goto(site.url + "/today/")
    expect(page.get_by_role("button", name="Start, ")).to_be_visible()
    page.goto(site.url + "/check/1_right_now/")
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    page.go_back()
    page.go_back()

    expect(page.get_by_role("button", name="Start, ")).to_have_count(0)
