"""The traffic light, in every one of its cells."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import pytest

from supple.safety.gate import PainError
from supple.safety.tables import table
from supple.safety.traffic_light import (
    Action,
    AfterSet,
    Colour,
    LegResponse,
    MoreSigns,
    Quality,
    after_set,
    colour,
    tripped,
    tripwires,
)
from supple.safety.verdicts import Verdict
from tests.safety.people import VIGNETTES

CELLS = list(product(range(11), range(11), Quality))
ALWAYS_A_STOP = set(Quality) - {Quality.STRETCH_PULL, Quality.ACHE}


def by_hand(before: int, during: int, quality: Quality) -> str:
    """The rules of the clinical table, written down a second time."""
    if quality in ALWAYS_A_STOP:
        return "T1"
    if during >= 6 and during >= before:
        return "T2"
    if during - before >= 3 and during >= 4:
        return "T3"
    if during >= 4:
        return "T5"
    return "T6" if during - before >= 3 else "T7"


def test_every_cell_has_the_light_that_the_table_says() -> None:
    assert [cell for cell in CELLS if colour(*cell).rule != by_hand(*cell)] == []


def test_the_cells_are_counted() -> None:
    counts = Counter(colour(*cell).colour for cell in CELLS)

    assert counts == {Colour.RED: 705, Colour.AMBER: 56, Colour.GREEN: 86}


def test_more_pain_during_never_turns_the_light_milder() -> None:
    order = [Colour.GREEN, Colour.AMBER, Colour.RED]

    for before, quality in product(range(11), Quality):
        lights = [order.index(colour(before, during, quality).colour) for during in range(before, 11)]
        assert lights == sorted(lights)


def test_the_qualities_are_those_of_the_table() -> None:
    assert list(Quality) == table("traffic_light")["qualities"]


def test_tingling_stops_a_stretch_even_when_the_number_is_low() -> None:
    event = VIGNETTES["V07"]["answers"]["session_log"]
    expected = VIGNETTES["V07"]["expected"]["session_event"]

    light = colour(event["before"], event["during"], Quality(event["quality"]))

    assert (light.colour, light.rule, light.action) == (expected["colour"], expected["rule"], expected["action"])
    assert list(light.then) == expected["then"]
    assert "even when the number is low" in light.say
    assert "pull on the leg nerve or bend you deeply until a clinician has looked" in light.say


@pytest.mark.parametrize("cell", CELLS[::37], ids=str)
def test_a_red_light_always_asks_for_red_flags_and_a_green_one_never(cell: tuple[int, int, Quality]) -> None:
    light = colour(*cell)

    assert ("ask_red_flag_recheck" in light.then) is (light.colour is Colour.RED)
    assert (light.action is Action.CARRY_ON) is (light.colour is Colour.GREEN)


@pytest.mark.parametrize(("before", "during"), [(-1, 3), (3, 11), (2, 2.5)])
def test_a_number_outside_the_scale_is_refused(before: int, during: int) -> None:
    with pytest.raises(PainError):
        colour(before, during, Quality.ACHE)


@pytest.mark.parametrize(
    ("ticked", "wire", "verdict"),
    [
        (["W1"], "W1", Verdict.EMERGENCY),
        (["W5", "W3", "W2"], "W2", Verdict.EMERGENCY),
        (["W3"], "W3", Verdict.SAME_DAY),
        (["W4", "W5"], "W4", Verdict.SAME_DAY),
        (["W5"], "W5", None),
    ],
)
def test_the_weightiest_tripwire_decides(ticked: list[str], wire: str, verdict: Verdict | None) -> None:
    found = tripped(ticked)

    assert found is not None
    assert (found.id, found.verdict) == (wire, verdict)


def test_no_tripwire_is_no_tripwire() -> None:
    assert tripped([]) is None


@pytest.mark.parametrize(
    ("more", "asked"), [((), set()), ([MoreSigns.PREGNANCY], {"W4"}), ([MoreSigns.LOOSE_NECK], {"W6"})]
)
def test_only_who_may_have_them_is_asked_about_signs_of_pregnancy_or_of_a_loose_neck(
    more: Sequence[MoreSigns], asked: set[str]
) -> None:
    assert {wire.id for wire in tripwires(more)} == {"W1", "W2", "W3", "W5", "W7"} | asked


@pytest.mark.parametrize(
    ("response", "then"),
    [
        (LegResponse.MOVED_UP_OR_SMALLER, AfterSet.GO_ON),
        (LegResponse.UNCHANGED, AfterSet.GO_ON_FOR_TWO_SESSIONS),
        (LegResponse.MOVED_DOWN_OR_LARGER, AfterSet.LEAVE_DIRECTION),
        (LegResponse.NEW_NUMBNESS_OR_WEAKNESS, AfterSet.STOP),
    ],
)
def test_every_answer_of_the_leg_has_its_consequence(response: LegResponse, then: AfterSet) -> None:
    assert after_set(response) is then
