"""A session under way: advance, pause, back, skip, a kill in the middle, and what "It hurts" makes of the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from supple import shapes
from supple.anatomy import Position, Setting, Side
from supple.catalogue import Kind, load
from supple.planner import History, Plan
from supple.planner.check import broken
from supple.planner.doses import Mode
from supple.safety.grave_pain import Pain
from supple.safety.nerve import left_out
from supple.safety.tables import table
from supple.safety.traffic_light import Action, Colour, LegResponse, Quality, colour
from supple.safety.verdicts import Verdict
from supple.session import (
    LEG_REVIEWED,
    CueKind,
    Ending,
    Entry,
    Hurt,
    Log,
    Playback,
    Recheck,
    advance,
    alarm,
    alarms,
    back,
    end,
    getting_up,
    go_on,
    grave,
    history,
    hurts,
    kept,
    leg_answers,
    must_end,
    pause,
    ready,
    skip,
    start,
)
from supple.session.playback import only_rests
from supple.session.wanted import Barred
from tests.people import EVENING, Person, doses, planned, vignette
from tests.planner.checker import EASE, ORDER, STRETCHES, plain_rest, shares
from tests.safety.people import VIGNETTES, person, well
from tests.safety.test_nerve import same_load

FLOOR = (Setting.FLOOR,)
PLAN = planned(vignette("V07", 15, FLOOR, at=EVENING, wanted=("constructive_rest",)))
V07 = VIGNETTES["V07"]


def begun(made: Plan = PLAN, pain: int = 2) -> Playback:
    return start(made, load(), EVENING, pain)


def at_step(now: Playback, index: int, *, into_s: float = 15) -> Playback:
    """The session some seconds into the work of a step."""
    work_s = now.timeline.start_of(index) + now.plan.steps[index].transition_s
    return advance(now, work_s + into_s - now.at_s, EVENING + timedelta(seconds=work_s + into_s))


def hurt(now: Playback, during: int, quality: Quality, before: int = 2) -> Playback:
    light = colour(before, during, quality)
    at = EVENING + timedelta(minutes=3)
    return hurts(now, load(), at, Pain(before, during, quality), light)


def left(now: Playback) -> list[str]:
    return [step.stretch for step in now.plan.steps[now.cue.step :]]


def test_second_by_second_every_step_gets_into_the_log() -> None:
    now = begun()

    for second in range(1, PLAN.seconds + 1):
        now = advance(now, 1, EVENING + timedelta(seconds=second))

    assert now.finished
    assert now.step is None
    done = [(entry.stretch, entry.side, entry.seconds) for entry in now.log.entries]
    assert done == [(step.stretch, step.side, step.work_s) for step in PLAN.steps]
    assert {entry.ending for entry in now.log.entries} == {Ending.DONE}
    assert [entry.at for entry in now.log.entries] == sorted(entry.at for entry in now.log.entries)


def test_one_long_step_of_time_gives_the_same_log_as_many_short_ones() -> None:
    now = advance(begun(), PLAN.seconds + 500, EVENING)

    assert now.finished
    assert [entry.stretch for entry in now.log.entries] == [step.stretch for step in PLAN.steps]
    assert advance(now, 10, EVENING) == now


def test_a_paused_session_stands_still() -> None:
    paused = pause(at_step(begun(), 1))

    assert advance(paused, 60, EVENING) == paused
    assert advance(pause(paused), 1, EVENING).at_s == paused.at_s + 1


def test_back_goes_to_the_start_of_the_step_and_then_to_the_step_before() -> None:
    now = at_step(begun(), 2)

    once = back(now)
    twice = back(once)

    assert once.at_s == now.timeline.start_of(2)
    assert len(once.log.entries) == 2
    assert twice.at_s == now.timeline.start_of(1)
    assert len(twice.log.entries) == 1


def test_back_at_the_very_start_stays_there() -> None:
    assert back(begun()).at_s == 0


def test_what_is_skipped_is_in_the_log_with_the_seconds_that_were_done() -> None:
    now = skip(at_step(begun(), 0, into_s=7), EVENING)

    assert now.cue.step == 1
    assert now.log.entries[-1].ending is Ending.SKIPPED
    assert now.log.entries[-1].seconds == 7


def test_skipping_everything_ends_the_session() -> None:
    now = begun()

    for _ in range(len(PLAN.steps) + 3):
        now = skip(now, EVENING)

    assert now.finished
    assert sum(entry.seconds for entry in now.log.entries) == 0


@pytest.mark.parametrize("index", range(len(PLAN.steps)))
def test_a_killed_session_goes_on_from_the_step_that_was_on(index: int) -> None:
    now = at_step(begun(), index)
    text = shapes.dumps(kept(now))

    found = go_on(shapes.loads(Log, text, name="log.json"), load())

    assert found
    assert doses(found.plan.steps) == doses(PLAN.steps[index:])
    assert found.log.entries == now.log.entries
    over = advance(found, found.timeline.seconds, EVENING)
    assert [entry.stretch for entry in over.log.entries] == [step.stretch for step in PLAN.steps]


def test_a_session_that_ended_does_not_go_on() -> None:
    log = end(advance(begun(), PLAN.seconds, EVENING), EVENING, Ending.DONE, pain_after=1)

    assert go_on(log, load()) is None
    assert (log.ended, log.ending, log.pain_after) == (EVENING, Ending.DONE, 1)


def test_v07_tingling_stops_the_stretch_though_the_number_is_low() -> None:
    event, told = V07["expected"]["session_event"], V07["answers"]["session_log"]
    sore_buttock = Person(person("V07", pain_region=["buttock"]), 12, FLOOR, at=EVENING, wanted=(told["exercise"],))
    made = planned(sore_buttock)
    index = next(n for n, step in enumerate(made.steps) if step.stretch == told["exercise"])
    now = at_step(begun(made), index)

    light = colour(told["before"], told["during"], Quality(told["quality"]))
    after = hurt(now, told["during"], Quality(told["quality"]), told["before"])

    assert (light.colour, light.rule, light.action) == (event["colour"], event["rule"], event["action"])
    assert list(light.then) == event["then"]
    assert after.log.entries[-1].stretch == told["exercise"]
    assert (after.log.entries[-1].ending, after.log.entries[-1].colour) == (Ending.STOPPED, Colour.RED)
    assert after.log.hurts[-1].rule == event["rule"]
    assert told["exercise"] not in left(after)
    for stretch in left(after):
        assert "neural_tension" not in STRETCHES[stretch]["flags"]
        assert STRETCHES[stretch]["spine_load"]["lumbar"]["flexion"] < 2


def test_who_is_ready_passes_over_the_words_but_never_over_a_wait() -> None:
    dizzy = begun(planned(Person(well(vertigo_or_dizziness="yes", age=58), 12, (Setting.BED,), at=EVENING)))
    waits = [cue.step for cue in dizzy.timeline.cues if "Wait 30 seconds" in " ".join(cue.say)]
    first, waited = begun(), replace(dizzy, at_s=float(dizzy.timeline.start_of(waits[0])))

    into = ready(first)
    assert into.cue.kind is CueKind.INTO_POSITION
    assert ready(into).cue.kind in (CueKind.HOLD, CueKind.MOVE)
    assert ready(into).at_s == PLAN.steps[0].transition_s
    assert ready(ready(into)) == ready(into)
    for _ in range(3):
        waited = ready(waited)
    assert "Wait 30 seconds" in " ".join(waited.cue.say)


def test_how_to_get_up_is_known_in_every_step() -> None:
    lying = next(n for n, step in enumerate(PLAN.steps) if step.position is Position.SUPINE)

    assert any("push up with your arms" in text for text in getting_up(at_step(begun(), lying), load()))
    over = advance(begun(), PLAN.seconds, EVENING)
    assert getting_up(over, load()) == over.cue.say[-len(getting_up(over, load())) :]


@pytest.mark.parametrize("index", range(len(PLAN.steps)))
def test_after_a_red_light_the_rest_fits_and_no_position_comes_back(index: int) -> None:
    now = at_step(begun(), index)
    here = PLAN.steps[index]

    after = hurt(now, 7, Quality.ACHE)

    assert after.at_s == 0
    assert after.timeline.seconds <= now.timeline.seconds - now.at_s
    assert here.stretch not in left(after)
    assert all(ORDER.index(step.position) >= ORDER.index(here.position) for step in after.plan.steps)
    assert not {entry.stretch for entry in after.log.entries} & set(left(after))


def test_two_red_lights_leave_out_both_and_repeat_nothing() -> None:
    once = hurt(at_step(begun(), 1), 7, Quality.ACHE)
    twice = hurt(at_step(once, 0), 2, Quality.SHARP)

    out = {entry.stretch for entry in twice.log.entries}
    assert [h.rule for h in twice.log.hurts] == ["T2", "T1"]
    assert not out & set(left(twice))


@pytest.mark.parametrize(
    ("during", "action"), [(4, Action.HALVE_ARC_AND_HOLD), (3, Action.HALVE_ARC)], ids=["arc and hold", "arc"]
)
@pytest.mark.parametrize("mode", [Mode.HOLD, Mode.CYCLES])
def test_amber_halves(during: int, action: Action, mode: Mode) -> None:
    before = 2 if action is Action.HALVE_ARC_AND_HOLD else 0
    index = next(n for n, step in enumerate(PLAN.steps) if step.mode is mode and step.side is Side.LEFT)
    now, step = at_step(begun(), index), PLAN.steps[index]

    after = hurt(now, during, Quality.STRETCH_PULL, before)

    assert colour(before, during, Quality.STRETCH_PULL).action is action
    for halved in after.plan.steps[index : index + 2]:
        assert halved.arc_percent == step.arc_percent // 2
        whole = action is Action.HALVE_ARC
        assert halved.hold_s == (step.hold_s if whole else step.hold_s // 2)
        assert halved.cycles == (step.cycles if whole else step.cycles // 2)
    assert after.cue.step == index
    assert after.cue.kind is CueKind.INTO_POSITION
    assert after.plan.seconds == after.timeline.seconds <= PLAN.seconds + 5  # words of a small arc may be longer
    done = advance(after, after.timeline.seconds, EVENING)
    assert {e.colour for e in done.log.entries if e.stretch == step.stretch} >= {Colour.AMBER}


def test_green_carries_on() -> None:
    now = at_step(begun(), 1)

    after = hurt(now, 3, Quality.STRETCH_PULL)

    assert replace(after, log=now.log) == now
    assert after.log.hurts[-1].colour is Colour.GREEN


def test_when_pain_moves_down_the_leg_the_rest_goes_without_that_direction() -> None:
    made = planned(vignette("V04", 10, FLOOR, at=EVENING))
    index = next(n for n, s in enumerate(made.steps) if STRETCHES[s.stretch]["spine_load"]["lumbar"]["extension"])
    now = at_step(begun(made), index + 1, into_s=0)

    after = leg_answers(now, load(), EVENING, LegResponse.MOVED_DOWN_OR_LARGER)

    assert all(STRETCHES[stretch]["spine_load"]["lumbar"]["extension"] == 0 for stretch in left(after))
    assert not any(same_load(made.steps[index].stretch, stretch, Quality.SPREADING) for stretch in left(after))
    assert {*doses(after.plan.steps)} <= {*doses(made.steps)}, "something new came in, or a dose grew"
    assert [entry.colour for entry in after.log.entries][index] is Colour.RED
    assert must_end(after.log) is None
    assert set(left_out(load(), load().stretch(made.steps[index].stretch), Quality.SPREADING)) <= set(
        after.plan.background.dropped
    )
    twice = leg_answers(replace(now, log=after.log), load(), EVENING, LegResponse.MOVED_DOWN_OR_LARGER)
    assert "ends here" in (must_end(twice.log) or "")
    sign = alarm(twice.log)
    assert sign is not None
    assert (sign.verdict, sign.needs_clinician) == (Verdict.SEE_CLINICIAN, True)
    assert alarm(after.log) is None
    same = leg_answers(now, load(), EVENING, LegResponse.UNCHANGED)
    assert same.plan == now.plan
    assert same.log.legs == (LegResponse.UNCHANGED,)


@pytest.mark.parametrize(
    ("legs", "review"),
    [
        ([], False),
        ([[LegResponse.UNCHANGED]], False),
        ([[LegResponse.UNCHANGED], [], [LegResponse.UNCHANGED]], True),
        ([[LegResponse.UNCHANGED], [LegResponse.MOVED_UP_OR_SMALLER]], False),
        ([[LegResponse.MOVED_UP_OR_SMALLER, LegResponse.UNCHANGED], [LegResponse.UNCHANGED]], True),
    ],
)
def test_a_leg_that_stays_the_same_for_two_sessions_asks_for_a_review(
    legs: list[list[LegResponse]], review: bool
) -> None:
    logs = [Log(EVENING + timedelta(days=n), 2, legs=tuple(said)) for n, said in enumerate(legs)]
    looked = Recheck(EVENING + timedelta(days=9), LEG_REVIEWED)

    assert history(*logs).leg_waits() is review
    assert sum(map(history, logs), History()).leg_waits() is review
    assert not history(*logs, Log(EVENING, 2, rechecks=(looked,))).leg_waits()


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_leg_that_stays_the_same_leaves_out_what_moves_the_low_back_until_somebody_has_looked(
    reviewed: bool,
) -> None:
    days = [EVENING - timedelta(days=n) for n in (5, 3)]
    entry = Entry("neck_rotation", Side.NONE, EVENING, 20, Ending.DONE)
    logs = [Log(at, 2, entries=(replace(entry, at=at),), legs=(LegResponse.UNCHANGED,)) for at in days]
    if reviewed:
        logs[-1] = replace(logs[-1], rechecks=(Recheck(EVENING - timedelta(days=1), LEG_REVIEWED),))
    asking = replace(vignette("V04", 10, FLOOR, at=EVENING), past=history(*logs))

    made = planned(asking)

    moving = [s.stretch for s in made.steps if loads_leg_or_back(s.stretch)]
    waiting = {out.stretch for out in made.left_out if "until a physiotherapist or doctor has looked" in out.why}
    assert bool(moving) is reviewed
    assert bool(waiting) is not reviewed


def loads_leg_or_back(name: str) -> bool:
    """Whether it moves the low back and is no plain rest."""
    lumbar = STRETCHES[name]["spine_load"]["lumbar"]
    return any(lumbar[motion] for motion in ("flexion", "extension", "rotation")) and not plain_rest(name)


def test_a_hurt_after_the_end_changes_nothing() -> None:
    over = advance(begun(), PLAN.seconds, EVENING)

    assert hurt(over, 7, Quality.ACHE) == over


def test_going_back_does_not_make_an_amber_step_green() -> None:
    made = planned(vignette("V03", 8, FLOOR, at=EVENING))
    now = at_step(begun(made), 0, into_s=3)
    light = colour(3, 5, Quality.ACHE)
    eased = hurts(now, load(), EVENING, Pain(3, 5, Quality.ACHE), light)

    again = back(eased)
    done_again = advance(again, again.timeline.start_of(1) + 1, EVENING + timedelta(minutes=5))

    assert light.colour is Colour.AMBER
    assert done_again.log.entries[0].colour is Colour.AMBER


def test_a_skipped_stretch_does_not_come_back_after_a_red_light() -> None:
    made = planned(vignette("V03", 10, FLOOR, at=EVENING))
    first = made.steps[0].stretch
    now = begun(made)
    while now.step and now.step.stretch == first:
        now = skip(now, EVENING)
    light = colour(2, 7, Quality.SHARP)

    rest = hurts(now, load(), EVENING, Pain(2, 7, Quality.SHARP), light)

    assert first not in {step.stretch for step in rest.plan.steps}


def test_tingling_in_the_neck_brings_no_other_stretch_of_neck_or_arm_in_its_place() -> None:
    answers = person("V01", pain_region=["neck"])
    made = planned(replace(vignette("V01", 8, (Setting.CHAIR_DESK,), at=EVENING), answers=answers))
    index = next(n for n, step in enumerate(made.steps) if step.stretch == "neck_rotation")

    after = hurt(at_step(begun(made), index), 3, Quality.TINGLING_OR_NUMB)

    assert left(after)
    for stretch in left(after):
        assert "neck_end_range" not in STRETCHES[stretch]["flags"]
        assert STRETCHES[stretch]["spine_load"]["cervical"]["rotation"] == 0
    reasons = {out.stretch: out.why for out in after.plan.left_out}
    assert "takes the neck or an arm far" in reasons["levator_scapulae"]


def test_a_second_nerve_answering_ends_the_session_and_a_second_ache_does_not() -> None:
    once = hurt(at_step(begun(), 1), 2, Quality.SPREADING)
    twice = hurt(at_step(once, 0), 2, Quality.TINGLING_OR_NUMB)
    sore = hurt(at_step(hurt(at_step(begun(), 1), 7, Quality.ACHE), 0), 7, Quality.ACHE)

    assert must_end(once.log) is None
    assert must_end(sore.log) is None
    assert "ends here" in (must_end(twice.log) or "")
    assert go_on(kept(twice), load()) is None


def test_a_nerve_that_answered_is_spared_for_a_week_and_not_only_its_stretch() -> None:
    stopped = hurt(at_step(begun(), 1), 2, Quality.SPREADING)
    done = history(end(stopped, EVENING, Ending.STOPPED)).done

    assert [step.hurt for step in done if step.hurt] == [Quality.SPREADING]
    assert next(step for step in done if step.hurt).stretch == PLAN.steps[1].stretch


OLD_BREAK = {"age": 72, "osteoporosis": "yes", "vertebral_fracture": "yes", "clinician_cleared": "yes"}
STRONG = [(3, Quality.SHARP), (7, Quality.ACHE), (7, Quality.STRETCH_PULL)]


def hurt_in_the_low_back(answers: dict[str, object], during: int, quality: Quality) -> Playback:
    """The session of somebody, in whose first stretch of the low back or hip it hurt."""
    made = planned(Person(well(duration_weeks=50, **answers), 10, (*FLOOR, Setting.BED), at=EVENING))
    low = [n for n, s in enumerate(made.steps) if {"lower_back", "hips"} & set(STRETCHES[s.stretch]["regions"])]
    return hurt(at_step(begun(made), low[0], into_s=3), during, quality)


@pytest.mark.parametrize(("during", "quality"), STRONG, ids=str)
@pytest.mark.parametrize(
    "answers",
    [
        OLD_BREAK,
        {"age": 50, "osteoporosis": "unsure"},
        {"age": 50, "inflammatory_back_pain": "yes"},
        {"age": 50, "steroid_long_term": "yes"},
        {"age": 70},
        {"age": 50, "hip_replacement": "yes"},
        {"age": 50, "surgery_weeks": 8, "recent_spine_surgery": "yes", "clinician_cleared": "yes"},
        {"age": 50, "surgery_weeks": 8, "clinician_cleared": "yes"},
    ],
    ids=str,
)
def test_sharp_or_strong_pain_where_something_may_break_is_a_grave_sign_that_bars_later_sessions(
    answers: dict[str, object], during: int, quality: Quality
) -> None:
    after = hurt_in_the_low_back(answers, during, quality)

    found = alarm(after.log)
    assert found is not None
    assert found.verdict is Verdict.SAME_DAY
    assert found.told.startswith("sharp or strong pain in a stretch")
    assert found.needs_clinician
    assert "the session ends here" in (must_end(after.log) or "")
    assert go_on(kept(after), load()) is None
    assert history(after.log).barred() == found


SPINE_OPERATED = {"surgery_weeks": 8, "recent_spine_surgery": "yes", "clinician_cleared": "yes"}
NERVES = [(2, Quality.TINGLING_OR_NUMB), (3, Quality.SPREADING)]


@pytest.mark.parametrize(
    ("answers", "said", "verdict"),
    [
        (SPINE_OPERATED, "surgical_team", Verdict.SAME_DAY),
        ({"surgery_weeks": 20, "clinician_cleared": "yes"}, "If your operation was on your spine", None),
        ({"cancer_history": "yes", "clinician_cleared": "yes"}, "has to be looked at today", Verdict.SAME_DAY),
        ({"atlantoaxial_risk": "yes"}, "looked at within days", Verdict.SEE_CLINICIAN),
    ],
    ids=["spine operated on", "operated on perhaps the spine", "cancer", "a loose neck"],
)
@pytest.mark.parametrize(("during", "quality"), NERVES)
def test_what_the_screening_stops_a_nerve_for_ends_a_session_too(
    answers: dict[str, object], said: str, verdict: Verdict | None, during: int, quality: Quality
) -> None:
    after = hurt_in_the_low_back({"age": 50, **answers}, during, quality)

    ends, found = grave(after, load(), after.log.hurts[-1]), alarm(after.log)
    assert ends
    assert said in f"{ends[0].say} {ends[0].meanwhile} {ends[0].call_first}"
    assert (found.verdict if found else None) is verdict


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"age": 64, "aaa_known": "unsure"}, "big blood vessel"),
        ({"age": 30, "pregnant": "yes", "pregnant_weeks": 20}, "maternity unit"),
    ],
)
@pytest.mark.parametrize("during", [7, 9])
def test_strong_pain_names_what_it_may_be_in_who_is_pregnant_or_may_have_a_widened_vessel(
    answers: dict[str, object], said: str, during: int
) -> None:
    after = hurt_in_the_low_back(answers, during, Quality.ACHE)

    found = alarm(after.log)
    assert found
    assert found.verdict is Verdict.SAME_DAY
    assert said in str(Barred(found))


def told_on(days: Sequence[int], quality: Quality, during: int = 3) -> dict[int, Log]:
    """A session on each of these days in which one thing hurt, and nothing else was told."""
    logs = {}
    for day in days:
        at = EVENING + timedelta(days=day)
        hurts = (Hurt(at, "wall_angel", Side.NONE, 2, during, quality, "T1", Colour.RED),)
        logs[day] = Log(started=at, pain_before=2, hurts=hurts, ended=at, ending=Ending.STOPPED)
    return logs


@pytest.mark.parametrize(
    ("quality", "during", "days", "barred"),
    [
        (Quality.TINGLING_OR_NUMB, 2, [0], False),
        (Quality.TINGLING_OR_NUMB, 2, [0, 6], True),
        (Quality.TINGLING_OR_NUMB, 2, [0, 7], False),
        (Quality.SPREADING, 2, [0, 1], True),
        (Quality.DIZZINESS, 2, [0, 1], True),
        (Quality.ACHE, 8, [0, 3], True),
        (Quality.ACHE, 5, [0, 1, 2, 3], False),
        (Quality.STRETCH_PULL, 6, [0, 1], False),
        (Quality.STRETCH_PULL, 6, [0, 2, 5], True),
        (Quality.SHARP, 3, [0, 1], False),
        (Quality.SHARP, 3, [0, 2, 4], True),
    ],
)
def test_what_comes_back_within_a_week_bars_until_a_clinician_has_looked(
    quality: Quality, during: int, days: list[int], barred: bool
) -> None:
    logs = told_on(days, quality, during)

    found = alarms(logs)

    assert found.keys() == ({days[-1]} if barred else set())
    assert bool(history(*logs.values()).barred()) is barred
    for sign in found.values():
        assert sign.verdict is Verdict.SEE_CLINICIAN
        assert sign.needs_clinician
        assert sign.told.endswith("time within a week")


def test_once_a_clinician_has_looked_it_counts_from_the_beginning() -> None:
    logs = told_on([0, 1, 3], Quality.DIZZINESS)
    logs[1] = replace(logs[1], cleared_at=EVENING + timedelta(days=2))

    assert alarms(logs) == {}
    assert alarms(logs | told_on([5], Quality.DIZZINESS)).keys() == {5}


@pytest.mark.parametrize(
    ("answers", "during", "quality"),
    [
        ({"age": 69}, 7, Quality.SHARP),
        (OLD_BREAK, 6, Quality.ACHE),
        (OLD_BREAK, 2, Quality.DIZZINESS),
    ],
    ids=str,
)
def test_one_step_away_it_is_no_grave_sign(answers: dict[str, object], during: int, quality: Quality) -> None:
    assert alarm(hurt_in_the_low_back(answers, during, quality).log) is None


def test_a_sharp_pain_in_the_neck_says_nothing_of_a_replaced_hip() -> None:
    made = planned(Person(well(hip_replacement="yes", pain_region=("neck",)), 8, (Setting.CHAIR_DESK,), at=EVENING))
    index = next(n for n, step in enumerate(made.steps) if step.stretch == "neck_rotation")

    assert alarm(hurt(at_step(begun(made), index), 3, Quality.SHARP).log) is None


@pytest.mark.parametrize("during", [8, 9, 10])
def test_pain_for_which_the_gate_opens_for_nothing_ends_the_session_of_anybody(during: int) -> None:
    after = hurt(at_step(begun(), 1), during, Quality.ACHE)

    assert "no stretching today" in (must_end(after.log) or "")
    assert left(after) == []
    assert go_on(kept(after), load()) is None
    assert alarm(after.log) is None


def test_after_pain_of_7_only_positions_of_ease_are_left() -> None:
    after = hurt(at_step(begun(), 0), 7, Quality.ACHE)

    assert must_end(after.log) is None
    assert left(after)
    assert set(left(after)) <= set.union(*(set(names) for names in EASE.values()))


@pytest.mark.parametrize("quality", [Quality.SHARP, Quality.TINGLING_OR_NUMB, Quality.ACHE])
def test_after_a_red_light_at_6_there_are_only_gentle_movements_and_rests(quality: Quality) -> None:
    after = hurt(at_step(begun(), 0), 6, quality)

    assert after.plan.limits.gate == "gentle_only_positions_of_ease_and_mobility_flows"
    assert {load().stretch(name).kind for name in left(after)} <= set(table("gate")["gentle"]["kinds"])
    assert all(step.arc_percent <= 33 for step in after.plan.steps)


def test_after_a_nerve_answered_nothing_new_comes_that_loads_the_same_part_but_rest() -> None:
    before = at_step(begun(), 0)
    planned_too = {step.stretch for step in before.plan.steps}

    after = hurt(before, 3, Quality.TINGLING_OR_NUMB)

    new = set(left(after)) - planned_too
    assert new
    assert all(load().stretch(name).kind is Kind.REST_POSITION for name in new)


def test_after_a_sharp_pain_the_same_muscles_rest_in_every_form_today_and_for_a_week() -> None:
    made = planned(Person(well(goals=("bend_and_lift",)), 12, FLOOR, at=EVENING))
    index, step = next((n, s) for n, s in enumerate(made.steps) if shares(s.stretch).get("hamstrings") == 1)
    now = at_step(begun(made), index, into_s=2)

    after = hurt(now, 3, Quality.SHARP)

    mine = {group for group, share in shares(step.stretch).items() if share == 1}
    others = {name for name in STRETCHES if mine & {g for g, s in shares(name).items() if s == 1}}
    assert len(others) > 1
    assert others <= set(after.plan.background.dropped)
    tomorrow = Person(well(), 12, FLOOR, history(end(after, EVENING, Ending.STOPPED)), EVENING + timedelta(days=1))
    assert not others & {step.stretch for step in planned(tomorrow).steps}


LONG = planned(Person(well(pain_region=("lower_back", "buttock")), 25, FLOOR, at=EVENING))


@pytest.mark.parametrize("quality", [Quality.ACHE, Quality.SHARP, Quality.TINGLING_OR_NUMB])
@pytest.mark.parametrize("index", range(0, len(LONG.steps), 2))
def test_after_a_red_light_nothing_grows_and_nothing_is_new_but_rest(index: int, quality: Quality) -> None:
    planned_s = {step.stretch: step.work_s for step in LONG.steps}
    now = at_step(begun(LONG), index)

    after = hurt(now, 6 if quality is Quality.ACHE else 3, quality)

    for step in after.plan.steps:
        assert plain_rest(step.stretch) or step.work_s <= planned_s[step.stretch]


@pytest.mark.parametrize("quality", [Quality.ACHE, Quality.SHARP])
def test_what_loads_the_spine_as_what_hurt_did_is_out_for_the_session(quality: Quality) -> None:
    arching = Person(well(pain_region=("lower_back",), extension_effect="better"), 25, FLOOR, at=EVENING)
    made = planned(replace(arching, wanted=("prone_press_up", "sphinx")))
    index = next(n for n, step in enumerate(made.steps) if step.stretch == "prone_press_up")

    after = hurt(at_step(begun(made), index), 6, quality)

    assert "sphinx" in {step.stretch for step in made.steps[index:]}
    assert "sphinx" not in left(after)
    assert left(after)


def test_after_sharp_pain_what_was_planned_stays_and_after_the_second_only_rests_are_left() -> None:
    once = hurt(at_step(begun(LONG), 0), 3, Quality.SHARP)
    twice = hurt(at_step(once, 0), 3, Quality.SHARP)

    assert any(not plain_rest(stretch) for stretch in left(once))
    assert all(STRETCHES[stretch]["kind"] == "rest_position" for stretch in left(twice))


def test_the_rests_that_are_left_are_no_longer_than_pain_allows_now() -> None:
    made = planned(Person(well(), 10, FLOOR, at=EVENING, wanted=("constructive_rest",)))
    planned_so = next(step for step in made.steps if step.stretch == "constructive_rest")
    rest = replace(planned_so, hold_s=30, repetitions=2, work_s=60, seconds=60)
    strong = replace(made.limits, today=replace(made.limits.today, pain_now=6))

    left_now = only_rests(replace(made, steps=(rest,), limits=strong), load(), {})

    assert [(step.hold_s, step.work_s) for step in left_now.steps] == [(15, 30)]


@pytest.mark.parametrize(
    ("answers", "says"), [({"hip_replacement": "yes", "age": 60}, "with a pillow"), ({}, "slowly")]
)
def test_who_lies_when_it_hurts_turns_over_and_does_not_lie_down(answers: dict[str, object], says: str) -> None:
    person_ = Person(well(pain_region=("lower_back",), **answers), 20, FLOOR, at=EVENING, wanted=("side_lying_rest",))
    made = planned(person_)
    index = max(n for n, step in enumerate(made.steps) if step.position is Position.SIDE_LYING)

    after = hurt(at_step(begun(made), index), 6, Quality.ACHE)
    said = " ".join(after.timeline.cues[0].say)

    assert after.plan.steps[0].position is Position.SUPINE
    assert after.plan.steps[0].transition_s == sum(
        cue.seconds
        for cue in after.timeline.cues
        if cue.kind not in (CueKind.HOLD, CueKind.MOVE, CueKind.REST) and cue.step == 0
    )
    assert "Stay lying and turn over slowly" in said
    assert says in said
    assert "ie down" not in said


@pytest.mark.parametrize("index", range(len(LONG.steps)))
@pytest.mark.parametrize("quality", [Quality.ACHE, Quality.SHARP, Quality.SPREADING])
def test_after_a_red_light_one_gets_up_from_where_one_is_and_what_hurt_never_comes_again(
    index: int, quality: Quality
) -> None:
    now = at_step(begun(LONG), index)
    strength = 6 if quality is Quality.ACHE else 3
    once = hurt(now, strength, quality)

    assert getting_up(once, load()) == getting_up(now, load())
    assert LONG.steps[index].stretch not in left(once)
    for n in range(len(once.plan.steps)):
        again = hurt(at_step(once, n, into_s=5), strength, quality)
        assert once.plan.steps[n].stretch not in left(again)
        assert getting_up(again, load()) == getting_up(at_step(once, n, into_s=5), load())


def test_the_rests_left_after_strong_sharp_pain_keep_to_what_it_allows() -> None:
    young = Person(well(age=16, flexion_effect="worse", extension_effect="worse", pain_region=("neck",)), 4, FLOOR)
    now = hurt(hurt(begun(planned(young)), 0, Quality.SHARP), 5, Quality.SHARP)

    rest = kept(now).rest
    assert rest
    assert rest.steps
    assert list(broken(rest, load(), part=True)) == []
