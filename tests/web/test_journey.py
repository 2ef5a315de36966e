"""From Welcome to Today in a real browser, by role and by label; and those whom nothing leads there."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import browser
from tests.web.axe import faults
from tests.web.conftest import Site, serving
from tests.web.journey import answer, answer_all, begin, has_answered, to_the_end
from tests.web.people import answers_of

__all__ = ["browser"]  # one that draws the figure


@pytest.mark.parametrize("vignette", ["V01", pytest.param("V03", marks=pytest.mark.torture)])
def test_who_may_stretch_clicks_from_welcome_to_the_diary(page: Page, tmp_path: Path, vignette: str) -> None:
    with serving(tmp_path / "data", SUPPLE_PACE="1") as site:
        begin(page, site)
        answer_all(page, answers_of(vignette))
        expect(page.get_by_role("heading", level=1)).to_have_text("Stretching suits you")
        assert faults(page) == []
        page.get_by_role("link", name="See today’s plan").click()

        lasts = page.get_by_role("region", name="stretches for today").get_by_role("status")
        before = str(lasts.text_content())
        page.get_by_role("slider", name="Time I have").fill("5")
        expect(lasts).not_to_have_text(before)
        assert faults(page) == []

        page.set_viewport_size({"width": 640, "height": 480})  # a machine without a graphics card draws it slowly
        page.get_by_role("button", name="Start, ").click()
        page.wait_for_url("**/session/*/")
        page.goto(f"{page.url}?pace=20", wait_until="commit")
        expect(page.locator("#figure")).to_have_attribute("data-stretch", re.compile("."))
        names, shares = to_the_end(page, vignette)
        assert names
        assert len(shares) > 10, "the figure hardly moved"

        expect(page.get_by_role("heading", level=1)).to_have_text("That is done")
        page.get_by_role("radio", name="1", exact=True).check(force=True)
        page.get_by_label("Felt good").first.check(force=True)
        page.get_by_label("A note for yourself").fill("Easier than last week.")
        page.get_by_role("button", name="Save and finish").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Diary")
        expect(page.get_by_text("Easier than last week.")).to_be_visible()
        expect(page.get_by_text(re.compile(r"Pain \d+, then 1"))).to_be_visible()


def test_an_emergency_leads_nowhere_else_and_the_arrow_keys_pass_over_it(page: Page, site: Site) -> None:
    page.clock.install()  # an answer stands as meant after some seconds; a slow machine may need them between two keys
    begin(page, site)
    page.clock.pause_at(datetime.now().astimezone() + timedelta(hours=1))
    pain = page.get_by_role("group", name="Do you have chest pain")
    pain.get_by_role("radio", name="No", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(pain.get_by_role("radio", name="Yes")).to_be_checked()
    page.keyboard.press("ArrowRight")
    with page.expect_response("**/so-far/"):
        page.keyboard.press("Tab")
    expect(pain.get_by_role("radio", name="Not sure")).to_be_checked()
    assert "/check/" in page.url
    answer(page, "Do you have chest pain", "Yes")
    page.wait_for_url("**/verdict/")

    expect(page.get_by_role("link", name="Call ")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    for address in ("/", "/today/", "/play/start/"):
        page.goto(site.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Please get help now")

    page.get_by_role("link", name="I tapped the wrong answer").click()
    with page.expect_response("**/so-far/"):
        answer(page, "Do you have chest pain", "No")
    page.goto(f"{site.url}/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("First, anything that cannot wait")


def test_an_answer_on_its_way_is_never_overtaken_and_looking_at_the_questions_writes_nothing(
    page: Page, site: Site
) -> None:
    sent: list[str] = []
    held: list[Route] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/so-far/", lambda route: held.append(route))  # Playwright marks what it is given
    page.goto(f"{site.url}/check/1_right_now/")
    assert sent == []

    answer(page, "Do you have chest pain", "No")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    held.pop().continue_()

    expect(page.get_by_role("alert")).to_contain_text("need another look")
    assert [url.rpartition("/check/")[2] for url in sent] == ["1_right_now/so-far/", "1_right_now/"]


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


def test_pain_too_strong_for_a_session_is_kept_where_the_slider_rests(page: Page, site: Site) -> None:
    has_answered(page, site, answers_of("V01"))
    page.clock.install()
    page.goto(f"{site.url}/today/")
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)  # the page waits until it is told that time passes
    pain = page.get_by_role("slider", name="My back right now")

    pain.fill("9")
    expect(page.get_by_role("heading", name="No plan right now")).to_be_visible()
    pain.fill("2")
    page.clock.run_for(5000)
    expect(page.get_by_role("button", name="Start, ")).to_be_visible()
    pain.fill("9")
    page.clock.run_for(2000)

    page.wait_for_url("**/verdict/")
    expect(page.get_by_text("pain of 9 of 10")).to_be_visible()
