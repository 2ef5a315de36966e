"""The handout: two tagged pages with every stretch, its dose, the boxes and the number to call."""

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from io import BytesIO

import pytest
from PIL import Image

from supple.anatomy import Setting
from supple.catalogue import load
from supple.exchange import handout
from supple.exchange.handout import NothingToPrint, Sheet, dumps
from supple.planner import Plan, Step
from supple.planner.doses import is_rest
from supple.safety.emergency_numbers import emergency_number
from supple.safety.verdicts import Verdict
from tests.people import planned, vignette

SHEET = Sheet(date(2026, 11, 28), emergency_number("GB"), "http://127.0.0.1:8000/today/")


def blank(step: Step, body: str) -> bytes:
    """A picture that is drawn at once."""
    out = BytesIO()
    Image.new("RGBA", (8, 6)).save(out, format="PNG")
    return out.getvalue()


def draw_wide(step: Step, body: str) -> bytes:
    """A picture as high as its place."""
    out = BytesIO()
    Image.new("RGBA", (37, 31)).save(out, format="PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned(vignette("V03", 12))


def streams(pdf: bytes) -> bytes:
    """What the compressed parts of a PDF hold."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return pdf + b"".join(found)


def test_it_is_two_tagged_pages_with_our_own_letters_only(plan: Plan) -> None:
    made = streams(dumps(plan, SHEET, blank))

    assert len(handout.WHEN_PAGES.findall(made)) == 2
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made
    assert {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont\s*/([\w+-]+)", made)} <= {
        b"Commissioner-Regular",
        b"Commissioner-SemiBold",
        b"CommissionerFlare-SemiBold",
        b"Commissioner-Regular-Identity-H",
        b"Commissioner-SemiBold-Identity-H",
        b"CommissionerFlare-SemiBold-Identity-H",
    }


@pytest.mark.parametrize(
    ("identifier", "minutes", "places"),
    [
        ("V01", 8, (Setting.FLOOR, Setting.CHAIR_DESK)),
        ("V03", 12, (Setting.BED, Setting.CHAIR_DESK)),
        ("V08", 10, (Setting.CHAIR_DESK,)),
        ("V10", 15, (Setting.FLOOR, Setting.CHAIR_DESK)),
    ],
)
def test_elderly_eyes_read_its_two_pages(identifier: str, minutes: int, places: tuple[Setting, ...]) -> None:
    made = dumps(planned(vignette(identifier, minutes, places)), SHEET, draw_wide)

    assert len(handout.WHEN_PAGES.findall(made)) == 2
    assert min(small for small, _, _ in handout.LAYOUTS) >= 9.5
    sizes = re.findall(r"([\d.]+)pt", (handout.HERE / "handout.typ").read_text(encoding="utf-8"))
    letters = [size for size in sizes if float(size) > 2]  # what is thinner is a line
    assert min(map(float, letters)) >= 9


def test_that_a_picture_shows_the_usual_form_is_said_where_something_differs(plan: Plan) -> None:
    usual = replace(plan, steps=tuple(replace(step, changes=()) for step in plan.steps))
    differs = replace(plan, steps=(replace(plan.steps[0], changes=("bend less",)), *plan.steps[1:]))

    said = [any("usual form" in note for note in handout._words(made, SHEET)["notes"]) for made in (usual, differs)]

    assert said == [False, True]


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert dumps(plan, SHEET, blank) == dumps(plan, SHEET, blank)


def test_every_stretch_has_its_steps_dose_and_fourteen_boxes(plan: Plan) -> None:
    words = handout._words(plan, SHEET)

    names = list(dict.fromkeys(step.name for step in plan.steps))
    assert [card["name"] for card in words["stretches"]] == names
    assert [row["name"] for row in words["rows"] if row["box"]] == names
    assert len(words["days"]) == 14
    assert all(card["steps"] and card["dose"] and card["feel"] for card in words["stretches"])
    assert json.dumps(words)


def test_the_safety_box_says_whom_to_call_there(plan: Plan) -> None:
    words = handout._words(plan, SHEET)

    assert words["number"] == "Call 999"
    assert "chest pain" in words["emergency"]
    assert "weakness" in words["same_day"]
    assert handout._words(plan, replace(SHEET, emergency=emergency_number("")))["number_note"]


def test_how_far_to_go_stands_beside_how_often(plan: Plan) -> None:
    cards = {card["name"]: card["dose"] for card in handout._words(plan, SHEET)["stretches"]}

    for step in plan.steps:
        goes = step.arc_percent < 100 and not is_rest(load().stretch(step.stretch))
        assert (f"{step.arc_percent} % of the way" in cards[step.name]) is goes


def test_both_sides_of_a_stretch_are_one_card(plan: Plan) -> None:
    doses = [card["dose"] for card in handout._words(plan, SHEET)["stretches"]]

    assert any(", each side" in dose for dose in doses)


class Loud(NullTranslations):
    """A language that can be told from English, whatever it says."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def test_every_word_of_its_own_can_be_said_in_another_language(plan: Plan) -> None:
    ours = handout._words(plan, SHEET)
    theirs = handout._words(plan, replace(SHEET, tongue=Loud(), language="xx"))

    same = {key for key, said in ours.items() if isinstance(said, str) and said and said == theirs[key]}
    assert same == {"paper", "address", "number_note"} & same
    assert theirs["lang"] == "xx"
    assert theirs["days"][0]["weekday"] == "<Sat>"
    for mine, other in zip(ours["stretches"], theirs["stretches"], strict=True):
        assert other["dose"] != mine["dose"]
        assert other["where"] == f"<{mine['where']}>"
        assert other["name"] == mine["name"]  # the catalogue's own


def test_how_long_a_rest_lasts_is_said_once_and_the_same() -> None:
    wanted = ("constructive_rest",)
    plan = planned(vignette("V03", 12, (Setting.FLOOR, Setting.CHAIR_DESK), wanted=wanted))
    rest = next(step for step in plan.steps if step.stretch == "constructive_rest")
    words = json.dumps(handout._card(1, [rest], plan, (), rest.seconds, SHEET))

    assert f"Rest for {rest.work_s} seconds" in words
    assert f"for {rest.work_s} seconds." in words
    assert "three minutes" not in words


@pytest.mark.parametrize(
    ("lengths", "left"), [((1,), 1), ((1, 1), 1), ((1, 1, 1), 2), ((1, 1, 1, 1, 1), 3), ((9, 1, 1), 1)], ids=str
)
def test_both_columns_are_about_as_long_and_the_left_one_comes_first(lengths: tuple[int, ...], left: int) -> None:
    cards = [{"steps": ["a"] * length * 10, "changes": [], "feel": "b"} for length in lengths]

    assert handout._fair(cards) == left


def test_a_picture_is_as_large_as_its_place_allows() -> None:
    def sized(width: int, height: int) -> list[float]:
        out = BytesIO()
        Image.new("RGBA", (width, height)).save(out, format="PNG")
        return handout._sizes({"1.png": out.getvalue()}, 37.0)["1.png"]

    assert sized(370, 100) == [37.0, 10.0]
    assert sized(100, 310) == [10.0, 31.0]


def test_without_an_address_there_is_no_code(plan: Plan) -> None:
    assert "session.svg" not in dict(handout._files(plan, replace(SHEET, address=""), blank))
    assert dumps(plan, replace(SHEET, address=""), blank).startswith(b"%PDF-")


def test_a_long_plan_is_set_smaller_before_a_third_page_is_taken(plan: Plan) -> None:
    longer = replace(plan, steps=tuple(replace(step, stretch=step.stretch) for step in plan.steps * 2))

    assert dumps(longer, SHEET, blank).startswith(b"%PDF-")


@pytest.mark.parametrize("verdict", [Verdict.SEE_CLINICIAN, Verdict.SAME_DAY, Verdict.EMERGENCY])
def test_nothing_is_printed_against_the_verdict(plan: Plan, verdict: Verdict) -> None:
    with pytest.raises(NothingToPrint, match="no plan to print"):
        dumps(replace(plan, verdict=verdict), SHEET, blank)


def test_an_empty_plan_is_refused_with_the_remedy(plan: Plan) -> None:
    with pytest.raises(NothingToPrint, match="more minutes"):
        dumps(replace(plan, steps=()), SHEET, blank)


def test_words_with_signs_of_the_setter_are_printed_as_they_are(plan: Plan) -> None:
    odd = replace(plan.steps[0], name='#panic("x") $ _a_ \\ *b* @c <d>')

    assert dumps(replace(plan, steps=(odd,)), SHEET, blank).startswith(b"%PDF-")


def test_the_figure_draws_the_pictures(plan: Plan) -> None:
    draw: Callable[[Step, str], bytes] = handout.picture

    assert draw(plan.steps[0], "woman").startswith(b"\x89PNG")
