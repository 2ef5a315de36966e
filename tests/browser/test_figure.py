"""The viewer in a real Chromium: it moves, obeys each control, speaks to everybody, and says what is missing."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from supple.catalogue.motion_reader import baked, motion
from supple.catalogue.way_reader import way_of, ways
from supple.cli.figure import server
from supple.figure.pages import Pages
from supple.motion import Motion
from supple.motion.way import Way
from tests.figure.acted import bake, bake_way

ROOT = Path(__file__).parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SIDED, RESTING, WAY = "standing_quadriceps", "wall_angel", "standing_to_seated_chair"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"phone": (390, 844), "small": (320, 640), "laptop": (1280, 800)}
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
CARD = "WebGL2RenderingContext.prototype.getExtension = () => null;"  # a browser that does not tell who draws
SLOW = "const ask = requestAnimationFrame; window.requestAnimationFrame = f => setTimeout(() => ask(f), 90)"


def acted(stretch: str) -> Motion:
    """The motion of a stretch, passed or not as these tests need it."""
    return replace(motion(stretch), passed="" if stretch == RESTING else "2026-11-21")


def acted_ways() -> tuple[Way, ...]:
    """Every way, passed as these tests need it; only one is baked for them."""
    return tuple(replace(way, passed="2026-11-21") for way in ways())


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The viewer, served on a free port, with motions made up for these tests."""
    made = bake(tmp_path_factory.mktemp("motions") / "baked", SIDED, RESTING, unproved_on="heavier")
    bake_way(made, WAY, stations=len(way_of(WAY).station), proved_on=["woman", "older"])
    yield from served(Pages(baked=made, motion=acted, ways=acted_ways))


def served(pages: Pages) -> Iterator[str]:
    with server(pages, "127.0.0.1", 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/"
        listening.shutdown()


@pytest.fixture
def viewer(page: Page) -> Page:
    """A page of a middle size: two cores draw it in software."""
    page.set_viewport_size({"width": 700, "height": 520})
    return page


@pytest.fixture
def still(viewer: Page, site: str) -> Page:
    """The viewer on a device that asks for less motion, so that nothing moves by itself."""
    viewer.emulate_media(reduced_motion="reduce")
    viewer.set_viewport_size({"width": 720, "height": 1400})  # nothing scrolls
    return opened(viewer, f"{site}?stretch={SIDED}")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
    return page


def drawn(page: Page) -> bytes:
    """The picture of the figure, when it has come to rest."""
    canvas, before = page.locator("#canvas[data-drawn]"), b""
    for _ in range(40):
        found = canvas.screenshot(animations="allow")
        if found == before:
            return found
        before = found
        page.wait_for_timeout(60)
    raise AssertionError("the figure does not come to rest")


def test_the_figure_moves_and_the_time_with_it(viewer: Page, site: str) -> None:
    complaints: list[str] = []
    viewer.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    viewer.on("pageerror", lambda error: complaints.append(str(error)))
    opened(viewer, f"{site}?stretch={SIDED}")

    expect(viewer.locator("#phase")).to_have_text("holding")
    expect(viewer.locator("#phase")).to_have_text("coming back")
    expect(viewer.get_by_role("button", name="Pause")).to_be_visible()
    assert int(viewer.locator("#canvas").get_attribute("data-drawn") or 0) > 10
    assert complaints == []


def test_each_choice_changes_the_picture(still: Page) -> None:
    before = drawn(still)

    for control in ("Show where it pulls", "Right", "Front", "Above", "Man"):
        scope = still.get_by_role("group", name="Side") if control == "Right" else still
        scope.get_by_label(control, exact=True).click()
        expect(still.locator("main")).to_have_attribute("data-state", "ready")
        now = drawn(still)
        assert now != before, control
        before = now


def test_a_smaller_arc_goes_less_far_and_says_so(still: Page) -> None:
    still.locator("#scrub").fill("60")
    expect(still.locator("#phase")).to_have_text("holding")
    before = drawn(still)

    still.get_by_label("How far").fill("40")

    expect(still.locator("#percent")).to_have_text("40 %")
    assert drawn(still) != before


def test_with_less_motion_only_key_poses_are_shown(still: Page) -> None:
    begins = drawn(still)

    still.locator("#scrub").fill("10")
    assert drawn(still) == begins
    still.locator("#scrub").fill("35")
    assert drawn(still) != begins
    expect(still.get_by_text("key poses instead of moving")).to_be_visible()


def test_the_keyboard_plays_stops_and_moves_in_time(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={SIDED}")

    viewer.keyboard.press("Space")
    expect(viewer.get_by_role("button", name="Play")).to_be_visible()
    at = int(viewer.locator("#scrub").input_value())
    viewer.keyboard.press("ArrowRight")
    expect(viewer.locator("#scrub")).to_have_value(str(at + 5))
    viewer.keyboard.press("ArrowLeft")
    expect(viewer.locator("#scrub")).to_have_value(str(at))
    viewer.keyboard.press("Space")
    expect(viewer.get_by_role("button", name="Pause")).to_be_visible()


def test_dragging_turns_the_figure(still: Page) -> None:
    before, box = drawn(still), still.locator("#canvas").bounding_box()
    assert box

    still.mouse.move(box["x"] + 300, box["y"] + 200)
    still.mouse.down()
    still.mouse.move(box["x"] + 450, box["y"] + 200, steps=3)
    still.mouse.up()

    assert drawn(still) != before


def test_a_motion_that_has_not_passed_is_shown_only_at_its_start(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={RESTING}")

    expect(viewer.get_by_text("has not passed our look")).to_be_visible()
    expect(viewer.get_by_role("button", name="Play")).to_be_disabled()
    expect(viewer.get_by_label("How far")).to_be_disabled()
    viewer.keyboard.press("ArrowRight")
    expect(viewer.locator("#scrub")).to_have_value("0")


def test_a_motion_that_is_not_proved_on_a_body_says_so_and_sends_to_another(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={SIDED}&body=heavier")

    expect(viewer.get_by_text("This is not shown moving on this body; choose another.")).to_be_visible()
    expect(viewer.get_by_text("has not passed our look")).to_be_hidden()
    expect(viewer.get_by_role("button", name="Play")).to_be_disabled()
    viewer.get_by_label("Woman", exact=True).click()
    expect(viewer.get_by_role("button", name="Pause")).to_be_visible()
    expect(viewer.get_by_text("This is not shown moving")).to_be_hidden()


def test_what_is_chosen_stands_in_the_address_and_is_chosen_again_from_there(still: Page) -> None:
    still.get_by_role("group", name="Side").get_by_label("Right", exact=True).click()
    still.get_by_label("Above", exact=True).click()
    still.get_by_label("How far").fill("40")
    still.get_by_label("How far").blur()
    before = drawn(still)

    opened(still, still.url)

    assert still.url.endswith("&side=right&view=overhead&arc=40")
    expect(still.locator("#percent")).to_have_text("40 %")
    assert drawn(still) == before


def test_on_a_phone_the_figure_stays_in_sight_while_one_chooses(viewer: Page, site: str) -> None:
    viewer.set_viewport_size({"width": 390, "height": 844})
    opened(viewer, f"{site}?stretch={SIDED}")

    viewer.get_by_label("Heavier", exact=True).click()

    expect(viewer.locator("main")).to_have_attribute("data-state", "ready")
    expect(viewer.locator("#canvas")).to_be_in_viewport(ratio=1)
    expect(viewer.locator("#bodies")).to_be_in_viewport()


def test_only_a_change_of_the_stretch_is_told_to_screen_readers(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={SIDED}")
    said = viewer.get_by_role("status")
    expect(said).to_contain_text("is shown.")

    viewer.get_by_label("Stretch", exact=True).select_option(RESTING)

    expect(said).to_contain_text("only its start is shown.")
    assert viewer.locator("#scrub").get_attribute("aria-valuetext") == "0 seconds, in position"
    assert "doing this stretch" in (viewer.locator("#canvas").get_attribute("aria-label") or "")


UNKNOWN = {
    "stretch=flying": "No stretch 'flying' has a motion; choose one from the list.",
    "body=giant": "There is no body 'giant'; choose one of",
    "view=below": "There is no view 'below'; choose one of best, front, back, left, right, overhead.",
    "side=up": "There is no side 'up'; choose one of left, right.",
    "arc=150": "There is no arc '150'; give 10 to 100 percent.",
}


def test_what_is_unknown_is_named_and_something_known_is_shown(viewer: Page, site: str) -> None:
    for asked, said in UNKNOWN.items():
        opened(viewer, f"{site}?{asked}")

        expect(viewer.get_by_role("alert")).to_contain_text(said)


@pytest.mark.parametrize(("lost", "said"), [("**/*.glb", "glb"), ("**/motions/**", SIDED), ("**/stretches.json", "")])
def test_a_missing_file_is_named_with_the_remedy(viewer: Page, site: str, lost: str, said: str) -> None:
    viewer.route(lost, lambda route: route.abort())

    viewer.goto(f"{site}?stretch={SIDED}")

    expect(viewer.get_by_role("alert")).to_contain_text("Is 'supple figure' still running?")
    expect(viewer.get_by_role("alert")).to_contain_text(said)


def test_a_motion_that_is_not_baked_is_named_with_the_remedy(viewer: Page, site: str) -> None:
    say = '{"say": "standing_quadriceps is not baked for the body \'woman\'; make it with: make motions."}'
    viewer.route("**/motions/**", lambda route: route.fulfill(status=404, body=say, content_type="application/json"))

    viewer.goto(f"{site}?stretch={SIDED}")

    expect(viewer.get_by_role("alert")).to_contain_text("make it with: make motions.")


def test_without_webgl_there_are_stills(viewer: Page, site: str) -> None:
    viewer.add_init_script(NO_WEBGL)
    viewer.emulate_media(reduced_motion="reduce")
    opened(viewer, f"{site}?stretch={SIDED}")
    picture = viewer.locator("img.picture")

    expect(picture).to_have_attribute("alt", "A figure doing this stretch: Standing quadriceps stretch")
    expect(viewer.get_by_text("pictures of its key poses")).to_be_visible()
    viewer.get_by_label("Front", exact=True).click()
    expect(picture).to_have_attribute("src", re.compile(f"/stills/woman/{SIDED}.png.*view=front"))
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") == 960


def test_ways_between_positions_are_offered_and_gone_there_and_back(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={SIDED}")

    group = viewer.locator('optgroup[label="Ways between positions"] option')
    expect(group).to_have_text("From standing onto a chair")
    viewer.get_by_label("Stretch", exact=True).select_option(WAY)

    expect(viewer.locator("#name")).to_have_text("From standing onto a chair")
    expect(viewer.locator("#phase")).to_have_text("on the way")
    for hidden in ("How far", "Show where it pulls", "You should feel", "How to do it"):
        expect(viewer.get_by_text(hidden, exact=True)).to_be_hidden()
    viewer.locator("#scrub").fill("75")
    expect(viewer.locator("#phase")).to_have_text("there")
    viewer.locator("#scrub").fill("100")
    expect(viewer.locator("#phase")).to_have_text("on the way back")
    assert "going this way" in (viewer.locator("#canvas").get_attribute("aria-label") or "")
    assert f"stretch={WAY}" in viewer.url


def test_a_way_is_not_shown_on_a_body_on_which_it_is_not_proved(viewer: Page, site: str) -> None:
    opened(viewer, f"{site}?stretch={WAY}")

    viewer.get_by_label("Man", exact=True).click()

    expect(viewer.get_by_role("alert")).to_contain_text(
        f"{WAY} is not shown on the body 'man', for it is not proved there"
    )
    viewer.get_by_label("Older", exact=True).click()
    expect(viewer.locator("main")).to_have_attribute("data-state", "ready")
    expect(viewer.get_by_role("alert")).to_be_hidden()


def test_with_less_motion_a_way_is_shown_by_its_stations(viewer: Page, site: str) -> None:
    viewer.emulate_media(reduced_motion="reduce")
    viewer.set_viewport_size({"width": 720, "height": 1400})
    opened(viewer, f"{site}?stretch={WAY}")
    begins = drawn(viewer)

    viewer.locator("#scrub").fill("7")
    assert drawn(viewer) == begins
    viewer.locator("#scrub").fill("9")
    assert drawn(viewer) != begins


def test_without_webgl_a_way_is_shown_by_pictures_of_its_stations(viewer: Page, site: str) -> None:
    viewer.add_init_script(NO_WEBGL)
    viewer.emulate_media(reduced_motion="reduce")
    opened(viewer, f"{site}?stretch={WAY}")
    picture = viewer.locator("img.picture")

    expect(picture).to_have_attribute("alt", "A figure going this way: From standing onto a chair")
    viewer.locator("#scrub").fill("33")
    expect(picture).to_have_attribute("src", re.compile(f"/stills/woman/{WAY}.png.*arc=50&"))
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") == 960


def test_the_quality_drops_when_pictures_come_slowly(viewer: Page, site: str) -> None:
    viewer.add_init_script(CARD + SLOW)
    opened(viewer, f"{site}?stretch={SIDED}")

    expect(viewer.locator("#canvas")).to_have_attribute("data-quality", "low")


@pytest.mark.parametrize("size", SIZES)
def test_no_fault_for_axe_and_no_sideways_scroll(viewer: Page, site: str, size: str) -> None:
    wide, tall = SIZES[size]
    viewer.set_viewport_size({"width": wide, "height": tall})
    viewer.emulate_media(reduced_motion="reduce")
    opened(viewer, f"{site}?stretch={RESTING}")
    viewer.evaluate(AXE)

    for scheme in SCHEMES:
        viewer.emulate_media(color_scheme=scheme)
        faults = viewer.evaluate(
            "async () => (await axe.run()).violations.map(fault => [fault.id, fault.nodes[0].html])"
        )
        assert faults == [], scheme
        assert viewer.evaluate("document.documentElement.scrollWidth") <= wide
        viewer.screenshot(path=ROOT / "build" / "viewer" / f"{size}-{scheme}.png", full_page=True)


@pytest.fixture(scope="module")
def catalogue(browser: Browser) -> Iterator[str]:
    """The viewer with the motions that ship."""
    yield from served(Pages())


@pytest.mark.torture
def test_every_stretch_is_played_and_its_picture_kept(viewer: Page, catalogue: str) -> None:
    entries = [entry for entry in Pages().stretches() if "woman" in entry.bodies]
    viewer.emulate_media(reduced_motion="reduce")
    if not entries:
        pytest.skip("no motion is baked: make motions")
    opened(viewer, catalogue)
    for entry in entries:
        viewer.get_by_label("Stretch", exact=True).select_option(entry.id)
        expect(viewer.locator("#name")).to_have_text(entry.name)
        expect(viewer.locator("main")).to_have_attribute("data-state", "ready")
        if (
            entry.passed and baked(entry.id, "woman").proved
        ):  # else it is shown in position only, and cannot be scrubbed
            viewer.locator("#scrub").fill("60")

        viewer.locator("#canvas").screenshot(path=ROOT / "build" / "viewer" / "stretches" / f"{entry.id}.png")
        expect(viewer.get_by_role("alert")).to_be_hidden()


@pytest.mark.torture
def test_every_way_is_gone_and_its_pictures_kept(viewer: Page, catalogue: str) -> None:
    shown = [entry for entry in Pages().shown_ways() if "woman" in entry.bodies]
    viewer.emulate_media(reduced_motion="reduce")
    opened(viewer, catalogue)
    for entry in shown:
        viewer.get_by_label("Stretch", exact=True).select_option(entry.id)
        expect(viewer.locator("#name")).to_have_text(entry.name)
        expect(viewer.locator("main")).to_have_attribute("data-state", "ready")
        for station in range(entry.stations):
            viewer.locator("#scrub").fill(str(16 * station))

            file = ROOT / "build" / "viewer" / "ways" / f"{entry.id}-{station + 1}.png"
            viewer.locator("#canvas").screenshot(path=file)
            expect(viewer.get_by_role("alert")).to_be_hidden()
