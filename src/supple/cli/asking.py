"""What a plan is asked with: answers, minutes, places, History and the moment, put together for the core."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from supple.anatomy import Setting
from supple.catalogue import load
from supple.cli.files import FileError, read_answers, read_value
from supple.planner import Background, History, Wishes
from supple.planner.history import background
from supple.safety.limits import Limits, limits
from supple.safety.questions import question, settle
from supple.safety.questions import read as read_words
from supple.safety.screening import Screening, screen
from supple.safety.verdicts import PlanKind
from supple.session import Log
from supple.session import history as history_of


@dataclass(frozen=True)
class Asked:
    """A person and a wish. `limits` is None where the verdict allows no plan."""

    screening: Screening
    limits: Limits | None
    wishes: Wishes
    background: Background
    history: History
    at: datetime | None


def asked(
    file: Path,
    *,
    minutes: int | None,
    settings: Sequence[Setting] | None,
    histories: Sequence[Path],
    at: datetime | None,
) -> Asked:
    """Everything a plan needs; minutes and settings given here replace those of the answers."""
    answers = dict(read_answers(file))
    if minutes is not None:
        low, high = question("minutes_available").range or (minutes, minutes)
        answers["minutes_available"] = min(max(minutes, low), high)
    if settings:
        known = [s.value for s in settings if s.value in question("setting").choices]
        answers["setting"] = known[0] if known else answers.get("setting", Setting.WALL.value)
    past = read_history(histories)
    when = at or (datetime.now() if past.done else None)  # noqa: DTZ005 - a person's own wall clock, never compared with another
    return put_together(answers, minutes=minutes, settings=settings, past=past, at=when)


def put_together(
    answers: dict[str, Any],
    *,
    minutes: int | None,
    settings: Sequence[Setting] | None,
    past: History,
    at: datetime | None,
    pain_now: int | None = None,
) -> Asked:
    """Screen the answers and turn them into limits, wishes and background."""
    found = screen(answers)
    known = settle(read_words(answers)) if found.plan is not PlanKind.NONE else {}
    wishes = Wishes(
        minutes=minutes if minutes is not None else int(known.get("minutes_available", 1)),
        regions=tuple(known.get("pain_region", ())),
        goals=tuple(known.get("goals", ())),
        sitting_hours=float(known.get("sitting_hours", 0)),
    )
    if found.plan is PlanKind.NONE:
        return Asked(found, None, wishes, Background(), past, at)
    bounds = limits(
        found,
        known,
        settings=tuple(settings) if settings else None,
        pain_now=pain_now,
        week=past.week(at) if at else 1,
        sessions_done=len(past.sessions()),
        at_hour=at.hour if at else None,
    )
    return Asked(found, bounds, wishes, background(past, load(), at, bounds), past, at)


def read_history(paths: Sequence[Path]) -> History:
    """The History of all these logs; a folder stands for the logs in it."""
    past = History()
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            raise FileError(f"{path}: there is no log in this folder; leave --history out for a first session.")
        for file in files:
            past = past + history_of(read_value(Log, file))
    return replace(past, done=tuple(sorted(past.done, key=lambda step: (step.at, step.stretch, step.side))))
