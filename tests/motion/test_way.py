"""Ways between positions: the fewest are taken, each leads both ways, and what stays between two poses is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.anatomy import Position
from supple.motion import KeyPose, Touch
from supple.motion.way import NoRoute, Station, Way, holds, route

ENDS = st.sampled_from(list(Position))


def way(begins: Position, ends: Position, *, on_bed: bool = False) -> Way:
    return Way("", begins, ends, "left", (Station(begins), Station(ends)), on_bed=on_bed)


CHAIR = way(Position.STANDING, Position.SEATED_CHAIR)
KNEEL = way(Position.STANDING, Position.KNEELING)
DOWN = way(Position.KNEELING, Position.QUADRUPED)
SHORT = way(Position.STANDING, Position.QUADRUPED)
EDGE = way(Position.SEATED_CHAIR, Position.SIDE_LYING, on_bed=True)


@st.composite
def graphs(draw: st.DrawFn) -> list[Way]:
    pairs = draw(st.lists(st.tuples(ENDS, ENDS).filter(lambda pair: pair[0] < pair[1]), unique=True, max_size=14))
    return [way(*pair, on_bed=draw(st.booleans())) for pair in pairs]


def hops(ways: list[Way], begins: Position, *, on_bed: bool) -> dict[Position, int]:
    """How many ways lie between, found by walking in from every side at once (another way of computing it)."""
    upright = (Position.STANDING, Position.SEATED_CHAIR)
    open_ = [each for each in ways if (each.on_bed if on_bed else not each.on_bed)]
    if on_bed:
        open_ += [each for each in ways if not each.on_bed and each.begins not in upright and each.ends not in upright]
    far = {begins: 0}
    for _ in Position:
        for each in open_:
            for one, other in ((each.begins, each.ends), (each.ends, each.begins)):
                if one in far:
                    far[other] = min(far.get(other, 99), far[one] + 1)
    return far


@given(graphs(), ENDS, ENDS, st.booleans())
def test_a_route_takes_the_fewest_ways_and_each_begins_where_the_last_one_ended(
    ways: list[Way], begins: Position, ends: Position, on_bed: bool
) -> None:
    far = hops(ways, begins, on_bed=on_bed)
    if ends not in far:
        with pytest.raises(NoRoute, match="one has to be added"):
            route(ways, begins, ends, on_bed=on_bed)
        return

    found = route(ways, begins, ends, on_bed=on_bed)

    at = begins
    for passage in found:
        assert at is (passage.way.ends if passage.backwards else passage.way.begins)
        at = passage.leads_to
    assert (at, len(found)) == (ends, far[ends])


@given(graphs(), ENDS, ENDS, st.booleans())
def test_there_and_back_are_equally_many_ways(ways: list[Way], begins: Position, ends: Position, on_bed: bool) -> None:
    if ends in hops(ways, begins, on_bed=on_bed):
        there, back = route(ways, begins, ends, on_bed=on_bed), route(ways, ends, begins, on_bed=on_bed)

        assert len(there) == len(back)


def test_of_two_rows_as_short_the_one_that_stands_first_is_taken() -> None:
    by_chair = [CHAIR, way(Position.SEATED_CHAIR, Position.QUADRUPED)]
    by_knees = [KNEEL, DOWN]

    for first, other in ((by_chair, by_knees), (by_knees, by_chair)):
        found = route([*first, *other], Position.STANDING, Position.QUADRUPED)
        assert [passage.way for passage in found] == first


def test_the_same_way_leads_back() -> None:
    (passage,) = route([SHORT], Position.QUADRUPED, Position.STANDING)

    assert passage.backwards
    assert passage.leads_to is Position.STANDING


def test_nothing_leads_from_a_position_to_itself() -> None:
    assert route([SHORT], Position.PRONE, Position.PRONE) == ()


def test_a_bed_is_got_onto_over_its_edge_alone() -> None:
    edge = way(Position.STANDING, Position.SEATED_CHAIR, on_bed=True)
    ways = [CHAIR, way(Position.STANDING, Position.SIDE_LYING), edge, EDGE]

    found = route(ways, Position.STANDING, Position.SIDE_LYING, on_bed=True)

    assert [passage.way for passage in found] == [edge, EDGE]
    assert len(route(ways, Position.STANDING, Position.SIDE_LYING)) == 1


def test_a_way_of_a_bed_has_a_name_of_its_own() -> None:
    assert (CHAIR.id, EDGE.id) == ("standing_to_seated_chair", "seated_chair_to_side_lying_on_bed")


def test_a_way_on_which_both_sides_do_the_same_has_no_sides() -> None:
    stepping = Station(Position.STANDING, KeyPose(target={"hip_flexion": 10}))
    leaning = Station(Position.STANDING, KeyPose(touches=(Touch("hand_other"),)))

    assert not CHAIR.has_sides
    for station in (stepping, leaning):
        assert Way("", Position.STANDING, Position.KNEELING, "left", (station, station)).has_sides


def test_what_touches_the_same_surface_at_both_ends_is_held() -> None:
    stands = KeyPose(touches=(Touch("foot_both"),))
    sits = KeyPose(touches=(Touch("foot_target"), Touch("heel_other", slides=True), Touch("ball_other", "step")))

    assert set(holds(stands, sits)) == {Touch("heel_left"), Touch("ball_left"), Touch("heel_right", slides=True)}
