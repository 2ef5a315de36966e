"""A plan that was written down is checked against the limits that it carries, in every part of every dose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from supple.anatomy import Position, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.check import broken, fits
from supple.planner.doses import Mode
from supple.safety.grave_pain import Pain
from supple.safety.traffic_light import Quality, colour
from supple.session import advance, hurts, kept, skip, start
from tests.people import EVENING, Person, people, planned, vignette

MADE = planned(vignette("V07", 14, (Setting.FLOOR,), at=EVENING))
HOLD = next(n for n, step in enumerate(MADE.steps) if step.mode is Mode.HOLD and step.rest_s and step.side is Side.LEFT)
FLOW = next(index for index, step in enumerate(MADE.steps) if step.mode is Mode.CYCLES)


def summed(made: Plan) -> Plan:
    """The plan with the seconds that its steps take."""
    return replace(made, seconds=sum(step.seconds + step.transition_s for step in made.steps))


def dosed(made: Plan, index: int, **values: int) -> Plan:
    """The plan with one step given otherwise, on both sides and with all sums right."""

    def other(step: Step) -> Step:
        step = replace(step, **values)  # type: ignore[arg-type]  # numbers all
        if step.mode is Mode.HOLD:
            work_s = step.hold_s * step.repetitions
            return replace(step, work_s=work_s, seconds=work_s + step.rest_s * (step.repetitions - 1))
        each_s = made.steps[index].seconds // made.steps[index].cycles - 2 * made.steps[index].pause_s
        seconds = step.cycles * (each_s + 2 * step.pause_s)
        return replace(step, work_s=seconds, seconds=seconds)

    name = made.steps[index].stretch
    return summed(replace(made, steps=tuple(other(step) if step.stretch == name else step for step in made.steps)))


def moved(made: Plan, **values: object) -> Plan:
    """The plan with every step given otherwise."""
    return summed(replace(made, steps=tuple(replace(step, **values) for step in made.steps)))  # type: ignore[arg-type]  # numbers all


@settings(max_examples=20)  # that whole plans pass, tests/planner/test_limits_hold.py shows
@given(people(st.integers(2, 15)), st.data())
def test_whatever_a_session_keeps_of_it_passes(person: Person, data: st.DataObject) -> None:
    play(person, data)


@pytest.mark.torture
@settings(max_examples=2000)
@given(people(st.integers(2, 15)), st.data())
def test_whatever_a_session_keeps_of_it_passes_for_long(person: Person, data: st.DataObject) -> None:
    play(person, data)


def play(person: Person, data: st.DataObject) -> None:
    """A session of whatever happens, of which every rest that is kept passes."""
    made = planned(person)
    assume(made.steps)
    now = start(made, load(), EVENING, 2)
    for _ in range(data.draw(st.integers(1, 6))):
        now = advance(now, data.draw(st.integers(0, 90)), EVENING + timedelta(minutes=1))
        if now.finished:
            break
        if data.draw(st.booleans()):
            now = skip(now, EVENING)
        elif now.step is not None:
            during, quality = data.draw(st.integers(0, 7)), data.draw(st.sampled_from([Quality.ACHE, Quality.SHARP]))
            light = colour(2, during, quality, load().stretch(now.step.stretch))
            now = hurts(now, load(), EVENING, Pain(2, during, quality), light)
        rest = kept(now).rest
        assert rest is not None
        assert list(broken(rest, load(), part=True)) == []


LAST = MADE.steps[-1]
HELD = MADE.steps[HOLD]
CHANGES: dict[str, tuple[Callable[[], Plan], str]] = {
    "more cycles": (lambda: dosed(MADE, FLOW, cycles=MADE.steps[FLOW].cycles + 1), "cycles: "),
    "sixty cycles": (lambda: dosed(MADE, FLOW, cycles=60), "cycles: 60 is above the "),
    "longer pauses": (lambda: dosed(MADE, FLOW, pause_s=MADE.steps[FLOW].pause_s + 1), "pause_s: "),
    "longer holds": (lambda: dosed(MADE, HOLD, hold_s=16), "hold_s: 16 is above the 15 of the limits"),
    "more holds": (lambda: dosed(MADE, HOLD, repetitions=5), "repetitions: 5 is above the "),
    "no rest between holds": (lambda: dosed(MADE, HOLD, rest_s=0), "rest_s: 0 is below the "),
    "further": (lambda: dosed(MADE, HOLD, arc_percent=71), "arc_percent: 71 is above the 70"),
    "no time to come into it": (lambda: moved(MADE, transition_s=0), "transition_s: 0 is below the "),
    "one way too quick": (
        lambda: summed(
            replace(
                MADE, steps=(*MADE.steps[:-1], replace(MADE.steps[-1], transition_s=MADE.steps[-1].transition_s - 1))
            )
        ),
        "transition_s: ",
    ),
    "all of it twice": (lambda: summed(replace(MADE, steps=MADE.steps * 2)), "steps: a position comes back"),
    "one side twice": (
        lambda: summed(
            replace(MADE, steps=tuple(step for step in MADE.steps for _ in range(1 + (step is MADE.steps[HOLD]))))
        ),
        "is not done once on each side",
    ),
    "one side alone": (
        lambda: summed(replace(MADE, steps=tuple(s for s in MADE.steps if s is not HELD))),
        "is not done once on each side",
    ),
    "the sides unlike": (
        lambda: replace(MADE, steps=tuple(replace(s, arc_percent=60) if s is HELD else s for s in MADE.steps)),
        "is not the same on both sides",
    ),
    "another order": (lambda: replace(MADE, steps=MADE.steps[::-1]), "steps: a position comes back"),
    "no restful end": (
        lambda: summed(replace(MADE, steps=MADE.steps[: HOLD + 2])),
        "does not end with something restful",
    ),
    "another place": (lambda: moved(MADE, setting=Setting.STEP), "setting: step is no place for it"),
    "another position": (lambda: moved(MADE, position=Position.PRONE), "position: prone is not that of the stretch"),
    "another name": (lambda: moved(MADE, name="Shot put"), "name: it is not that of the stretch"),
    "less room than it takes": (
        lambda: replace(MADE, background=replace(MADE.background, room_s=dict.fromkeys(MADE.background.room_s, 10))),
        "are above the 10 s of the limits",
    ),
    "a stretch that is out": (
        lambda: replace(MADE, background=replace(MADE.background, dropped={MADE.steps[0].stretch: "It hurt."})),
        "this stretch is not allowed by the limits of the plan",
    ),
    "pain of another world": (
        lambda: replace(MADE, limits=replace(MADE.limits, today=replace(MADE.limits.today, pain_now=50))),
        "pain_now: 50 is outside 0 to 10",
    ),
    "a region that is none": (lambda: replace(MADE, wishes=replace(MADE.wishes, regions=("tail",))), "regions: 'tail'"),
    "a precaution that is none": (
        lambda: replace(MADE, limits=replace(MADE.limits, precautions=("luck",))),
        "precautions: 'luck' is not known",
    ),
    "a level from nowhere": (
        lambda: replace(MADE, background=replace(MADE.background, level=10**9)),
        "level: 1000000000 is outside 0 to 100",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_plan_by_hand_that_passes_its_limits_is_named(change: str) -> None:
    make, because = CHANGES[change]

    found = list(broken(make(), load()))

    assert any(because in wrong for wrong in found), found


def test_a_smaller_dose_by_hand_is_nobodys_harm() -> None:
    less = dosed(dosed(MADE, HOLD, hold_s=8, arc_percent=40), FLOW, cycles=1)

    assert list(broken(less, load())) == []


SHORTER = planned(vignette("V07", 5, (Setting.FLOOR,), at=EVENING))
LEFT_OUT = replace(MADE.background, dropped={MADE.steps[0].stretch: "You left it out today."})
TIRED = replace(MADE.background, room_s=dict.fromkeys(MADE.background.room_s, 10))


@pytest.mark.parametrize(
    ("now", "still"),
    [
        (MADE, True),
        (SHORTER, True),  # fewer minutes are a wish, not a limit
        (replace(MADE, background=LEFT_OUT), False),
        (replace(MADE, background=TIRED), False),
        (replace(MADE, limits=replace(MADE.limits, today=replace(MADE.limits.today, pain_now=7))), False),
        (planned(vignette("V07", 14, (Setting.CHAIR_DESK,), at=EVENING)), False),
    ],
    ids=["the same", "fewer minutes wished", "one left out", "muscles have to rest", "strong pain", "no floor"],
)
def test_an_earlier_plan_fits_as_long_as_it_keeps_what_one_of_now_has_to_keep(now: Plan, *, still: bool) -> None:
    assert fits(MADE, now, load()) is still
