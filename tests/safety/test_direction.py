"""The direction of a back."""

import itertools

import pytest

from supple.catalogue import Stretch, load
from supple.safety.direction import Direction, direction, effect, small_while_unsure, smallest_arc_percent
from supple.safety.limits import Allowance, Refusal, judge
from supple.safety.rules import Facts, atom
from tests.safety.people import anybody

EFFECTS = ("worse", "same", "better")
EXPECTED = {
    ("worse", "worse"): "both_sensitive",
    ("worse", "same"): "flexion_sensitive",
    ("worse", "better"): "flexion_sensitive_extension_preference",
    ("same", "worse"): "extension_sensitive",
    ("same", "same"): "no_direction",
    ("same", "better"): "extension_preference",
    ("better", "worse"): "extension_sensitive_flexion_preference",
    ("better", "same"): "flexion_preference",
    ("better", "better"): "either_direction",
}


@pytest.mark.parametrize("effects", EXPECTED, ids=str)
def test_the_nine_directions(effects: tuple[str, str]) -> None:
    assert direction(*effects) == EXPECTED[effects]


def test_every_direction_is_reached_exactly_once() -> None:
    assert sorted(direction(*effects) for effects in itertools.product(EFFECTS, EFFECTS)) == sorted(Direction)


@pytest.mark.parametrize("effects", [*itertools.product((*EFFECTS, "unsure"), repeat=2)], ids=str)
def test_unsure_counts_as_no_different(effects: tuple[str, str]) -> None:
    forwards, backwards = ("same" if effect == "unsure" else effect for effect in effects)

    assert direction(*effects) is direction(forwards, backwards)


@pytest.mark.parametrize("of", Direction)
def test_a_direction_leaves_out_what_it_is_sensitive_to_and_puts_something_first(of: Direction) -> None:
    found = effect(of)

    assert set(found.first) <= set(load().stretches)
    assert any("flexion" in text for text in found.exclude) is ("flexion_sensitive" in of or of == "both_sensitive")
    assert any("extension" in text for text in found.exclude) is ("extension_sensitive" in of or of == "both_sensitive")


@pytest.mark.parametrize("of", Direction)
def test_no_stretch_goes_where_the_direction_hurts(of: Direction) -> None:
    for stretch in load().stretches.values():
        found = judge(stretch, anybody(direction=of))

        if any(atom(text).holds(lumbar(stretch)) for text in effect(of).exclude):
            assert isinstance(found, Refusal)
        elif any(atom(text).holds(lumbar(stretch)) for text in effect(of).smallest_arc):
            assert isinstance(found, Allowance)
            assert found.arc_percent_max <= smallest_arc_percent()


def lumbar(stretch: Stretch) -> Facts:
    """How far a stretch takes the low back."""
    load = stretch.spine_load.lumbar
    return {"lumbar_flexion": load.flexion, "lumbar_extension": load.extension}


@pytest.mark.parametrize(("sessions_done", "arc_percent"), [(0, 25), (2, 25), (3, 70)])
def test_who_is_not_sure_begins_with_small_moves_for_three_sessions(sessions_done: int, arc_percent: int) -> None:
    limits = anybody(unsure_direction=True, sessions_done=sessions_done)

    found = judge(load().stretch("cat_camel"), limits)

    assert isinstance(found, Allowance)
    assert found.arc_percent_max == arc_percent
    assert small_while_unsure()[1] == 3
