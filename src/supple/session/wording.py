"""A stretch's sentences fitted to a step: the side that is on, the time that the dose has, and what comes after."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from supple.anatomy import Side
from supple.planner.doses import Mode
from supple.planner.plan import Step
from supple.safety.spoken import Spoken
from supple.safety.tables import table

STAY = re.compile(r"Stay \d+ seconds\.")
SIDES = re.compile(r"\b(left|right)\b(?! angle)", re.IGNORECASE)  # a right angle is one on either side
OTHER = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
A_LETTER = re.compile(r"[A-Za-z]")


def in_words(said: Spoken, step: Step, *, last: bool) -> Spoken:
    """What is said for a step; `last` where no other side of the same stretch follows."""
    return replace(
        said,
        begin=tuple(_fitted(said.begin, step, last=last)),
        steps=tuple(_fitted(said.steps, step, last=last)),
        breathing=mirrored(said.breathing, step.side),
    )


def mirrored(text: str, side: Side) -> str:
    """A sentence of the catalogue, which is written for the left side, for this one.

    >>> mirrored("Slide the left leg over the right knee.", Side.RIGHT)
    'Slide the right leg over the left knee.'
    """
    return SIDES.sub(lambda found: OTHER[found[0]], text) if side is Side.RIGHT else text


def without_changing(text: str) -> str:
    """A sentence without what it says of changing sides.

    >>> without_changing("Stay, sit tall, change."), without_changing("Change arms.")
    ('Stay, sit tall.', '')
    """
    left = re.sub(table("spoken")["second_side"]["pattern"], "", text)
    return left if A_LETTER.search(left) else ""


def _fitted(sentences: Iterable[str], step: Step, *, last: bool) -> Iterator[str]:
    for text in sentences:
        fitted = _in_time(mirrored(text, step.side), step).replace("{side}", step.side.value)
        fitted = without_changing(fitted) if last and step.side is not Side.NONE else fitted
        if fitted:
            yield fitted


def _in_time(text: str, step: Step) -> str:
    """A sentence with the times of this person's dose where the catalogue says how long."""
    for row in table("spoken")["in_time"]:
        text = re.sub(row["pattern"], row["say"].format(stay=step.pause_s, seconds=step.work_s), text)
    if step.mode is Mode.HOLD:
        return text
    return STAY.sub(f"Stay {step.pause_s} seconds." if step.pause_s else "Do not stay.", text)
