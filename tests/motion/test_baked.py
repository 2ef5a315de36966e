"""Baked motions read back as written, are sampled smoothly, and mirror into the other side."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.motion.baked import (
    Baked,
    BakedError,
    Frame,
    Quaternion,
    Track,
    arc_share,
    dumps,
    eased,
    loads,
    mirrored,
    sample,
)

BONES = ("root", "arm.L", "arm.R")
UPRIGHT: Quaternion = (0.0, 0.0, 0.0, 1.0)


@st.composite
def turns(draw: st.DrawFn) -> Quaternion:
    parts = draw(st.lists(st.floats(-1, 1), min_size=4, max_size=4).filter(lambda q: math.hypot(*q) > 0.1))
    x, y, z, w = (part / math.hypot(*parts) for part in parts)
    return x, y, z, w


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    x, y, z = (draw(st.floats(-2, 2)) for _ in range(3))
    return Frame(tuple(draw(turns()) for _ in BONES), (x, y, z))


@given(st.lists(frames(), min_size=2, max_size=4), frames())
def test_a_baked_motion_reads_back_as_it_was_written(steps: list[Frame], first: Frame) -> None:
    baked = Baked("cat_camel", "woman", BONES, Track("enter", (first, steps[0])), (Track("round", tuple(steps)),))

    again = loads(dumps(baked), "cat_camel.json")

    assert (again.stretch, again.body, again.bones) == (baked.stretch, baked.body, baked.bones)
    for one, other in zip(again.tracks[0].frames, steps, strict=True):
        assert one.pelvis == pytest.approx(other.pelvis, abs=6e-5)
        for q, r in zip(one.rotations, other.rotations, strict=True):
            assert q == pytest.approx(r, abs=1e-4)


@given(st.lists(frames(), min_size=2, max_size=4))
def test_a_way_between_positions_has_no_way_into_it(steps: list[Frame]) -> None:
    way = Baked("standing_to_kneeling", "woman", BONES, None, (Track("way", tuple(steps)),), proved=True)

    again = loads(dumps(way), "standing_to_kneeling.json")

    assert again.enter is None
    assert again.proved
    assert len(again.track("way").frames) == len(steps)
    with pytest.raises(BakedError, match="has no way 'enter'; take one of way"):
        again.track("enter")


@pytest.mark.parametrize("examined", [True, False])
@given(st.lists(frames(), min_size=2, max_size=4))
def test_what_was_never_examined_is_not_proved(examined: bool, steps: list[Frame]) -> None:
    track = Track("enter", tuple(steps))
    text = dumps(Baked("cat_camel", "woman", BONES, track, (track,), proved=True, enter_proved=examined))

    assert loads(text, "cat_camel.json").enter_proved is examined
    assert not loads(text.replace('"enter_proved":true,', ""), "cat_camel.json").enter_proved


@given(st.lists(frames(), min_size=2, max_size=4), st.floats(0, 1))
def test_every_sample_is_made_of_unit_quaternions(steps: list[Frame], share: float) -> None:
    for rotation in sample(Track("round", tuple(steps)), share).rotations:
        assert math.hypot(*rotation) == pytest.approx(1, abs=1e-9)


@given(st.lists(frames(), min_size=2, max_size=4))
def test_a_track_begins_with_its_first_frame_and_ends_with_its_last(steps: list[Frame]) -> None:
    track = Track("round", tuple(steps))

    assert sample(track, 0).pelvis == pytest.approx(steps[0].pelvis)
    assert sample(track, 1).pelvis == pytest.approx(steps[-1].pelvis)


@given(frames())
def test_the_mirror_of_a_mirror_is_the_pose_itself(frame: Frame) -> None:
    assert mirrored(mirrored(frame, BONES), BONES) == frame


def test_in_the_mirror_the_left_arm_does_what_the_right_one_did() -> None:
    lifted: Quaternion = (0.0, 0.0, math.sin(0.5), math.cos(0.5))
    frame = Frame((UPRIGHT, lifted, UPRIGHT), (0.2, 1.0, 0.0))

    other = mirrored(frame, BONES)

    assert other.rotations == (UPRIGHT, UPRIGHT, (0.0, 0.0, -math.sin(0.5), math.cos(0.5)))
    assert other.pelvis == (-0.2, 1.0, 0.0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_easing_never_turns_back(one: float, other: float) -> None:
    assert (eased(one) <= eased(other)) or one > other


def test_easing_begins_and_ends_at_rest() -> None:
    assert eased(0.01) < 1e-4
    assert 1 - eased(0.99) < 1e-4


@pytest.mark.parametrize("arc", [9, 101, -1])
def test_an_arc_outside_ten_to_a_hundred_is_refused(arc: int) -> None:
    with pytest.raises(BakedError, match="is outside 10 to 100"):
        arc_share(arc)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"stretch": "x"}', '{"bones": ["root"], "tracks": [{"rotations": [[1]]}]}']
)
def test_what_is_no_baked_motion_is_named_with_the_remedy(text: str) -> None:
    with pytest.raises(BakedError, match=r"cat_camel\.json: .*make motions"):
        loads(text, "cat_camel.json")


def test_a_way_that_is_not_there_is_named_with_those_that_are() -> None:
    track = Track("round", (Frame((UPRIGHT,), (0, 1, 0)), Frame((UPRIGHT,), (0, 1, 0))))

    with pytest.raises(BakedError, match="has no way 'hollow'; take one of round"):
        Baked("cat_camel", "woman", ("root",), track, (track,)).track("hollow")
