"""Every stretch makes sense in itself, whatever its words are."""

import pytest

from supple.anatomy import JointMotion, JointSide, Position, Setting
from supple.catalogue import CycleDose, Flag, HoldDose, Kind, Sides, Stretch, load

every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)


@every_stretch
def test_a_muscle_is_a_target_once(stretch: Stretch) -> None:
    targets = stretch.primary + stretch.secondary

    assert len(targets) == len(set(targets))


@every_stretch
def test_a_dose_grows_from_start_to_target_to_most(stretch: Stretch) -> None:
    match stretch.dose:
        case HoldDose() as dose:
            assert dose.hold_start_s <= min(dose.hold_target_s, dose.hold_65_plus_target_s)
            assert dose.seconds_at_target == dose.hold_target_s * dose.repetitions_target <= dose.max_seconds
        case CycleDose() as dose:
            assert dose.cycles_start <= dose.cycles_target <= dose.max_cycles


@every_stretch
def test_a_flow_has_cycles_and_a_hold_has_seconds(stretch: Stretch) -> None:
    if stretch.kind is Kind.MOBILITY_FLOW:
        assert isinstance(stretch.dose, CycleDose)
    if stretch.kind is Kind.STATIC_HOLD:
        assert isinstance(stretch.dose, HoldDose)


@every_stretch
def test_both_sides_are_done_where_sides_alternate(stretch: Stretch) -> None:
    assert stretch.bilateral == (stretch.sides is Sides.ALTERNATE_SIDES)


@every_stretch
def test_only_neck_retraction_is_given_in_centimetres(stretch: Stretch) -> None:
    for bend in stretch.joint_motions:
        assert (bend.range_cm is not None) == (bend.motion is JointMotion.RETRACTION)


@every_stretch
def test_a_stretch_on_one_side_says_whose_joint_moves(stretch: Stretch) -> None:
    sides = {bend.side for bend in stretch.joint_motions}

    if stretch.sides is not Sides.ALTERNATE_SIDES:
        assert not sides & {JointSide.TARGET, JointSide.OTHER}


@every_stretch
def test_lying_flags_agree_with_the_position(stretch: Stretch) -> None:
    assert (Flag.LYING_PRONE in stretch.flags) == (stretch.start_position is Position.PRONE)
    assert (Flag.LYING_FLAT_ON_BACK in stretch.flags) == (stretch.start_position is Position.SUPINE)


@every_stretch
def test_whoever_needs_the_floor_is_told_so(stretch: Stretch) -> None:
    assert (Setting.FLOOR in stretch.settings) == (Flag.FLOOR_TRANSFER in stretch.flags)


def test_a_desk_alone_offers_enough_choice() -> None:
    at_a_desk = [stretch for stretch in load().stretches.values() if Setting.CHAIR_DESK in stretch.settings]

    assert len(at_a_desk) >= 20
