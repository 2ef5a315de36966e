"""The questions: which there are, in which order, what may be answered, and which are asked again."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from supple.safety.rules import Condition
from supple.safety.tables import table
from supple.safety.told import EXAMPLE
from supple.safety.words import QuestionKind

YES, NO, UNSURE, NONE = "yes", "no", "unsure", "none"
YES_NO_UNSURE = {YES: "yes", NO: "no", UNSURE: "not sure"}
LONGEST_SHOWN = 40


class AnswersError(ValueError):
    """Something is wrong with the answers; the kinds say what."""


class UnknownQuestion(AnswersError):
    """An answer bears a key that no question has."""


@dataclass(frozen=True)
class Question:
    """One question. `also` holds words that may stand for a number; `choices` gives each choice and how it reads.

    A skipped question may not be answered otherwise, unless `ignored_when_skipped`: there a yes makes nothing milder.
    """

    key: str
    kind: QuestionKind
    ask: str
    screen: str
    range: tuple[int, int] | None = None
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    optional: bool = False
    also: tuple[str, ...] = ()
    skip_when: Condition | None = field(default=None, hash=False)
    ignored_when_skipped: bool = False
    note: str = ""
    source: str = ""

    @property
    def may_be_unsure(self) -> bool:
        """Whether "I don't know" is an answer."""
        return self.optional or UNSURE in self.also or UNSURE in self.choices

    @property
    def how(self) -> str:
        """What an answer may be, in words."""
        if self.kind is QuestionKind.SESSION:
            return f"such as {EXAMPLE}"
        if self.range is None:
            return f"one of {', '.join(self.choices)}" if self.choices else "some words"
        low, high = self.range
        words = "".join(f", or {word}" for word in self.also)
        return f"a number from {low} to {high} {self.unit}{words}"


@dataclass(frozen=True)
class Screen:
    """Questions that are shown together."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@cache
def load_questions() -> tuple[Screen, ...]:
    """Every screen in the order it is shown.

    >>> load_questions()[0].title
    'First, anything that cannot wait'
    """
    return tuple(
        Screen(row["id"], row["title"], row.get("intro", ""), tuple(_question(q, row["id"]) for q in row["questions"]))
        for row in table("questions")["screens"]
    )


@cache
def questions() -> Mapping[str, Question]:
    """Every question by its key, in the order it is asked."""
    return {question.key: question for screen in load_questions() for question in screen.questions}


def ask_again() -> Mapping[str, tuple[str, ...]]:
    """What is asked again, by occasion: every session, every two weeks, after a red light or a fall, every month."""
    return {occasion: tuple(asked) for occasion, asked in table("questions")["ask_again"].items()}


def question(key: str) -> Question:
    """The question with this key; raises UnknownQuestion with the nearest key there is."""
    if key in questions():
        return questions()[key]
    near = difflib.get_close_matches(key[:LONGEST_SHOWN], questions(), n=1)
    near = near or [known for known in questions() if key and key in known]
    remedy = f"did you mean {near[0]}?" if near else "see them all with: supple screen --blank."
    raise UnknownQuestion(f"{shown(key)}: there is no such question; {remedy}")


def _question(row: Mapping[str, Any], screen: str) -> Question:
    made = Question(**{**row, "kind": QuestionKind(row["kind"]), "screen": screen})
    if made.kind in (QuestionKind.YES_NO_UNSURE, QuestionKind.COMPUTED):
        made = replace(made, choices=YES_NO_UNSURE)
    bounds = (made.range[0], made.range[1]) if made.range else None
    return replace(made, range=bounds, also=tuple(made.also))


def shown(value: object) -> str:
    """A value as one line of an error may show it."""
    plain = isinstance(value, str) and value.strip() and value.isprintable()
    text = str(value) if plain else json.dumps(value, default=str)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
