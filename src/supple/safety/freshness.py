"""Answers grow old: for how long they hold, what has to be answered again, and what has changed by itself meanwhile.

One day dates all the answers of a person. Only weeks of pregnancy are counted on, for they make a plan stricter; the
weeks since an operation would make it milder, and stay as they were answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from supple.safety.questions import AnswersError, ask_again, load_questions, question, readable
from supple.safety.tables import table

WEEK_DAYS = 7


class OldAnswers(AnswersError):
    """The answers were given too long ago, or not yet."""


@dataclass(frozen=True)
class Given:
    """The day on which answers were given. `sure` is False where that is only the latest day it may have been."""

    on: date
    sure: bool = True


def require_fresh(given: Given, today: date) -> None:
    """Raises OldAnswers, naming the remedy, where answers do not hold any more on this day.

    >>> require_fresh(Given(date(2026, 11, 1)), date(2026, 11, 15))
    """
    days, good = (today - given.on).days, table("before_session")["good_for_days"]
    if days < 0 and given.sure:
        raise OldAnswers(
            f"answered_on: {given.on} lies after the day of this session, {today}; mend the one or the other."
        )
    if days <= good["every_2_weeks"]:
        return
    what = "every question" if days > good["monthly"] else _again(ask_again()["every_2_weeks"])
    old = (
        f"of {given.on}" if given.sure else f"of {given.on} at the latest (the day of their file, or of the first log)"
    )
    raise OldAnswers(
        f"answered_on: the answers are {old}, {days} days old; answer {what} again (supple screen --blank shows them) "
        f"and write answered_on: {today}."
    )


def grown(answers: Mapping[str, Any], given: Given, today: date) -> dict[str, Any]:
    """The answers with the weeks of pregnancy that have passed since; "12" may have been 12 weeks and 6 days.

    >>> grown({"pregnant_weeks": 12}, Given(date(2026, 11, 1)), date(2026, 11, 15))
    {'pregnant_weeks': 14}
    """
    weeks = readable(answers).get("pregnant_weeks")
    days = (today - given.on).days
    if not isinstance(weeks, (int, float)) or days <= 0:
        return dict(answers)
    most = (question("pregnant_weeks").range or (0, int(weeks)))[1]
    return {**answers, "pregnant_weeks": min(most, int(weeks) + (days + WEEK_DAYS - 1) // WEEK_DAYS)}


def good_for_days(answers: Mapping[str, Any]) -> int | None:
    """For how many days, the first included, an early pregnancy stays so; None where there is none.

    >>> good_for_days({"pregnant_weeks": 12})
    8
    """
    weeks, later = answers.get("pregnant_weeks"), second_trimester_week()
    if not isinstance(weeks, (int, float)) or weeks >= later:
        return None
    return max(1, int(later - weeks) * WEEK_DAYS - WEEK_DAYS + 1)


def second_trimester_week() -> int:
    """The week of a pregnancy from which other stretches suit."""
    return int(table("before_session")["spans"]["second_trimester_from_week"])


def last_day(first: date, good_for: int) -> date:
    """The last of so many days.

    >>> last_day(date(2026, 11, 1), 1)
    datetime.date(2026, 11, 1)
    """
    return first + timedelta(days=good_for - 1)


def _again(asked: tuple[str, ...]) -> str:
    """What is asked again, in the titles of its screens."""
    titles = {f"screen_{screen.id}": f'"{screen.title}"' for screen in load_questions()}
    names = [titles.get(name, name) for name in asked]
    return f"{', '.join(names[:-1])} and {names[-1]}"
