"""A stretch's sentences fitted to a step, its side and the time of its dose; and how long a sentence takes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil

from supple.anatomy import Setting, Side
from supple.planner.doses import Mode
from supple.planner.plan import Step
from supple.safety.spoken import Spoken
from supple.safety.tables import table

STAY = re.compile(r"Stay \d+ seconds\.")
SIDES = re.compile(r"\b(left|right)\b(?! angle)", re.IGNORECASE)  # a right angle is one on either side
OTHER = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
OWN_SIDE = "unoperated side"
A_LETTER = re.compile(r"[A-Za-z]")
SHORTEST_LINE_S = 2.5
WORD_S = 0.4  # a calm voice
LETTER_S = 0.08  # the same, where the words are long or have pauses between them


def spoken_s(text: str) -> float:
    """The seconds that a calm voice takes for a sentence. Ours, awaits sign-off, measured on the clips.

    >>> spoken_s("Stay."), spoken_s("Keep both knees comfortably bent.")
    (2.5, 2.64)
    """
    return max(SHORTEST_LINE_S, WORD_S * len(text.split(" ")), LETTER_S * len(text))


def words_s(sentences: Iterable[str]) -> int:
    """The whole seconds that a calm voice takes for these sentences, one after the other."""
    return ceil(sum(map(spoken_s, sentences)))


def in_words(said: Spoken, step: Step) -> Spoken:
    """What is said for a step; of changing sides nothing, for the other side has its own."""
    return replace(
        said,
        begin=tuple(_fitted(said.begin, step)),
        steps=tuple(_fitted(said.steps, step)),
        ahead=len(tuple(_fitted(said.steps[: said.ahead], step))),
        leaving=(*_squeeze(step), *_fitted(said.leaving, step)),
        closing=tuple(in_place(text, step.setting) for text in said.closing),
        breathing=mirrored(said.breathing, step.side),
    )


def _squeeze(step: Step) -> tuple[str, ...]:
    """The squeeze that the form of this person ends a hold with."""
    row = table("spoken")["squeeze"]
    return (row["say"],) if step.mode is Mode.HOLD and any(row["words"] in change for change in step.changes) else ()


def mirrored(text: str, side: Side) -> str:
    """A sentence of the catalogue, which is written for the left side, for this one.

    >>> mirrored("Slide the left leg over the right knee.", Side.RIGHT)
    'Slide the right leg over the left knee.'
    """
    return SIDES.sub(lambda found: OTHER[found[0]], text) if side is Side.RIGHT else text


def sided(text: str, stretch: str, side: Side) -> str:
    """A sentence of a stretch that names the side where it speaks of one of two.

    >>> sided("Lie on one side, knees bent.", "open_book", Side.LEFT)
    'Lie on the right side, knees bent.'
    """
    if side is Side.NONE:
        return text
    for row in table("spoken")["sided"]:
        if row["stretch"] == stretch:
            text = text.replace(row["words"], row["say"])
    return text.replace("{side}", side.value).replace("{other}", OTHER[side.value])


def without_changing(text: str) -> str:
    """A sentence without what it says of changing sides.

    >>> without_changing("Stay, sit tall, change."), without_changing("Change arms.")
    ('Stay, sit tall.', '')
    """
    left = re.sub(table("spoken")["changing"]["pattern"], "", text)
    return left if A_LETTER.search(left) else ""


def within(text: str, arc_percent: int) -> str:
    """A sentence that promises no more of the way than this arc has.

    >>> within("Turn the breastbone as far as is easy.", 25), within("Turn the breastbone as far as is easy.", 70)
    ('Turn the breastbone only a little way.', 'Turn the breastbone as far as is easy.')
    """
    small = table("spoken")["small_arc"]
    for row in small["words"] if arc_percent <= small["from_percent"] else ():
        text = re.sub(row["pattern"], row["say"], text)
    return text


def in_place(text: str, setting: Setting) -> str:
    """A sentence without what is said in it of another place.

    >>> in_place("Let the knees grow heavy towards the floor.", Setting.BED)
    'Let the knees grow heavy towards the bed.'
    """
    for row in table("spoken")["in_place"]:
        if row["setting"] == setting:
            text = re.sub(row["pattern"], row["say"], text)
    return text


def _fitted(sentences: Iterable[str], step: Step) -> Iterator[str]:
    own_side = any(OWN_SIDE in change for change in step.changes)  # which one that is, nobody asked
    stretch = "" if own_side else step.stretch
    for text in sentences:
        here = in_place(mirrored(text, step.side), step.setting)
        fitted = sided(in_time(within(here, step.arc_percent), step), stretch, step.side)
        fitted = without_changing(fitted) if step.side is not Side.NONE else fitted
        if fitted:
            yield fitted


def in_time(text: str, step: Step) -> str:
    """A sentence with the times of this person's dose where the catalogue says how long."""
    for row in table("spoken")["in_time"]:
        text = re.sub(row["pattern"], row["say"].format(stay=step.pause_s, seconds=step.work_s), text)
    if step.mode is Mode.HOLD:
        return text
    return STAY.sub(f"Stay {step.pause_s} seconds." if step.pause_s else "Do not stay.", text)
