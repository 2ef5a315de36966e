"""The library: every stretch is found by body, position, place, collection and name, and its page says all of it."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from supple.anatomy import MuscleGroup, Position, Setting
from supple.catalogue import load
from supple.catalogue.collection import load_collections
from supple.figure import body_map
from supple.safety import whom
from supple.web.figure.small import Size
from supple.web.figure.views import small_address, version
from supple.web.library import told
from supple.web.library.forms import Wanted
from supple.web.library.words import POSITIONS
from tests.browser.conftest import browser
from tests.web.conftest import Site, serving
from tests.web.people import answer_all, answers_of

__all__ = ["browser"]  # one that draws the figure
STRETCHES = load().stretches


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site where nobody has answered anything, and nobody will."""
    with serving(tmp_path_factory.mktemp("fresh") / "data") as running:
        yield running


def shown(client: Client, query: str = "") -> list[str]:
    """The ids of the stretches in the list, in order."""
    return re.findall(r'<li><a href="/library/(\w+)/">', client.get(f"/library/{query}").content.decode())


def test_every_stretch_is_there_once(client: Client) -> None:
    assert sorted(shown(client)) == sorted(STRETCHES)


@pytest.mark.parametrize("group", MuscleGroup)
def test_a_tap_on_the_body_shows_what_works_there(client: Client, group: MuscleGroup) -> None:
    found = shown(client, f"?muscle={group}")

    assert set(found) == {one.id for one in STRETCHES.values() if group in load().group_shares(one)}


def test_every_muscle_group_has_a_place_on_the_body() -> None:
    assert {group for side in body_map.load() for group in side.groups} == set(MuscleGroup)


def test_parts_of_a_wish_hold_together(client: Client) -> None:
    found = shown(client, f"?position={Position.SUPINE}&setting={Setting.BED}&muscle={MuscleGroup.HAMSTRINGS}")

    assert found
    for name in found:
        assert STRETCHES[name].start_position is Position.SUPINE
        assert Setting.BED in STRETCHES[name].settings


@pytest.mark.parametrize("name", load_collections())
def test_a_collection_opens_with_what_it_holds(client: Client, name: str) -> None:
    collection = load_collections()[name]

    found = shown(client, f"?collection={name}")

    assert len(found) >= 3
    assert all(collection.has(STRETCHES[one]) for one in found)
    if collection.stretches:
        assert tuple(found) == collection.stretches


@pytest.mark.parametrize("words", ["cat", "CAT-camel", "marjaryasana", "  cat   spine "])
def test_a_name_is_found_in_any_case_and_by_other_names(client: Client, words: str) -> None:
    assert "cat_camel" in shown(client, f"?q={words}")


@pytest.mark.parametrize("query", ["?muscle=wings", "?position=&setting=moon", "?collection=%00", "?nothing=1"])
def test_a_word_that_nobody_knows_asks_nothing(client: Client, query: str) -> None:
    assert len(shown(client, query)) == len(STRETCHES)


def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = client.get("/library/?q=trampoline").content.decode()

    assert "No stretch fits all of that" in page
    assert "Show all" in page


def test_a_search_cannot_write_into_the_page(client: Client) -> None:
    assert "<script>alert" not in client.get("/library/?q=<script>alert(1)</script>").content.decode()


def test_a_wish_survives_its_own_address() -> None:
    wanted = Wanted(q="hip “x”", muscle="hip_flexors", setting="bed")

    assert Wanted.read(dict(re.findall(r"(\w+)=([^&]*)", "q=hip “x”&muscle=hip_flexors&setting=bed"))) == wanted
    assert wanted.query(muscle="") == "?q=hip+%E2%80%9Cx%E2%80%9D&setting=bed"


@pytest.mark.parametrize("name", STRETCHES)
def test_the_page_of_a_stretch_says_all_of_it(client: Client, name: str) -> None:
    from django.utils.html import escape

    stretch = STRETCHES[name]

    page = client.get(f"/library/{name}/").content.decode()

    for words in (stretch.name, *stretch.steps, stretch.feel_it, stretch.should_not_feel, stretch.source):
        assert escape(words) in page
    for mistake in stretch.common_mistakes:
        assert escape(mistake.cue) in page


@pytest.mark.parametrize("name", STRETCHES)
def test_what_is_named_instead_needs_no_change_for_the_same_people(name: str) -> None:
    out = whom.left_out(STRETCHES[name])

    for found, warned in zip(out, told.leaves_it_out(STRETCHES[name]), strict=True):
        assert all(whom.does_as_written(other, found.whom) for other in warned.instead)


def test_a_stretch_on_one_leg_names_whom_a_fall_would_harm(client: Client) -> None:
    page = unescape(client.get("/library/standing_quadriceps/").content.decode())

    assert "Nobody by our rules" not in page
    for who in ("If your balance is or may be unsure:", "If you are 75 or older:", "If you get or may get dizzy:"):
        assert who in page


def test_a_stretch_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/library/backflip/").status_code == 404


def test_what_the_answers_leave_out_says_so_and_why(client: Client) -> None:
    answer_all(client, answers_of("V03"))

    page = client.get("/library/").content.decode()
    fold = client.get("/library/seated_forward_fold/").content.decode()

    assert page.count("Not for you now") > 3
    assert "Not for you now." in fold
    assert "This stretch may suit you" not in fold


def test_what_suits_comes_first_by_position_and_what_does_not_stands_behind_a_fold(client: Client) -> None:
    answer_all(client, answers_of("V03"))

    page = client.get("/library/").content.decode()
    suits, _, out = page.partition('<details class="group">')

    assert re.findall(r'<h2 class="as-h3 group">([^<]+)</h2>', suits)[0] == str(POSITIONS[Position.STANDING])
    assert "Not for you now" not in suits
    assert out.count('<p class="not">') == len(re.findall(r'<li><a href="/library/', out)) > 0


def test_nothing_is_said_of_somebody_who_has_not_answered(client: Client) -> None:
    assert "Not for you now" not in client.get("/library/").content.decode()


@pytest.mark.parametrize("address", ["/library/", "/library/cat_camel/"])
def test_an_emergency_reaches_no_stretch(client: Client, address: str) -> None:
    client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/verdict/"


def test_a_still_of_the_shelf_is_small(client: Client) -> None:
    answer = client.get(small_address("woman", "cat_camel", Size.SHELF))

    assert answer.headers["Content-Type"] == "image/webp"
    assert len(answer.content) < 10_000


@pytest.mark.parametrize("address", ["woman/backflip", "giant/cat_camel"])
def test_a_still_that_cannot_be_is_refused_in_a_sentence(client: Client, address: str) -> None:
    answer = client.get(f"/figure/{version()}/small/shelf/{address}.webp")

    assert answer.status_code == 404
    assert answer.json()["say"].startswith("There is no")


def test_notes_for_editors_stay_among_editors(client: Client) -> None:
    noted = [stretch for stretch in STRETCHES.values() if stretch.note]

    assert noted
    for stretch in noted:
        assert stretch.note not in unescape(client.get(f"/library/{stretch.id}/").content.decode())


def test_the_library_works_by_keyboard_and_the_figure_moves(page: Page, fresh: Site) -> None:
    page.goto(f"{fresh.url}/library/")
    page.get_by_role("group", name="The body from the back").get_by_role("link", name="Calf").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="What you look for").get_by_text("Calf")).to_be_visible()

    page.get_by_role("link", name=re.compile("Calf stretch, straight knee")).first.focus()
    page.keyboard.press("Enter")
    figure = page.locator("#figure[data-state=moving]")
    expect(figure).to_be_visible(timeout=60_000)
    begun = figure.get_attribute("data-drawn")
    expect(figure).not_to_have_attribute("data-drawn", begun or "", timeout=30_000)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#figure")).to_have_attribute("data-state", "still")


def test_the_figure_holds_what_the_words_say(page: Page, fresh: Site) -> None:
    page.goto(f"{fresh.url}/library/supine_hamstring_strap/")

    expect(page.locator("#figure")).to_have_attribute("data-held", "1", timeout=60_000)


def test_choosing_from_a_list_shows_the_result_at_once(page: Page, fresh: Site) -> None:
    page.goto(f"{fresh.url}/library/")
    page.get_by_text("Position, place, muscles").click()

    page.get_by_label("Place").select_option(label="At a low step")

    expect(page.get_by_role("heading", name="1 stretch")).to_be_visible()
    assert page.url.endswith("?setting=step")


def test_a_first_visit_is_light(page: Page, fresh: Site) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    page.goto(f"{fresh.url}/library/", wait_until="networkidle", timeout=120_000)

    assert sum(sizes) <= 350_000
