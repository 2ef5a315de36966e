"""The figures that README names are those of today."""

import re
from pathlib import Path

import pytest

from supple.catalogue import load
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
