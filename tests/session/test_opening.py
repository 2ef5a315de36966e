"""The day after is asked about every session, also of somebody who does two a day, until the soreness has passed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from supple.anatomy import Side
from supple.catalogue import load
from supple.planner import DayAfter, History
from supple.planner.flare import needs_help
from supple.planner.history import Done
from supple.planner.soreness import at_half_dose
from supple.safety.aftercare import Outcome
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Log, alarm, history
from supple.session.opening import HOW_LONG, SORE_HOURS, STILL, day_after, day_after_asked, with_day_after

MORNING = datetime.fromisoformat("2026-11-21T08:00+00:00")
HOUR = timedelta(hours=1)
SORE = Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE


def a_session(at: datetime, stretch: str = "chin_tuck") -> Log:
    entry = Entry(stretch, Side.NONE, at + timedelta(minutes=2), 20, Ending.DONE)
    return Log(at, 2, entries=(entry,), ended=at + timedelta(minutes=5), ending=Ending.DONE)


def test_who_does_two_sessions_a_day_is_asked_about_each_of_them() -> None:
    logs: dict[int, Log] = {}
    about = []
    for number in range(20):
        now = MORNING + 24 * HOUR * (number // 2) + 10 * HOUR * (number % 2)
        asked = day_after_asked(logs, now)
        if asked:
            about.append(asked.key)
            logs[asked.key] = with_day_after(asked.log, Outcome.MAY_PROGRESS, now)
        logs[number] = a_session(now)

    assert about == list(range(18))


@pytest.mark.parametrize(("hours", "asked"), [(15.9, False), (16, True)])
def test_a_session_is_asked_about_from_sixteen_hours_on(hours: float, asked: bool) -> None:
    found = day_after_asked({"log": a_session(MORNING)}, MORNING + hours * HOUR)

    assert (found is not None) is asked


def test_one_answer_holds_for_all_sessions_before_it() -> None:
    logs = {n: a_session(MORNING + n * 10 * HOUR) for n in range(3)}
    now = MORNING + 40 * HOUR

    asked = day_after_asked(logs, now)
    assert asked
    assert asked.key == 2

    logs[2] = with_day_after(asked.log, Outcome.MAY_PROGRESS, now)
    assert day_after_asked(logs, now + 24 * HOUR) is None


def test_who_is_still_sore_is_asked_again_and_counts_the_hours_since_that_session() -> None:
    logs = {"first": a_session(MORNING)}
    now = MORNING + 20 * HOUR
    asked = day_after_asked(logs, now)
    assert asked
    told = day_after("1", STILL, new=False, asked=asked, now=now)
    logs["first"] = with_day_after(asked.log, told.outcome, now, still=True)
    logs["second"] = a_session(now, "neck_rotation")
    later = MORNING + 40 * HOUR

    again = day_after_asked(logs, later)

    assert told.outcome is Outcome.REPEAT_SAME_DOSE
    assert again
    assert (again.key, again.told_h) == ("first", 20)
    assert day_after("1", STILL, new=False, asked=again, now=later).outcome is SORE
    assert day_after("2", STILL, new=False, asked=again, now=later).outcome is Outcome.FLARE_PLAN


def test_a_milder_answer_does_not_take_back_for_how_long_it_was_sore() -> None:
    now = MORNING + 30 * HOUR
    log = with_day_after(a_session(MORNING), SORE, now, still=True)
    later = now + 10 * HOUR

    asked = day_after_asked({"log": log}, later)

    assert asked
    assert asked.told_h == 30
    assert day_after("0", "0", new=False, asked=asked, now=later).outcome is SORE
    assert day_after("0", "3", new=False, asked=asked, now=later).outcome is Outcome.FLARE_PLAN


def test_once_it_is_over_every_session_meanwhile_is_told_of_too() -> None:
    now = MORNING + 30 * HOUR
    logs = {
        "sore": with_day_after(a_session(MORNING), SORE, now, still=True),
        "since": a_session(MORNING + 10 * HOUR),
        "now": a_session(now),
    }
    later = now + 10 * HOUR

    asked = day_after_asked(logs, later)
    assert asked
    logs[asked.key] = with_day_after(asked.log, SORE, later)

    assert asked.key == "sore"
    assert day_after_asked(logs, later) is None
    due = day_after_asked(logs, later + 6 * HOUR)
    assert due
    assert due.key == "now"


def test_new_numbness_is_a_sign_though_it_is_still_sore() -> None:
    now = MORNING + 20 * HOUR

    told = with_day_after(a_session(MORNING), day_after("1", STILL, new=True).outcome, now, still=True)

    assert told.day_after is Outcome.RESCREEN
    sign = alarm(told)
    assert sign
    assert sign.verdict is Verdict.SAME_DAY


def test_still_sore_without_knowing_since_when_counts_as_the_longest() -> None:
    assert day_after("1", STILL, new=False).outcome is Outcome.FLARE_PLAN
    assert set(HOW_LONG) == {*SORE_HOURS, STILL}


def test_reports_while_sore_are_part_of_history_and_name_their_session() -> None:
    first, second = MORNING + 20 * HOUR, MORNING + 44 * HOUR
    log = with_day_after(a_session(MORNING), SORE, first, still=True)
    log = with_day_after(log, Outcome.FLARE_PLAN, second)

    assert history(log).days_after == (
        DayAfter(first, SORE, MORNING),
        DayAfter(second, Outcome.FLARE_PLAN, MORNING),
    )


def test_one_flare_up_told_of_again_and_again_is_one() -> None:
    log = a_session(MORNING)
    for days in (1, 2, 3):
        log = with_day_after(log, Outcome.FLARE_PLAN, MORNING + 24 * days * HOUR, still=True)
    of_three_days = [
        with_day_after(a_session(MORNING + 24 * days * HOUR), Outcome.FLARE_PLAN, MORNING + 24 * (days + 1) * HOUR)
        for days in (0, 1, 2)
    ]

    assert not needs_help(history(log), MORNING + 80 * HOUR, 2)
    assert needs_help(history(*of_three_days), MORNING + 80 * HOUR, 2)


def test_soreness_is_one_of_every_session_since_the_day_asked_about() -> None:
    done = tuple(
        Done(stretch, MORNING + hours * HOUR, Side.NONE, 40)
        for stretch, hours in (("sphinx", -24), ("chin_tuck", 0), ("neck_rotation", 10))
    )
    report = DayAfter(MORNING + 24 * HOUR, SORE, MORNING)

    of_the_day = at_half_dose(History(done, (report,)), load())
    of_the_last = at_half_dose(History(done, (replace(report, of=None),)), load())

    assert {"chin_tuck", "neck_rotation"} <= set(of_the_day)
    assert "sphinx" not in of_the_day
    assert set(of_the_last) <= set(of_the_day)


@pytest.mark.parametrize(
    ("how_long", "outcome"),
    [
        ("0", Outcome.REPEAT_SAME_DOSE),
        ("1", Outcome.REPEAT_SAME_DOSE),
        ("2", SORE),
        ("3", Outcome.FLARE_PLAN),
    ],
)
def test_each_answer_to_how_long_has_its_consequence(how_long: str, outcome: Outcome) -> None:
    assert day_after("1", how_long, new=False).outcome is outcome
