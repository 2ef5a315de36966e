"""Every way between positions, on every body: held to the ground, nothing goes through anything, nothing leaps."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, product
from math import cos, radians, sin

import numpy as np
import pytest

from supple.anatomy import Position
from supple.catalogue.motion_reader import HERE, baked, positions
from supple.catalogue.way_reader import baked_way, way_of, ways
from supple.figure import faults, way_faults
from supple.figure.between import wish
from supple.figure.body import load as load_body
from supple.figure.body import names
from supple.figure.faults import Examination
from supple.figure.solver import Solver
from supple.figure.view import View
from supple.figure.way_faults import WayExamination
from supple.motion import Touch
from supple.motion.baked import Baked, Frame, Quaternion

WAYS = [way.id for way in ways()]
GZIPPED_KB = 60
CHAIR, BED = "standing_to_seated_chair", "seated_chair_to_side_lying_on_bed"

A_BODY_EACH = list(zip(WAYS, cycle(names()), strict=False))  # each on one body, and each body with some

every_way = pytest.mark.parametrize("name", WAYS)
every_body = pytest.mark.parametrize("body", names())


@pytest.mark.parametrize(("name", "body"), A_BODY_EACH)
def test_what_is_called_proved_is_without_fault(name: str, body: str) -> None:
    """Contacts within 5 mm, slips within 3, nothing through things or through the body itself, at every frame."""
    assert (WayExamination(name, body).faults() == []) is baked_way(name, body).proved


@pytest.mark.torture
@pytest.mark.parametrize(("name", "body"), sorted(set(product(WAYS, names())) - set(A_BODY_EACH)))
def test_so_it_is_on_every_other_body(name: str, body: str) -> None:
    assert (WayExamination(name, body).faults() == []) is baked_way(name, body).proved


@every_way
def test_a_way_that_passed_the_look_is_proved_on_some_body_and_seen_from_a_view(name: str) -> None:
    way = way_of(name)

    assert View(way.view)
    assert not way.passed or any(baked_way(name, body).proved for body in names())


@every_body
@every_way
def test_a_way_is_baked_from_station_to_station_and_small(name: str, body: str) -> None:
    found = baked_way(name, body)

    assert (found.stretch, found.body, found.enter) == (name, body, None)
    assert set(found.bones) == set(load_body(body).bones)
    assert (len(found.tracks[0].frames) - 1) % (len(way_of(name).station) - 1) == 0
    file = HERE / "baked" / body / "ways" / f"{name}.json"
    assert len(gzip.compress(file.read_bytes())) <= GZIPPED_KB * 1024


@every_body
def test_where_one_way_ends_and_the_next_begins_the_body_holds_itself_alike(body: str) -> None:
    """Each bone is turned alike at the seam, but for where the person faces; 35 degrees for a limb that is put down."""
    for one, other in (("standing_to_half_kneeling", "half_kneeling_to_kneeling"),):
        last, first = (baked_way(name, body).tracks[0].frames[at] for name, at in ((one, -1), (other, 0)))
        cosines = np.abs((np.array(last.rotations) * np.array(first.rotations)).sum(1))

        assert np.degrees(2 * np.arccos(np.clip(cosines, 0, 1))).max() < 35


def spoilt(spoil: Callable[[Frame], Frame], at: Sequence[int], name: str = CHAIR) -> Baked:
    """The shipped way with some of its frames changed."""
    way = baked_way(name, "woman")
    frames = tuple(spoil(each) if i in at else each for i, each in enumerate(way.tracks[0].frames))
    return replace(way, tracks=(replace(way.tracks[0], frames=frames),))


def moved(x: float, y: float, z: float) -> Callable[[Frame], Frame]:
    def spoil(frame: Frame) -> Frame:
        a, b, c = frame.pelvis
        return replace(frame, pelvis=(a + x, b + y, c + z))

    return spoil


def nodded(degrees: float) -> Callable[[Frame], Frame]:
    """Turns every bone of the head about the axis from ear to ear."""
    half = radians(degrees) / 2
    own = [i for i, bone in enumerate(load_body("woman").bones) if bone == "head"]

    def turned(q: Quaternion) -> Quaternion:
        x, y, z, w = q
        s, c = sin(half), cos(half)
        return s * w + c * x, c * y - s * z, c * z + s * y, c * w - s * x

    def spoil(frame: Frame) -> Frame:
        rotations = tuple(turned(q) if i in own else q for i, q in enumerate(frame.rotations))
        return replace(frame, rotations=rotations)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "at", "name", "said"),
    [
        (moved(0, 0.02, 0), [0], CHAIR, "station 1: heel_left is 20 mm from floor"),
        pytest.param(*(moved(0, 0.02, 0), [3], CHAIR, "leg 1: heel_left is 2"), marks=pytest.mark.torture),
        (moved(0, 0, 0.02), [3], CHAIR, "leg 1: heel_left slips by 20"),
        pytest.param(
            *(moved(0, -0.04, 0), [3], CHAIR, "leg 1: something hard is in the floor by 4"), marks=pytest.mark.torture
        ),
        pytest.param(*(moved(0, -0.1, 0), [24], BED, "something soft is in bed by"), marks=pytest.mark.torture),
        (moved(0, 0, 0.6), [24], CHAIR, "station 5: seat_left is beside seat, not on it"),
        (moved(0.3, 0, 0), [10], CHAIR, "leg 2: the pelvis moves by 30"),
        pytest.param(*(nodded(70), [9], CHAIR, "leg 2: a bone turns by 7"), marks=pytest.mark.torture),
        (moved(0, 0.3, 0), [24], BED, "station 5: hip_right is 300 mm from bed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_found_and_named(
    spoil: Callable[[Frame], Frame], at: list[int], name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_faults, "baked_way", lambda *_: spoilt(spoil, at, name))

    found = WayExamination(name, "woman").faults()

    assert any(said in fault for fault in found), found


def test_a_hand_in_the_head_is_found_on_the_way_into_position(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way into a stretch is examined at each of its frames, as to what goes through what."""
    right = baked("cat_camel", "woman")
    assert right.enter
    sunk = replace(right.enter, frames=tuple(map(moved(0, -0.05, 0), right.enter.frames)))
    monkeypatch.setattr(faults, "baked", lambda *_: replace(right, enter=sunk))

    found = Examination("cat_camel", "woman").enter_faults()

    assert any(said.startswith("enter: something hard is in the floor by 5") for said in found)


@pytest.mark.parametrize("body", names())
@pytest.mark.parametrize("stretch", ["cat_camel", "sphinx"])
def test_whether_the_way_into_a_stretch_is_proved_is_told_as_it_is(stretch: str, body: str) -> None:
    made = baked(stretch, body)

    assert not made.enter_proved or Examination(stretch, body).enter_faults() == []


def test_what_touches_is_put_about_where_the_pose_says() -> None:
    hand, knees = Touch("palm_target", at=(0.30, 0.50)), positions()[Position.QUADRUPED]
    pose = replace(knees, touches=(*knees.touches, hand))
    solver = Solver(load_body("woman"))

    x, _, z = solver.place(solver.solve(wish(pose)), "palm_left")

    assert (x, z) == pytest.approx((0.30, 0.50), abs=0.03)


def test_the_pelvis_stays_nearer_to_its_place_the_less_it_may_stray() -> None:
    base = positions()[Position.STANDING]
    feet = {"heel_left": (0.1, 0.0, 0.1), "heel_right": (-0.1, 0.0, 0.1)}
    solver = Solver(load_body("woman"))
    strays = [
        abs(float(solver.solve(wish(replace(base, gives={"pelvis_m": gives}), feet)).root[2])) for gives in (0.01, 0.5)
    ]

    assert strays[0] < strays[1]
