"""`supple plan`: from answers and minutes to a session that breaks no rule and explains every choice."""

import shlex
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from supple import shapes
from supple.anatomy import Setting
from supple.catalogue import load
from supple.cli.asking import asked
from supple.cli.moments import MomentError, read
from supple.cli.place import whom_to_call
from supple.cli.plans import PLAN
from supple.cli.show import console, print_nothing, print_plan, print_verdict, wrapped
from supple.files import write_value
from supple.planner import Plan
from supple.planner import plan as make_plan
from supple.safety.verdicts import Verdict
from supple.session.wanted import Asked

AnswersFile = Annotated[
    Path, typer.Argument(help="Your answers in YAML (see supple screen --blank).", show_default=False)
]
Minutes = Annotated[
    str | None, typer.Option(metavar="1-60", help="How long; else what the answers say.", show_default=False)
]
Settings = Annotated[
    list[Setting] | None,
    typer.Option(
        "--setting",
        metavar="PLACE",
        help=f"Where: {', '.join(Setting)}; may be given again. Else what the answers say.",
        show_default=False,
    ),
]
Histories = Annotated[
    list[Path] | None,
    typer.Option(
        "--history", metavar="LOG", help="Log of an earlier session, or a folder of logs; may be given again."
    ),
]

FIRST = (  # the keys of a plan in the order of the contract
    "verdict",
    "direction",
    "tags",
    "minutes",
    "seconds",
    "optimal",
    "objective",
    "bound",
    "steps",
    "left_out",
    "with_more_time",
)
AT_ONCE = (Verdict.EMERGENCY, Verdict.SAME_DAY)


def moment(word: str) -> datetime:
    """The moment that an option gives."""
    try:
        return read(word)
    except MomentError as error:
        raise typer.BadParameter(str(error)) from error


Moment = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        parser=moment,
        metavar="2026-11-21T18:00",
        help="When the session is to be; else now where a history is given.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def plan(
    answers: AnswersFile,
    *,
    minutes: Minutes = None,
    setting: Settings = None,
    history: Histories = None,
    at: Moment = None,
    json: Json = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the plan to a file for supple go.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also say why each other stretch was left out.")] = False,
    timing: Annotated[bool, typer.Option("--timing", help="Say on standard error how long planning took.")] = False,
) -> int:
    """Plan a safe session for the minutes you have, with the reason for every choice."""
    wanted = asked(answers, minutes=minutes, settings=setting, histories=history or [], at=at)
    begun = time.perf_counter()
    made = planned(wanted)
    if timing:
        typer.echo(f"planned in {(time.perf_counter() - begun) * 1000:.1f} ms", err=True)
    if output and (made is None or not made.steps):
        _say_not_written(output, made)
    if made is None:
        return refused(wanted, no_plan(wanted) if json else None)
    if output and made.steps:
        write_value(output, made, PLAN)
    if json:
        typer.echo(shapes.dumps(made), nl=False)
        return 0
    print_verdict(wanted.screening, console())
    if wanted.told:
        console().print(wanted.told, style="bold")
    if made.steps:
        print_plan(made, console(), everything=everything)
        print_next(output)
    else:
        print_nothing(made, console(), everything=everything)
    return 0


def print_next(output: Path | None) -> None:
    """What can be done with the plan that has just been read."""
    follow = (
        f"The plan is written; follow it with: supple go {shlex.quote(str(output))}"
        if output
        else "To follow it, write it with -o."
    )
    console().print(f"{follow}\nHow a stretch is done: supple library show and its name.", style="dim")


def _say_not_written(output: Path, made: Plan | None) -> None:
    """That there is no plan to follow, above all where an older one lies in its place."""
    if output.exists():
        typer.echo(f"No plan was written; {output} still holds an earlier one: do not follow it.", err=True)
    elif made is not None:
        typer.echo("No plan was written.", err=True)


def planned(wanted: Asked) -> Plan | None:
    """The plan, or None where the verdict allows none."""
    if wanted.limits is None:
        return None
    made = make_plan(load(), wanted.limits, wanted.wishes, wanted.background)
    day = wanted.at.date() if wanted.at else None
    return replace(made, answered_on=wanted.answered_on, made_for=day, good_for_days=wanted.good_for_days)


def no_plan(wanted: Asked) -> dict[str, Any]:
    """What stands in the place of a plan in JSON: its keys, and what screening found."""
    empty = {"seconds": 0, "optimal": True, "objective": 0, "bound": 0, "steps": (), "left_out": ()}
    found = shapes.plain(wanted.screening) | {"minutes": wanted.wishes.minutes, **empty, "with_more_time": ()}
    return {**{key: found[key] for key in FIRST}, **found}


def refused(wanted: Asked, said: object | None) -> int:
    """No plan: the advice instead with whom to call, and exit code 3; `said` as JSON where that is wanted."""
    found = wanted.screening
    if said is not None:
        typer.echo(shapes.dumps(said), nl=False)
    advice = f"{found.say} {whom_to_call()}" if found.verdict in AT_ONCE else found.say
    typer.echo(wrapped(advice) if sys.stderr.isatty() else advice, err=True)
    return 3
