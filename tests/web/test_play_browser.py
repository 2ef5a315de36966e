"""A session in a real Chromium with an accelerated clock: it is followed, interrupted, killed and gone on with."""

import json
import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from supple.catalogue.voice_reader import CLIPS
from supple.safety.questions import questions
from supple.video.music import opus
from supple.video.samples import RATE_HZ
from supple.web.play import music
from tests.browser.conftest import PATIENCE_MS
from tests.web.axe import faults
from tests.web.conftest import Site, serving
from tests.web.journey import answer, picture
from tests.web.runs import begun_at

BEGUN = re.compile(r"^([2-9]|[1-9]\d+)\.")  # seconds into the session
HEARD = """
    window.heard = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...at) {
        if (!this.loop) heard.push(this.buffer.duration);
        return start.apply(this, at);
    };
"""
A_CLIP_S = 0.05  # as near as a browser tells its length
LEAST_FIGURE = 160  # pixels, on the smallest phones
PARTS = ".bar, .hero, #clock b, #what, .more, .say h1, .player .side, #caption, .deck, #hurts"
CUT_OR_COVERED = f"""() => {{
    const seen = [...document.querySelectorAll({json.dumps(PARTS)})].filter(one => one.checkVisibility());
    const places = seen.map(one => one.getBoundingClientRect());
    const out = one => one.left < 0 || one.right > innerWidth || one.bottom > innerHeight;
    const cut = seen.filter((_, i) => out(places[i]));
    const covered = seen.filter((_, i) => places.some((p, j) => j > i && p.width && places[i].width
        && Math.min(p.right, places[i].right) - Math.max(p.left, places[i].left) > 1
        && Math.min(p.bottom, places[i].bottom) - Math.max(p.top, places[i].top) > 1));
    return [...cut, ...covered].map(one => one.id || one.className || one.tagName);
}}"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose clock tests may hurry."""
    with serving(tmp_path_factory.mktemp("player") / "data", SUPPLE_PACE="1") as site:
        yield site


def opened(page: Page, site: Site, identifier: str, steps: int, pace: int = 60) -> int:
    """A session of somebody, on the page, its figure drawn small: a machine without a graphics card draws it slowly."""
    page.set_viewport_size({"width": 640, "height": 480})
    page.set_default_timeout(PATIENCE_MS)
    number = begun_at(site.data, identifier, steps)
    page.goto(f"{site.url}/session/{number}/?pace={pace}", wait_until="commit")
    expect(page.locator("#figure")).to_have_attribute("data-stretch", re.compile("."))
    return number


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def log_of(site: Site, number: int) -> dict[str, Any]:
    """What the database holds of a session."""
    with closing(sqlite3.connect(site.data / "supple.sqlite3")) as database:
        found: dict[str, Any] = json.loads(
            database.execute("select log from play_run where id = ?", (number,)).fetchone()[0]
        )
    return found


def seconds_of(sentence: str | None) -> float:
    """How long the clip of a sentence lasts."""
    index = json.loads((CLIPS / "index.json").read_text(encoding="utf-8"))
    return float(index[sentence]["seconds"])


def killed(site: Site) -> None:
    """The server is gone at once, and the process that answers for it."""
    pid = site.process.pid
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for process in (pid, *map(int, workers)):
        os.kill(process, signal.SIGKILL)
    site.process.wait()


def test_tingling_stops_the_stretch_asks_the_signs_and_takes_another(page: Page, running: Site) -> None:
    number = opened(page, running, "V07", steps=4)
    first = page.locator("#name").text_content()
    page.keyboard.press("h")
    expect(page.get_by_role("heading", name="Stopped. Come out slowly.")).to_be_focused()
    assert page.locator("main").get_attribute("data-state") == "standing"

    button(page, "Tingling or numb").click()
    button(page, "3").click()
    expect(page.get_by_role("heading", name=re.compile("Stop and rest"))).to_be_visible()
    picture(page, "signs")
    button(page, "None of these").click()
    expect(page.get_by_text("is out for today")).to_be_visible()
    picture(page, "told")
    button(page, "Go on").click()

    expect(page.locator("#name")).not_to_have_text(str(first))
    assert log_of(running, number)["hurts"][0]["colour"] == "red"


def test_what_hurts_in_the_last_stretch_is_asked_to_the_end(page: Page, running: Site) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    number = opened(page, running, "V07", steps=1)
    page.keyboard.press("h")
    button(page, "Tingling or numb").click()
    button(page, "3").click()
    button(page, "None of these").click()
    expect(page.get_by_text("is out for today")).to_be_visible()
    button(page, "Go on").click()

    page.wait_for_url("**/after/")
    assert wrong == []
    assert log_of(running, number)["hurts"][0]["colour"] == "red"


def test_a_kill_in_mid_session_loses_nothing_that_was_kept(page: Page, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, SUPPLE_PACE="1") as site:
        number = opened(page, site, "V01", steps=3, pace=12)
        page.keyboard.press("Space")
        expect(page.locator("#where")).to_have_text("2 of 3")
        page.keyboard.press("Space")
        expect(page.locator("main")).to_have_attribute("data-state", "standing")
        killed(site)
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("Supple does not answer at the moment")).to_be_visible()
        page.keyboard.press("h")
        button(page, "Sharp or stabbing").click()
        meanwhile = page.get_by_role("dialog").get_by_role("alert")
        expect(meanwhile).to_contain_text("Leave this stretch and rest.")
        expect(meanwhile.get_by_role("link", name="Call 999")).to_be_in_viewport()
        kept = log_of(site, number)["entries"]
    assert len(kept) == 1

    with serving(data, SUPPLE_PACE="1") as site:
        page.goto(f"{site.url}/session/{number}/", wait_until="commit")
        expect(page.locator("#where")).to_have_text("2 of 3")
        assert log_of(site, number)["entries"] == kept


@pytest.mark.parametrize(
    ("silence_ms", "then"), [(3_000, "running"), (30_000, "standing")], ids=["briefly", "for long"]
)
def test_while_nothing_answers_the_clock_is_seen_to_stand(
    page: Page, running: Site, silence_ms: int, then: str
) -> None:
    opened(page, running, "V01", steps=3, pace=1)
    button(page, "Start").click()
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    page.clock.install()
    page.clock.resume()
    page.route("**/act/", lambda route: route.abort())
    page.keyboard.press("ArrowRight")

    expect(page.get_by_text("Supple does not answer at the moment")).to_be_visible()
    expect(button(page, "Go on")).to_be_visible()
    expect(page.locator("main")).to_have_attribute("data-state", "standing")
    page.clock.fast_forward(silence_ms)
    page.unroute("**/act/")
    page.clock.fast_forward(3_000)

    expect(page.locator("#where")).to_have_text("2 of 3")
    expect(page.locator("#tell")).to_be_hidden()
    expect(page.locator("main")).to_have_attribute("data-state", then)


def test_two_windows_never_overwrite_each_other(browser: Browser, page: Page, running: Site) -> None:
    number = opened(page, running, "V01", steps=3)
    other = page.context.new_page()
    other.goto(page.url, wait_until="commit")
    expect(other.locator("#where")).to_have_text("1 of 3")

    other.bring_to_front()
    other.get_by_role("button", name="Skip this stretch").click()
    expect(other.locator("#where")).to_have_text("2 of 3")
    page.bring_to_front()

    expect(page.get_by_text("This session went on in another window")).to_be_visible()
    expect(page.locator("#where")).to_have_text("2 of 3")
    assert len(log_of(running, number)["entries"]) == 1


def test_an_emergency_in_another_window_ends_what_runs_here(page: Page, site: Site) -> None:
    opened(page, site, "V01", steps=3, pace=1)
    button(page, "Start").click()
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    other = page.context.new_page()
    other.goto(f"{site.url}/check/1_right_now/")

    answer(other, questions()["chest_pain_or_breathless"].ask, "Yes")

    for window in (other, page):
        expect(window.locator("h1")).to_have_text("Please get help now")


def test_what_hurts_in_one_window_stops_the_other(page: Page, running: Site) -> None:
    opened(page, running, "V01", steps=3, pace=1)
    button(page, "Start").click()
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    other = page.context.new_page()
    other.goto(page.url, wait_until="commit")
    expect(other.locator("#where")).to_have_text("1 of 3")

    other.get_by_role("button", name="It hurts").click()
    expect(page.locator("main")).to_have_attribute("data-state", "standing")
    other.get_by_role("button", name="Sharp").click()
    page.bring_to_front()

    expect(page.locator("#asks")).to_be_visible()
    other.bring_to_front()
    other.get_by_role("button", name="Go back").click()
    expect(other.get_by_role("dialog", name="Stopped. Come out slowly.")).to_be_visible()
    other.keyboard.press("Escape")
    expect(other.get_by_role("dialog")).to_have_count(0)
    other.get_by_role("button", name="Leave").click()
    other.get_by_role("button", name="End the session").click()
    other.wait_for_url("**/after/")
    page.wait_for_url("**/after/")


def test_a_late_word_of_the_server_does_not_close_it_hurts(page: Page, running: Site) -> None:
    opened(page, running, "V01", steps=3, pace=1)
    held: list[Route] = []
    page.route("**/act/", lambda route: held.append(route))
    with page.expect_request("**/act/"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("H")
    sheet = page.get_by_role("dialog", name="Stopped. Come out slowly.")
    expect(sheet).to_be_visible()

    with page.expect_response("**/act/"):
        held[0].continue_()

    expect(page.locator("#where")).to_have_text("2 of 3")
    expect(sheet).to_be_visible()


def test_a_page_loaded_anew_begins_its_step_again_and_speaks_of_no_other_window(page: Page, running: Site) -> None:
    opened(page, running, "V01", steps=3, pace=1)
    button(page, "Start").click()
    expect(page.locator("main")).to_have_attribute("data-at", BEGUN)

    page.reload(wait_until="commit")
    expect(page.locator("#figure")).to_have_attribute("data-stretch", re.compile("."))
    page.locator("#play").click()
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    expect(page.locator("main")).to_have_attribute("data-at", BEGUN)
    button(page, "Skip this stretch").click()

    expect(page.locator("#where")).to_have_text("2 of 3")
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    expect(page.locator("#tell")).to_be_hidden()


@pytest.mark.parametrize("text", ["usual", "largest", "across the room"])
def test_on_the_smallest_phone_the_figure_is_large_and_nothing_lies_on_another(
    page: Page, running: Site, text: str
) -> None:
    opened(page, running, "V03", steps=3, pace=1)
    if text == "across the room":
        button(page, "Settings").click()
        page.get_by_role("switch", name=re.compile("^Large type")).check()
        button(page, "Done").click()
    else:
        page.evaluate(f"document.documentElement.dataset.text = '{text}'")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#side")).to_have_text("Left side")
    button(page, "Go on").click()

    for width, height in ((320, 640), (360, 640), (375, 667)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT_OR_COVERED) == []
        assert page.locator(".hero").evaluate("one => one.clientHeight") >= (
            LEAST_FIGURE if text != "across the room" else 80
        )
        expect(button(page, "It hurts")).to_be_in_viewport(ratio=1)


def test_who_goes_on_later_begins_with_getting_ready(page: Page, running: Site) -> None:
    number = opened(page, running, "V03", steps=3, pace=12)
    button(page, "Start").click()
    expect(page.locator("#where")).to_have_text("2 of 2")  # the two sides are one stretch
    expect(page.locator("#breath")).not_to_be_empty()  # in the midst of a hold
    button(page, "Leave").click()
    button(page, "Go on later").click()
    page.wait_for_url("**/check/**")  # nobody has answered here

    page.goto(f"{running.url}/session/{number}/", wait_until="commit")
    expect(page.locator("#breath")).to_be_empty()
    button(page, "Go on").click()

    expect(page.locator("#what")).to_have_text("get ready")
    expect(page.locator("#where")).to_have_text("2 of 2")


def test_the_keyboard_alone(page: Page, running: Site) -> None:
    page.add_init_script(HEARD)
    kept = running.data / "music" / music.version() / "bright.ogg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(opus(np.zeros((RATE_HZ, 2), np.float32)))  # the whole one takes seconds to make
    opened(page, running, "V01", steps=3, pace=1)

    first = page.locator("#caption").text_content()
    for times, _ in enumerate(("at first", "again, for it was cut short"), start=1):
        page.keyboard.press("Space")
        expect(page.locator("main")).to_have_attribute("data-state", "running")
        page.wait_for_function(f"heard.length === {times}")
        page.keyboard.press("Space")
        expect(page.locator("main")).to_have_attribute("data-state", "standing")
    assert page.evaluate("heard") == pytest.approx([seconds_of(first)] * 2, abs=A_CLIP_S)
    button(page, "Settings").click()
    page.get_by_role("combobox", name="Music").select_option("Bright")
    button(page, "Done").click()
    expect(button(page, "Go on")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("main")).to_have_attribute("data-heard", "bright")
    page.keyboard.press("Space")
    expect(page.locator("main")).to_have_attribute("data-heard", "none")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#where")).to_have_text("2 of 3")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#where")).to_have_text("1 of 3")
    expect(button(page, "I am ready")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(button(page, "I am ready")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(button(page, "I am ready")).to_be_hidden()
    expect(page.locator("main")).to_have_attribute("data-state", "running")
    page.keyboard.press("H")
    expect(page.get_by_role("dialog", name="Stopped. Come out slowly.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Stopped. Come out slowly.")).to_be_hidden()
    button(page, "It hurts").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("dialog", name="Stopped. Come out slowly.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Something worse")).click()
    signs = page.get_by_role("dialog", name=re.compile("^Stop and rest"))
    expect(signs).to_be_visible()
    page.evaluate("document.getElementById('asks').close()")  # as a gesture of the device does
    expect(signs).to_be_visible()


def test_a_machine_that_slept_counts_one_second(page: Page, running: Site) -> None:
    opened(page, running, "V01", steps=3, pace=1)
    page.clock.install()
    page.clock.resume()
    button(page, "Start").click()
    before = float(str(page.locator("main").get_attribute("data-at")))

    page.clock.fast_forward(3_600_000)
    page.wait_for_timeout(300)

    assert float(str(page.locator("main").get_attribute("data-at"))) - before < 5


def test_without_scripts_the_session_is_a_list(browser: Browser, running: Site) -> None:
    number = begun_at(running.data, "V01", 3)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{running.url}/session/{number}/")

    expect(page.get_by_role("heading", level=3)).to_have_count(3)
    picture(page, "list")
    page.get_by_role("button", name="Done, on to the next").click()
    expect(page.locator("[aria-current=step] h3")).to_be_visible()
    page.get_by_role("link", name="It hurts").click()
    page.get_by_role("button", name="An ache").click()
    page.get_by_role("button", name="1", exact=True).click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="End the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is enough for today")
    context.close()


def test_axe_finds_nothing(browser: Browser, running: Site) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    number = opened(page, running, "V01", steps=3)
    assert faults(page) == []
    for opener in ("All the words", "Settings", "It hurts"):
        button(page, opener).click()
        assert faults(page) == [], opener
        picture(page, opener.split()[0].lower().strip(","))
        if opener != "It hurts":
            page.get_by_role("dialog").get_by_role("button", name=re.compile("^(Close|Done)$")).click()
    button(page, "Sharp or stabbing").click()
    expect(button(page, "3")).to_be_visible()
    assert faults(page) == []
    button(page, "7").click()
    button(page, "None of these").click()
    assert faults(page) == []
    button(page, "Stop for today").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is enough for today")
    assert faults(page) == []
    picture(page, "after-a-stop")
    for name in ("/diary/", f"/diary/{number}/"):
        page.goto(running.url + name)
        assert faults(page) == []
        picture(page, name.strip("/").replace("/", "-").rstrip("0123456789"))
    context.close()


def test_axe_finds_nothing_on_the_way_to_help(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    with serving(tmp_path / "data") as site:  # of its own: the sign bars every session
        opened(page, site, "V01", steps=3)
        page.keyboard.press("h")
        page.get_by_role("button", name=re.compile("Something worse")).click()
        page.get_by_role("button", name=re.compile("new numbness round the genitals", re.IGNORECASE)).click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Please get help now")
        assert faults(page) == []
        picture(page, "stopped")
    context.close()
