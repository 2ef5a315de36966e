"""`supple programme`: a plan for each day, with spacing and progression."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from supple import shapes
from supple.catalogue import load
from supple.cli.asking import asked
from supple.cli.plan import AnswersFile, Histories, Json, Minutes, Settings, moment, no_plan, refused
from supple.cli.show import bullet, clock, console, print_verdict
from supple.planner import Plan
from supple.planner.choices import Case
from supple.planner.programme import LONGEST_DAYS, DaysError
from supple.planner.programme import programme as make_programme
from supple.safety.freshness import second_trimester_week
from supple.safety.progression import review_weeks
from supple.session.wanted import Asked

FIRST_DAY = datetime(2026, 1, 5, 18, tzinfo=UTC)  # only the distance between days matters, the hour is not looked at


def programme(
    answers: AnswersFile,
    *,
    minutes: Minutes = None,
    days: Annotated[int, typer.Option(help="How many days, 1 to 84.")] = 7,
    setting: Settings = None,
    history: Histories = None,
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", parser=moment, metavar="2026-11-21T18:00", help="The first day and hour.", show_default=False
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Plan day by day: muscles get their rest, and a little more comes when it has gone well."""
    wanted = asked(answers, minutes=minutes, settings=setting, histories=history or [], at=at)
    if wanted.limits is None:
        return refused(wanted, [no_plan(wanted)] * _whole(days) if json else None)
    if wanted.good_for_days is not None and days > wanted.good_for_days:
        raise DaysError(
            f"days: {days} reaches week {second_trimester_week()} of the pregnancy, when other stretches suit; "
            f"give {wanted.good_for_days} at most, and answer the questions again then."
        )
    case = Case(load(), wanted.limits, wanted.wishes, wanted.background)
    plans = make_programme(case, wanted.history, first=wanted.at or FIRST_DAY, days=days)
    plans = tuple(
        replace(made, answered_on=wanted.answered_on, made_for=_day(wanted, n)) for n, made in enumerate(plans)
    )
    if json:
        typer.echo(shapes.dumps(plans), nl=False)
        return 0
    out = console()
    print_verdict(wanted.screening, out)
    if wanted.told:
        out.print(wanted.told, style="bold")
    out.print(_table(plans))
    bullet(
        "More comes only after three sessions that went well and good days after them; otherwise the dose stays.", out
    )
    if at is None:
        bullet("With the hour (--at) there may be more to choose from: soon after getting up, nothing bends far.", out)
    bullet("Answer the questions again every two weeks, and whenever something changes: supple screen.", out)
    weeks = ", ".join(str(week) for week in review_weeks())
    bullet(f"Look back at weeks {weeks}. No better by week 6: see a physiotherapist or doctor.", out)
    return 0


def _whole(days: int) -> int:
    """The days of a programme; raises DaysError."""
    if not 1 <= days <= LONGEST_DAYS:
        raise DaysError(f"days: {days} is outside 1 to {LONGEST_DAYS}; give a number between them.")
    return days


def _day(wanted: Asked, number: int) -> date | None:
    """The day of a plan, counted from 0, where the first one is known."""
    return (wanted.at + timedelta(days=number)).date() if wanted.at else None


def _table(plans: tuple[Plan, ...]) -> Table:
    table = Table("Day", "Time", "Arc", "Stretches", box=None, pad_edge=False)
    for day, made in enumerate(plans, start=1):
        names = list(dict.fromkeys(step.name for step in made.steps))
        arc = f"{max((step.arc_percent for step in made.steps), default=0)} %"
        table.add_row(str(day), clock(made.seconds), arc, ", ".join(names) or "rest")
    return table
