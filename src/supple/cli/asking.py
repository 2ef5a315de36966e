"""What a plan is asked with: answers, minutes, places, History and the moment, put together for the core."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from supple.anatomy import Setting
from supple.catalogue import load
from supple.cli.answers import named, read_answered
from supple.cli.files import FileError
from supple.cli.logs import logs_in, read_log
from supple.cli.moments import now
from supple.cli.signs import no_session
from supple.planner import Background, History, MinutesError, PlanRefused, Wishes
from supple.planner.background import background
from supple.planner.flare import needs_help
from supple.planner.history import day_of
from supple.planner.make import LONGEST_MINUTES
from supple.safety.day import as_answered
from supple.safety.freshness import good_for_days, grown, require_fresh
from supple.safety.limits import Limits, limits
from supple.safety.questions import Answers, question, readable, settle
from supple.safety.questions import read as read_words
from supple.safety.screening import Screening, screen, with_lasting_flare
from supple.safety.told import Told, told
from supple.safety.verdicts import PlanKind
from supple.session import dropped_after
from supple.session import history as history_of

UP = "minutes_since_rising"
NO_NIGHT = timedelta(hours=4)  # ours: within it nobody has slept and got up again


@dataclass(frozen=True)
class Asked:
    """A person and a wish. `limits` is None where the verdict allows no plan; `told` says what a red light means.

    `good_for_days` is for how many days an early pregnancy lets the answers stand; None where nothing will change.
    `answered_on` is the day of the answers, or the latest that it may have been.
    """

    screening: Screening
    limits: Limits | None
    wishes: Wishes
    background: Background
    history: History
    at: datetime | None
    told: str = ""
    good_for_days: int | None = None
    answered_on: date | None = None


def asked(
    file: Path,
    *,
    minutes: str | None,
    settings: Sequence[Setting] | None,
    histories: Sequence[Path],
    at: datetime | None,
) -> Asked:
    """Everything a plan needs; minutes and settings given here replace those of the answers."""
    found = read_answered(file)
    answers = dict(found.answers)
    wanted = whole_minutes(minutes) if minutes is not None else None
    if wanted is not None:
        low, high = question("minutes_available").range or (wanted, wanted)
        answers["minutes_available"] = min(max(wanted, low), high)
    if settings:
        known = [s.value for s in settings if s.value in question("setting").choices]
        answers["setting"] = known[0] if known else answers.get("setting", Setting.WALL.value)
    past, first = read_history(histories)
    past = replace(past, answered_at=_answered(found.written, found.on))
    given = found.given(first)
    moment = at or now()
    answers = grown(_awake(answers, moment - found.written), given, moment.date())
    when = moment if at or past.done else None
    with named(file):
        asked_for = put_together(answers, minutes=wanted, settings=settings, past=past.settled(when), at=when)
        if asked_for.limits is not None:  # a verdict is said whatever its age
            require_fresh(given, moment.date())
    return replace(asked_for, answered_on=given.on)


def _answered(written: datetime, on: date | None) -> datetime:
    """When the answers were last written: only what came before it can be answered in them.

    A day that the file itself gives may make that moment earlier, never later.
    """
    return min(written, datetime.combine(on, time.max).astimezone()) if on else written


def _awake(answers: dict[str, Any], passed: timedelta) -> dict[str, Any]:
    """The answers with the minutes since getting up as they are when so much time has passed since they were told.

    Where somebody may have slept in between, or where the session is to be before that, nobody knows.
    """
    told = answers.get(UP)
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        return answers
    if abs(passed) >= NO_NIGHT:
        return {key: value for key, value in answers.items() if key != UP}
    most = (question(UP).range or (0, 0))[1]
    return {**answers, UP: min(max(0, int(told + passed / timedelta(minutes=1))), most)}


def whole_minutes(word: str) -> int:
    """`word` as minutes of a session, 1 to 60; raises MinutesError."""
    try:
        minutes = int(word)
    except ValueError as error:
        raise MinutesError(f"minutes: {word!r} is not a whole number; give 1 to {LONGEST_MINUTES}.") from error
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise MinutesError(f"minutes: {word} is outside 1 to {LONGEST_MINUTES}; give a number between them.")
    return minutes


def put_together(
    answers: dict[str, Any],
    *,
    minutes: int | None,
    settings: Sequence[Setting] | None,
    past: History,
    at: datetime | None,
) -> Asked:
    """Screen the answers and turn them into limits, wishes and background."""
    found = screen(answers)
    if at and needs_help(past, at, as_answered(readable(answers)).pain_now):
        found = with_lasting_flare(found, answers)
    known = settle(read_words(answers)) if found.plan is not PlanKind.NONE else {}
    wishes = Wishes(
        minutes=minutes if minutes is not None else int(_number(known, "minutes_available", 1)),
        regions=_words(known, "pain_region"),
        goals=_words(known, "goals"),
        sitting_hours=_number(known, "sitting_hours", 0),
    )
    if found.plan is PlanKind.NONE:
        return Asked(found, None, wishes, Background(), past, at)
    if barred := past.barred():
        raise PlanRefused(no_session(barred))
    told_of = as_answered(known)
    today = replace(told_of, settings=tuple(settings)) if settings else told_of
    bounds = limits(found, known, day_of(past, at, today))
    left = background(past, load(), at, bounds)
    red = _told(known)
    if red:
        left = replace(left, dropped={**left.dropped, **dropped_after(load(), red.exercise, red.quality)})
    return Asked(found, bounds, wishes, left, past, at, red.light.say if red else "", good_for_days(known))


def _told(answers: Answers) -> Told | None:
    """The red light told of in the answers, if there is one."""
    said = told(answers["session_log"]) if "session_log" in answers else None
    return said if said and said.is_red else None


def _number(answers: Answers, key: str, otherwise: float) -> float:
    value = answers.get(key)
    return float(value) if isinstance(value, (int, float)) else otherwise


def _words(answers: Answers, key: str) -> tuple[str, ...]:
    value = answers.get(key)
    return value if isinstance(value, tuple) else ()


def read_history(paths: Sequence[Path]) -> tuple[History, date | None]:
    """The History of all these logs, and the day of the first of them; a folder stands for the logs in it."""
    past, days = History(), list[date]()
    for path in paths:
        logs = list(logs_in(path).values()) if path.is_dir() else [read_log(path)]
        if not logs:
            raise FileError(f"{path}: there is no log in this folder; leave --history out for a first session.")
        past = past + history_of(*logs)
        days += [log.started.date() for log in logs]
    whole = replace(past, done=tuple(sorted(past.done, key=lambda step: (step.at, step.stretch, step.side))))
    return whole, min(days, default=None)
