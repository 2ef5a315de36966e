"""The rest of a session, planned again after "it hurts", a skip or a lost minute."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import LYING_ON, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, SoFar, rest_of
from tests.people import EVENING, Person, done, limits_of, people, planned, vignette
from tests.planner.checker import ORDER, Routine, broken, group_seconds

HURT = "It hurt in this session, so it is out for today."
V07 = vignette("V07", 12, (Setting.FLOOR,), at=EVENING)


def so_far(made: Plan, behind: int, *, lost_s: int = 0, hurts: bool = True) -> SoFar:
    """As if the first `behind` steps were done, the next one hurts, and `lost_s` seconds were lost."""
    steps = made.steps[:behind]
    now = made.steps[min(behind, len(made.steps) - 1)]
    left_s = sum(step.seconds + step.transition_s for step in made.steps[behind:]) - lost_s
    past = done(replace(made, steps=steps), EVENING)
    surface = next((step.setting for step in made.steps if step.setting in LYING_ON), None)
    return SoFar(past.done, now.position, max(0, left_s), {now.stretch: HURT} if hurts else {}, surface)


def boundaries(made: Plan) -> list[int]:
    """The numbers of steps after which no stretch is cut in two."""
    return [n for n, step in enumerate(made.steps) if step.side is not Side.RIGHT]


@pytest.mark.parametrize("behind", range(6))
def test_what_hurt_is_gone_and_the_seconds_fit(behind: int) -> None:
    made = planned(V07)
    here = so_far(made, behind)

    rest = rest_of(load(), made, here)

    assert set(here.dropped) & {step.stretch for step in rest.steps} == set()
    assert {left.why for left in rest.left_out if left.stretch in here.dropped} == {HURT}
    assert rest.seconds == sum(step.seconds + step.transition_s for step in rest.steps) <= here.left_s


@pytest.mark.parametrize("behind", range(6))
def test_no_position_comes_back(behind: int) -> None:
    made = planned(V07)
    here = so_far(made, behind)
    assert here.here is not None

    places = [ORDER.index(step.position) for step in rest_of(load(), made, here).steps]

    assert places == sorted(places)
    assert min(places, default=len(ORDER)) >= ORDER.index(here.here)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(people(st.integers(3, 12)), st.data())
def test_the_session_as_a_whole_still_keeps_every_limit(person: Person, data: st.DataObject) -> None:
    made = planned(person)
    assume(made.steps)
    behind = data.draw(st.sampled_from(boundaries(made)))
    lost_s = data.draw(st.integers(0, 90))

    rest = rest_of(load(), made, so_far(made, behind, lost_s=lost_s))

    assume(rest.steps)
    whole = Routine((*made.steps[:behind], *rest.steps), made.minutes)
    # one lies there already when it hurts, so the way into the next stretch is shorter than the check expects
    assert [fault for fault in broken(whole, person) if not fault.startswith("transition")] == []


@pytest.mark.parametrize("who", ["V01", "V03", "V07", "V10"])
@pytest.mark.parametrize("lost_s", [0, 60])
def test_nobody_changes_from_floor_to_bed_after_it_hurts(who: str, lost_s: int) -> None:
    made = planned(vignette(who, 8, (Setting.FLOOR, Setting.BED), at=EVENING))
    lain = {step.setting for step in made.steps if step.setting in LYING_ON}

    for behind in boundaries(made):
        rest = rest_of(load(), made, so_far(made, behind, lost_s=lost_s))
        assert {step.setting for step in rest.steps if step.setting in LYING_ON} <= lain


def test_nothing_is_done_a_second_time() -> None:
    made = planned(V07)
    behind = boundaries(made)[2]

    rest = rest_of(load(), made, so_far(made, behind))

    assert {s.stretch for s in made.steps[:behind]} & {s.stretch for s in rest.steps} == set()


def test_a_second_hurt_counts_what_was_done_once_and_forgets_nothing() -> None:
    made = planned(V07)
    first = so_far(made, boundaries(made)[1])
    once = rest_of(load(), made, first)
    behind = boundaries(once)[1]
    second = so_far(once, behind)
    second = replace(second, done=first.done + second.done, dropped={**first.dropped, **second.dropped})

    twice = rest_of(load(), once, second)

    before = {step.stretch for step in made.steps[: boundaries(made)[1]]} | {s.stretch for s in once.steps[:behind]}
    assert not (before | set(second.dropped)) & {step.stretch for step in twice.steps}
    assert once.background.room_s == made.background.room_s
    everything = (*made.steps[: boundaries(made)[1]], *once.steps[:behind], *twice.steps)
    assert max(group_seconds(everything).values()) <= 240


def test_a_lost_minute_makes_the_rest_shorter() -> None:
    made = planned(V07)

    whole = rest_of(load(), made, so_far(made, 2, hurts=False))
    shorter = rest_of(load(), made, so_far(made, 2, lost_s=60, hurts=False))

    assert shorter.seconds <= whole.seconds
    assert shorter.seconds <= so_far(made, 2, lost_s=60).left_s


def test_with_no_time_left_nothing_is_left_to_do() -> None:
    made = planned(V07)

    rest = rest_of(load(), made, replace(so_far(made, 2), left_s=5))

    assert rest.steps == ()


def test_stricter_limits_hold_for_the_rest() -> None:
    made = planned(V07)
    usual = limits_of(V07)
    stricter = replace(usual, today=replace(usual.today, pain_now=6))

    rest = rest_of(load(), made, so_far(made, 1), stricter)

    kinds = {load().stretch(step.stretch).kind for step in rest.steps}
    assert kinds <= {"rest_position", "mobility_flow", "active_control"}
    assert all(step.arc_percent <= 33 for step in rest.steps)


def test_the_same_moment_gives_the_same_rest() -> None:
    made = planned(V07)

    first, second = (shapes.dumps(rest_of(load(), made, so_far(made, 3))) for _ in range(2))

    assert first == second
    assert shapes.loads(Plan, first, name="plan.json") == rest_of(load(), made, so_far(made, 3))


def test_a_hold_at_the_end_of_a_range_still_waits_for_movement() -> None:
    made = planned(vignette("V03", 12, (Setting.FLOOR,), at=EVENING + timedelta(days=1)))
    held = tuple(step for step in made.steps if step.mode == "hold")[:1]
    here = SoFar(done(replace(made, steps=held), EVENING).done, None, 500)

    rest = rest_of(load(), made, here)

    assert broken(Routine(rest.steps, 12), vignette("V03", 12, (Setting.FLOOR,), at=EVENING)) == []
