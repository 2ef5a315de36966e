"""What a plan is asked with: answers, minutes, places, History and the moment, put together for the core."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from supple.anatomy import Setting
from supple.cli.answers import INT, named, read_answered
from supple.cli.logs import logs_in, read_log
from supple.cli.moments import local, now, written
from supple.cli.signs import no_session
from supple.files import FileError
from supple.planner import History, MinutesError, PlanRefused
from supple.planner.make import LONGEST_MINUTES
from supple.safety.freshness import grown, require_fresh
from supple.safety.questions import question
from supple.safety.tables import table
from supple.session import history as history_of
from supple.session.wanted import Asked, Barred, put_together

UP = "minutes_since_rising"


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
    saved = written(file)
    past = replace(past, answered_at=_answered(saved, found.on))
    given = found.given(first)
    moment = at or now()
    answers = grown(_awake(answers, moment - saved), given, moment.date())
    when = moment if at or past.done else None
    with named(file):
        asked_for = _together(answers, minutes=wanted, settings=settings, past=past.settled(when), at=when)
        if asked_for.limits is not None:  # a verdict is said whatever its age
            require_fresh(given, (moment if given.sure else min(moment, now())).date())
    return replace(asked_for, answered_on=given.on)


def _answered(saved: datetime, on: date | None) -> datetime:
    """When the answers were last written: only what came before it can be answered in them.

    A day that the file itself gives may make that moment earlier, never later.
    """
    return min(saved, local(datetime.combine(on, time.max))) if on else saved


def _awake(answers: dict[str, Any], passed: timedelta) -> dict[str, Any]:
    """The answers with the minutes since getting up as they are when so much time has passed since they were told.

    Where somebody may have slept in between, or where the session is to be before that, nobody knows.
    """
    told = answers.get(UP)
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        return answers
    if abs(passed) >= timedelta(hours=table("before_session")["spans"]["no_night_within_hours"]):
        return {key: value for key, value in answers.items() if key != UP}
    most = (question(UP).range or (0, 0))[1]
    return {**answers, UP: min(max(0, int(told + passed / timedelta(minutes=1))), most)}


def whole_minutes(word: str) -> int:
    """`word` as minutes of a session, 1 to 60; raises MinutesError."""
    if not INT.fullmatch(word):
        raise MinutesError(f"minutes: {word!r} is not a whole number; give 1 to {LONGEST_MINUTES}.")
    minutes = int(word) if len(word) < 10 else LONGEST_MINUTES + 1
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise MinutesError(f"minutes: {word} is outside 1 to {LONGEST_MINUTES}; give a number between them.")
    return minutes


def _together(
    answers: dict[str, Any],
    *,
    minutes: int | None,
    settings: Sequence[Setting] | None,
    past: History,
    at: datetime | None,
) -> Asked:
    """All put together; raises PlanRefused with what somebody at a terminal does."""
    try:
        return put_together(answers, minutes=minutes, settings=settings, past=past, at=at)
    except Barred as error:
        raise PlanRefused(no_session(error.alarm)) from error


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
