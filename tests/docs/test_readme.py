"""The figures that README names are those of today, and so are the commands in its table."""

import re
from pathlib import Path

import pytest
import typer

from supple.catalogue import load
from supple.cli.app import app
from supple.safety.questions import load_questions
from supple.safety.tables import table

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FIGURES = {
    "stretches": (r"(\w+) stretches: ", str(len(load().stretches))),
    "screening rules": (r"(\w+) screening rules", str(len(table("screening")["rules"]))),
    "screens of questions": (r"(\w+) screens of questions", IN_WORDS[len(load_questions())]),
}


@pytest.mark.parametrize("what", FIGURES)
def test_a_figure_in_the_readme_is_the_one_of_today(what: str) -> None:
    pattern, today = FIGURES[what]

    assert re.findall(pattern, README) == [today], f"README.md: write {today} {what}"


def test_every_command_stands_in_the_table_of_the_readme_and_no_other() -> None:
    there = set(getattr(typer.main.get_command(app), "commands", {}))
    told = set(re.findall(r"^\| `supple (\w+)", README, flags=re.MULTILINE))

    assert told == there, f"README.md, 'What works today': {', '.join(sorted(there ^ told))} is only in one of the two"
