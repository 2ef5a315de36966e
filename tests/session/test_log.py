"""The log of a session is the History of the next one."""

from dataclasses import fields
from datetime import timedelta

import pytest

from supple import shapes
from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.planner import Alarm, DayAfter, History
from supple.planner.soreness import at_half_dose
from supple.safety.aftercare import Outcome
from supple.safety.grave_pain import Pain
from supple.safety.traffic_light import Colour, Quality, colour
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Hurt, Log, Recheck, advance, alarm, end, go_on, history, hurts, skip, start
from tests.people import EVENING, Person, planned, vignette
from tests.planner.checker import broken

PERSON = vignette("V07", 8, (Setting.FLOOR,), at=EVENING)
PLAN = planned(PERSON)
HURT = Entry("cat_camel", Side.NONE, EVENING, 0, Ending.STOPPED, Colour.RED)


def done() -> Log:
    now = start(PLAN, load(), EVENING, 2)
    return end(advance(now, PLAN.seconds, EVENING + timedelta(seconds=PLAN.seconds)), EVENING, Ending.DONE, 1)


def test_what_was_done_counts() -> None:
    past = history(done())

    assert [(d.stretch, d.side, d.seconds) for d in past.done] == [(s.stretch, s.side, s.work_s) for s in PLAN.steps]
    assert {d.level for d in past.done} == {PLAN.background.level}


def test_what_was_skipped_at_once_does_not_count() -> None:
    now = skip(start(PLAN, load(), EVENING, 2), EVENING)

    assert history(now.log) == History()


def test_what_hurt_counts_even_if_nothing_was_done() -> None:
    past = history(Log(EVENING, 2, entries=(HURT,)))

    assert past.done[0].colour is Colour.RED


def test_a_red_light_leaves_its_mark_on_the_next_plan() -> None:
    now = advance(start(PLAN, load(), EVENING, 2), 40, EVENING)
    assert now.step
    hurtful = now.step.stretch
    light = colour(2, 8, Quality.ACHE)
    log = hurts(now, load(), EVENING, Pain(2, 8, Quality.ACHE), light).log
    tomorrow = Person(PERSON.answers, 8, PERSON.settings, history(log), EVENING + timedelta(days=1))

    made = planned(tomorrow)

    assert hurtful not in {step.stretch for step in made.steps}
    assert broken(made, tomorrow) == []


def test_the_next_plan_keeps_every_limit_given_the_log() -> None:
    past = history(done())

    for hours in (1, 9, 24, 48):
        later = Person(PERSON.answers, 8, PERSON.settings, past, EVENING + timedelta(hours=hours))
        assert broken(planned(later), later) == []


def test_the_day_after_is_part_of_history() -> None:
    log = Log(EVENING, 2, day_after=Outcome.FLARE_PLAN, day_after_at=EVENING + timedelta(days=1))

    assert history(log).days_after == (DayAfter(EVENING + timedelta(days=1), Outcome.FLARE_PLAN, EVENING),)


def test_logs_add_up() -> None:
    assert len(history(done(), done()).done) == 2 * len(PLAN.steps)


@pytest.mark.parametrize(
    "log", [done(), Log(EVENING, 0), Log(EVENING, 3, entries=(HURT,), rest=PLAN)], ids=["whole", "empty", "under way"]
)
def test_a_log_reads_back_as_it_was_written(log: Log) -> None:
    assert shapes.loads(Log, shapes.dumps(log), name="log.json") == log


LATER = EVENING + timedelta(minutes=1)
CHEST = Recheck(EVENING, "W1", "chest pain", Verdict.EMERGENCY)
WEAK = Recheck(LATER, "W3", "weakness", Verdict.SAME_DAY)
FAINT = Recheck(LATER, "W5", "faint")


def test_the_gravest_sign_is_the_alarm_of_a_session_at_the_moment_of_the_last() -> None:
    assert alarm(Log(EVENING, 2, rechecks=(CHEST, WEAK, FAINT))) == Alarm(LATER, "chest pain", Verdict.EMERGENCY)
    assert history(Log(EVENING, 2, rechecks=(CHEST,))).alarms == (Alarm(EVENING, "chest pain", Verdict.EMERGENCY),)


@pytest.mark.parametrize(
    "log",
    [
        Log(EVENING, 2),
        Log(EVENING, 2, rechecks=(FAINT,)),
        Log(EVENING, 2, rechecks=(CHEST,), cleared_at=LATER),
    ],
    ids=["nothing told", "no more than rest", "cleared"],
)
def test_there_is_no_alarm_without_a_grave_sign_that_still_stands(log: Log) -> None:
    assert alarm(log) is None


def test_what_was_cleared_before_the_sign_does_not_clear_it() -> None:
    assert alarm(Log(EVENING, 2, rechecks=(WEAK,), cleared_at=EVENING)) is not None


def test_a_session_that_a_grave_sign_ended_is_not_gone_on_with() -> None:
    assert go_on(Log(EVENING, 2, rest=PLAN), load()) is not None
    assert go_on(Log(EVENING, 2, rest=PLAN, rechecks=(CHEST,)), load()) is None


@pytest.mark.parametrize("field", [field.name for field in fields(Log)])
def test_a_log_that_has_lost_a_part_never_reads_as_if_nothing_had_happened(field: str) -> None:
    whole = shapes.plain(Log(EVENING, 2, entries=(HURT,), rest=PLAN, rechecks=(CHEST,)))
    del whole[field]

    with pytest.raises(shapes.ShapeError, match=rf"log\.json: '{field}' is missing"):
        shapes.build(Log, whole, place="log.json")


AT = EVENING


def of_one(hurt: Hurt | None = None, *, pain_after: int | None = None) -> Log:
    """A session of one stretch that began at a pain of 3."""
    done = (Entry("pelvic_tilt", Side.NONE, AT, 30, Ending.DONE),) if hurt is None else ()
    ended = AT + timedelta(minutes=5)
    return Log(
        AT, 3, entries=done, hurts=(hurt,) if hurt else (), ended=ended, ending=Ending.DONE, pain_after=pain_after
    )


def test_an_amber_light_counts_though_nothing_was_done_of_the_stretch() -> None:
    eased = Hurt(AT, "pelvic_tilt", Side.NONE, 3, 4, Quality.ACHE, "T4", Colour.AMBER)

    (left,) = history(of_one(eased)).done

    assert (left.stretch, left.seconds, left.colour) == ("pelvic_tilt", 0, Colour.AMBER)
    assert at_half_dose(history(of_one(eased)), load()) == ("pelvic_tilt",)


@pytest.mark.parametrize(
    ("pain_after", "half", "barred"),
    [(None, False, False), (1, False, False), (4, False, False), (5, True, False), (7, True, False), (8, True, True)],
)
def test_more_pain_after_a_session_makes_the_next_one_smaller_and_the_strongest_bars_it(
    pain_after: int | None, half: bool, barred: bool
) -> None:
    past = history(of_one(pain_after=pain_after))

    assert at_half_dose(past, load()) == (("pelvic_tilt",) if half else ())
    sign = past.barred()
    assert bool(sign) is barred
    if sign:
        assert (sign.told, sign.verdict) == ("pain of 8 of 10", Verdict.SEE_CLINICIAN)
