"""What is shown of a stretch: what a person carries and how it runs, what is marked, what is not shown moving."""

import numpy as np
import pytest

from supple.anatomy import Side
from supple.catalogue import load as load_catalogue
from supple.catalogue.motion_reader import motion
from supple.figure.body import load
from supple.figure.performance import Wanted, marked, perform
from supple.figure.props import Prop
from supple.figure.regions import regions
from supple.figure.skeleton import skeleton

both_sides = pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])


def _carried(stretch: str, side: Side, *, arc: float = 100.0) -> tuple[Prop, dict[str, np.ndarray]]:
    shown, body = perform(Wanted(stretch, arc, side), tinted=False), load("woman")
    middles = {name: shown.person.vertices[own].mean(0) for name, own in regions(body, skeleton(body)).items()}
    return shown.props[-1], middles


def _gap_m(thing: Prop, place: np.ndarray) -> float:
    return float(np.linalg.norm(thing.mesh.vertices - place, axis=1).min())


@both_sides
@pytest.mark.parametrize("arc", [10.0, 55.0, 100.0])
def test_a_towel_runs_from_fist_to_fist_behind_the_back(side: Side, arc: float) -> None:
    towel, middles = _carried("behind_back_towel", side, arc=arc)

    assert towel.name == "towel"
    assert max(_gap_m(towel, middles[f"fingers_{each}"]) for each in ("left", "right")) < 0.06
    assert towel.mesh.vertices[:, 2].max() < middles["upper_back"][2]
    across = np.linalg.svd(towel.mesh.vertices - towel.mesh.vertices.mean(0), compute_uv=False)[1]
    assert across / len(towel.mesh.vertices) ** 0.5 < 0.025  # straight: on average no further off than half its width


@both_sides
def test_a_strap_lies_on_the_raised_sole_and_ends_in_both_hands(side: Side) -> None:
    strap, middles = _carried("supine_hamstring_strap", side)
    raised = middles[f"sole_{side.value}"]

    assert strap.name == "strap"
    assert max(_gap_m(strap, middles[f"fingers_{each}"]) for each in ("left", "right")) < 0.03
    assert _gap_m(strap, raised) < 0.025
    assert strap.mesh.vertices[:, 1].max() > raised[1]


@both_sides
def test_a_strap_does_not_go_through_the_foot(side: Side) -> None:
    shown = perform(Wanted("supine_hamstring_strap", 100.0, side), tinted=False)
    strap = shown.props[-1].mesh.vertices
    sole = shown.person.vertices[regions(load("woman"), skeleton(load("woman")))[f"sole_{side.value}"]].mean(0)

    on_top = strap[np.linalg.norm(strap - sole, axis=1) < 0.04]

    assert len(on_top)
    assert on_top[:, 1].max() > sole[1]


def test_the_right_side_mirrors_what_is_carried() -> None:
    left, right = (_carried("supine_hamstring_strap", side)[0].mesh.vertices for side in (Side.LEFT, Side.RIGHT))

    assert np.allclose(np.sort(left[:, 1]), np.sort(right[:, 1]), atol=0.02)
    assert left[:, 0].mean() == pytest.approx(-right[:, 0].mean(), abs=0.02)


def test_a_motion_that_carries_nothing_shows_only_its_things() -> None:
    shown = perform(Wanted("open_book"), tinted=False)

    assert motion("open_book").carried == ()
    assert [thing.name for thing in shown.props] == ["mat", "pillow"]


def test_a_thing_that_lies_on_another_is_lifted() -> None:
    pillow = perform(Wanted("side_lying_rest"), tinted=False).props[1]

    assert pillow.mesh.vertices[:, 1].min() > 0.05


def test_a_motion_that_is_not_proved_on_a_body_is_shown_in_position_and_sends_to_another() -> None:
    full, half = (perform(Wanted("sphinx", arc, body="heavier"), tinted=False) for arc in (100.0, 50.0))

    assert "not shown moving on the body 'heavier'" in full.resting
    assert "choose another body" in full.resting
    assert np.array_equal(full.person.vertices, half.person.vertices)
    assert perform(Wanted("sphinx"), tinted=False).resting == ""


def test_turning_the_neck_pulls_on_both_its_sides_and_bending_it_on_one() -> None:
    turning, bending = (load_catalogue().stretch(name) for name in ("neck_rotation", "upper_trapezius_side_bend"))

    assert marked(turning, Side.RIGHT).side is Side.NONE
    assert marked(bending, Side.RIGHT).side is Side.RIGHT
