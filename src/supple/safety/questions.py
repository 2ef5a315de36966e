"""Answers: whether they are whole, readable and without contradiction, and which questions apply.

What comes in may be as YAML reads it: true for yes, false for no, null for not given, "unsure" for an unknown number.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence

from supple.safety.asked import (
    NO,
    NONE,
    UNSURE,
    YES,
    AnswersError,
    Question,
    Screen,
    UnknownQuestion,
    ask_again,
    load_questions,
    question,
    questions,
    shown,
)
from supple.safety.rules import Facts, atoms, holds
from supple.safety.told import ToldError, told
from supple.safety.words import QuestionKind as QuestionKind

__all__ = [
    "NO",
    "NONE",
    "UNSURE",
    "YES",
    "Answers",
    "AnswersError",
    "BadAnswer",
    "Contradiction",
    "MissingAnswer",
    "Question",
    "QuestionKind",
    "Screen",
    "UnknownQuestion",
    "Value",
    "applies",
    "ask_again",
    "check",
    "facts",
    "load_questions",
    "missing",
    "question",
    "questions",
    "read",
    "readable",
    "require",
    "settle",
]

Value = str | int | float | tuple[str, ...]
Answers = Mapping[str, Value]

ADULT_ONSET_YEARS = 40
PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?")  # not 1_7, 7:30, 010 or 1e3: who knows what was meant
MOST_NAMED = 6


class BadAnswer(AnswersError):
    """An answer does not fit its question."""


class Contradiction(AnswersError):
    """Two answers cannot both be true."""


class MissingAnswer(AnswersError):
    """A question that applies is not answered; `key` is the first and `more` counts the others."""

    def __init__(self, text: str, key: str, more: int) -> None:
        super().__init__(text)
        self.key = key
        self.more = more


def applies(asked: Question, answers: Answers) -> bool:
    """Whether a question has to be asked, given the answers before it; what they let skip counts as skipped."""
    known = dict(answers)
    for before in questions().values():
        if before.key == asked.key:
            break
        if before.kind is QuestionKind.YES_NO_UNSURE and before.key not in known and _skipped(before, known):
            known[before.key] = NO
    return not _skipped(asked, known)


def facts(answers: Answers) -> Facts:
    """The answers as the rules see them: a number answered "unsure" is not given, several choices are a set.

    >>> dict(facts({"age": 34, "bp_sys": "unsure"}))
    {'age': 34}
    """
    return {
        key: frozenset(value) if isinstance(value, tuple) else value
        for key, value in answers.items()
        if not (value == UNSURE and question(key).kind is QuestionKind.NUMBER)
    }


def read(answers: Mapping[str, object]) -> dict[str, Value]:
    """The answers in the words of the questions, in their order; what is null is left out.

    Raises UnknownQuestion or BadAnswer. Says nothing about what is missing.

    >>> read({"leg_pain": None, "age": "34", "chest_pain_or_breathless": False})
    {'chest_pain_or_breathless': 'no', 'age': 34}
    """
    asked = {key: question(str(key)) for key in answers}  # also where nothing is answered: a slip there is one too
    given = {key: _value(asked[key], value) for key, value in answers.items() if value is not None}
    return {key: given[key] for key in questions() if key in given}


def readable(answers: Mapping[str, object]) -> dict[str, Value]:
    """What can be read of the answers, however broken the rest is: so that no typing error hides an emergency."""
    found: dict[str, Value] = {}
    for key, value in answers.items():
        if key not in questions():
            continue
        try:
            found |= read({key: value})
        except AnswersError:
            continue
    return found


def settle(answers: Answers) -> dict[str, Value]:
    """The answers with every skipped question stored: "no", or left out where it is a number or a choice.

    Raises Contradiction where a skipped question was answered otherwise, or two answers cannot both be true.
    """
    settled = dict(answers)
    for asked in questions().values():
        if not _skipped(asked, settled):
            continue
        stored = NO if asked.kind is QuestionKind.YES_NO_UNSURE else None
        may_be = (stored, *([UNSURE] if stored is None else []))
        if settled.get(asked.key, stored) not in may_be and not asked.ignored_when_skipped:
            raise Contradiction(_against(asked, settled))
        if stored is None:
            settled.pop(asked.key, None)
        else:
            settled[asked.key] = stored
    for said in _impossible(settled):
        raise Contradiction(said)
    return settled


def missing(answers: Answers, asked: Sequence[Question]) -> list[Question]:
    """The questions among `asked` that apply to settled answers, are needed and are not answered."""
    return [q for q in asked if q.key not in answers and not q.optional and not _skipped(q, answers)]


def check(answers: Mapping[str, object]) -> Answers:
    """The answers, whole and in order: read, settled, and with nothing missing.

    Raises UnknownQuestion, BadAnswer, Contradiction or MissingAnswer. Checked answers pass again unchanged.
    """
    settled = settle(read(answers))
    require(settled, tuple(questions().values()))
    return {key: settled[key] for key in questions() if key in settled}


def require(answers: Answers, asked: Sequence[Question]) -> None:
    """Raises MissingAnswer when one of `asked` applies and is not answered."""
    absent = missing(answers, asked)
    if not absent:
        return
    others = [found.key for found in missing(answers, tuple(questions().values())) if found is not absent[0]]
    named = f", nor {'is' if len(others) == 1 else 'are'} {', '.join(others[:MOST_NAMED])}" if others else ""
    named += f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    text = f"{absent[0].key}: this question is not answered yet{named}; give {absent[0].how}."
    raise MissingAnswer(text, absent[0].key, len(others))


def _skipped(asked: Question, settled: Answers) -> bool:
    return asked.skip_when is not None and holds(asked.skip_when, facts(settled))


def _value(asked: Question, value: object) -> Value:
    match asked.kind:
        case QuestionKind.NUMBER:
            return _number(asked, value)
        case QuestionKind.CHOICE_MANY:
            items = value if isinstance(value, (list, tuple)) else [value]
            if not items:
                raise BadAnswer(f"{asked.key}: an empty list is no answer here; give {asked.how}.")
            return tuple(dict.fromkeys(_choice(asked, item) for item in items))
        case QuestionKind.TEXT:
            return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
        case QuestionKind.SESSION:
            try:
                return told(value).dumps()
            except ToldError as error:
                raise BadAnswer(f"{asked.key}: {error}") from error
        case _:
            return _choice(asked, value)


def _choice(asked: Question, value: object) -> str:
    word = {True: YES, False: NO}[value] if isinstance(value, bool) else value
    word = word.strip().lower() if isinstance(word, str) else word
    if word == NO and NO not in asked.choices and NONE in asked.choices:
        return NONE
    if isinstance(word, str) and word in asked.choices:
        return word
    raise BadAnswer(f"{asked.key}: {shown(value)} is no answer here; give {asked.how}.")


def _number(asked: Question, value: object) -> int | float | str:
    word = value.strip().lower() if isinstance(value, str) else NONE if value is False else value
    if isinstance(word, str) and (word in asked.also or (word == UNSURE and asked.may_be_unsure)):
        return word
    number = _parsed(word)
    if number is None:
        raise BadAnswer(f"{asked.key}: {shown(value)} is no answer here; give {asked.how}.")
    low, high = asked.range or (-math.inf, math.inf)
    if not low <= number <= high:
        raise BadAnswer(
            f"{asked.key}: {shown(value)} is outside {low} to {high} {asked.unit}; give a number between them."
        )
    return number


def _parsed(word: object) -> int | float | None:
    if isinstance(word, bool) or not isinstance(word, (int, float, str)):
        return None
    if isinstance(word, str) and not PLAIN_NUMBER.fullmatch(word):
        return None
    try:
        number = float(word)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _against(asked: Question, answers: Answers) -> str:
    """One sentence for an answer to a question that does not apply."""
    known = facts(answers)
    keys = dict.fromkeys(a.key for a in atoms(asked.skip_when or {}) if a.holds(known))
    because = " and ".join(f"{key} is {shown(answers.get(key, 'not given'))}" for key in keys)
    return f"{asked.key}: {shown(answers[asked.key])} cannot be while {because}; change one of them."


def _impossible(answers: Answers) -> Iterator[str]:
    """Pairs of answers that no condition on one of them can tell apart."""
    known = facts(answers)
    upper, lower = known.get("bp_sys"), known.get("bp_dia")
    if isinstance(upper, (int, float)) and isinstance(lower, (int, float)) and lower >= upper:
        yield f"bp_dia: {lower} is not below bp_sys, which is {upper}; the upper number is the larger one."
    age = known.get("age")
    asked = "duration_weeks" in known and not _skipped(question("onset_under_40"), answers)
    if asked and isinstance(age, (int, float)) and age < ADULT_ONSET_YEARS and known.get("onset_under_40") == NO:
        yield f"onset_under_40: no cannot be while age is {age}; change one of them."
    if known.get("constant_progressive_pain") == YES and known.get("improving") == YES:
        yield "improving: yes cannot be while constant_progressive_pain is yes; change one of them."
    now, worst = known.get("nprs_rest"), known.get("nprs_worst_week")
    if isinstance(now, (int, float)) and isinstance(worst, (int, float)) and worst < now:
        yield f"nprs_worst_week: {worst} cannot be while nprs_rest is {now}; the worst of the week is at least that."
