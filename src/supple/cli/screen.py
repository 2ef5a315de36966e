"""`supple screen`: from a file of answers to the verdict and its reasons."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from supple import shapes
from supple.cli.answers import ANSWERED_ON, named, read_answered
from supple.cli.place import whom_to_call
from supple.cli.show import bullet, console
from supple.files import FileError
from supple.safety.freshness import Given, OldAnswers, require_fresh
from supple.safety.questions import QuestionKind, load_questions
from supple.safety.rules import in_words
from supple.safety.screening import Screening, by_when, meaning, why
from supple.safety.screening import screen as screen_answers
from supple.safety.told import told
from supple.safety.verdicts import PlanKind, Verdict

Answers = Annotated[
    Path | None, typer.Argument(help="Your answers in YAML, one 'key: answer' per line.", show_default=False)
]


def screen(
    answers: Answers = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    blank: Annotated[bool, typer.Option("--blank", help="Print every question with its choices, to fill in.")] = False,
) -> None:
    """Ask what a careful physiotherapist would ask, and say whether stretching is right for you now."""
    if blank:
        typer.echo(blank_answers(date.today()), nl=False)  # noqa: DTZ011 - the day on the calendar here
        return
    if answers is None:
        raise FileError("which answers? Name a file, or make one with: supple screen --blank > me.yaml.")
    file = read_answered(answers)
    given = file.answers
    with named(answers):
        found = screen_answers(given)
    if json:
        typer.echo(shapes.dumps(found), nl=False)
    else:
        print_screening(found)
    if file.slip:
        typer.echo(f"supple: {file.slip}", err=True)
    if json:
        return
    if found.plan is not PlanKind.NONE:
        _say_how_old(file.given())
    if given.get("session_log") is not None:
        console().print(f"\nOf the session you told of: {told(given['session_log']).light.say}", style="bold")


def _say_how_old(given: Given) -> None:
    """What to do where the answers are too old for a plan; the verdict on them is said all the same."""
    try:
        require_fresh(given, date.today())  # noqa: DTZ011 - the day on the calendar here
    except OldAnswers as error:
        console().print(f"\n{error}", style="bold")


def print_screening(found: Screening) -> None:
    """The verdict, what to do, and why."""
    out = console()
    within = by_when(found)
    out.print(found.verdict.value.replace("_", " ").capitalize() + (f", {within}" if within else ""), style="bold")
    out.print(found.say)
    if found.verdict in (Verdict.EMERGENCY, Verdict.SAME_DAY):
        out.print(whom_to_call(), style="bold")
    told = why(found)
    if told:
        out.print("\nWhy:", style="bold")
    for said, reasons in told.items():
        bullet(f"{said} ({'; '.join(f'{reason.rule}, {reason.source}' for reason in reasons)})", out)
    for referral in found.referrals:
        bullet(meaning(referral), out)


def blank_answers(today: date) -> str:
    """Every question as a comment over its empty answer, screen by screen, under the day of the answers."""
    lines = ["# Your answers for Supple. Write the answer behind each key; a line left empty is not answered.", ""]
    lines += ["# The day of these answers: write it anew when you have answered again.", f"{ANSWERED_ON}: {today}", ""]
    for shown in load_questions():
        lines += [f"# --- {shown.title} ---", *([f"# {shown.intro}"] if shown.intro else []), ""]
        for asked in shown.questions:
            if asked.kind is QuestionKind.COMPUTED:
                continue
            many = " Several: [one, two]." if asked.kind is QuestionKind.CHOICE_MANY else ""
            leave = " May be left out." if asked.optional else ""
            skipped = f" Leave out if {in_words(asked.skip_when)}." if asked.skip_when is not None else ""
            lines += [f"# {asked.ask}", f"#   {asked.how}.{many}{leave}{skipped}", f"{asked.key}:", ""]
    return "\n".join(lines)
