"""What is said of a stretch to somebody somewhere: the catalogue's steps, and our own words where these do not fit.

The catalogue's words are reviewed and never changed here; a step is said as it stands, goes unsaid, or gives way to a
sentence of ours (`spoken.toml`). Whether a sentence suits a person can be read, and was, but no machine can prove it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from supple.anatomy import UPRIGHT, Setting
from supple.catalogue import HoldDose, Stretch
from supple.safety.questions import NO, YES
from supple.safety.rules import Facts, holds
from supple.safety.tables import table
from supple.safety.today import Limits

WAYS = ("getting_down", "lying_down", "getting_up", "turning", "sitting_first")

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Spoken:
    """The sentences of a stretch for one person in one place.

    `down` is how to get down to the floor, `lying` how to lie down, `sitting` how to come to sit where it begins so, of
    who lies and of all others. `begin` is how to come into it, empty where a form says it; `leaving` how to end a hold
    once the last one of a side is over; `clear` what comes before one rolls then, and `away` how to come to another
    stretch; `closing` how to get up from it, where one lies; `standing` what comes before one stands up at the end.
    The first `ahead` of the `steps` are heard before anything begins even where time is short: the last of them is
    not what everybody hears.
    """

    begin: tuple[str, ...]
    steps: tuple[str, ...]
    leaving: tuple[str, ...]
    closing: tuple[str, ...]
    breathing: str
    ahead: int = 0
    standing: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    lying: tuple[str, ...] = ()
    sitting: tuple[str, str] | None = None


def spoken(stretch: Stretch, limits: Limits, setting: Setting) -> Spoken:
    """What is said of `stretch` to somebody with these limits in this place."""
    known = _facts(stretch, limits, setting)
    rows = [row for row in table("spoken")["instead"] if row["stretch"] == stretch.id and _is_for(row, known)]
    said = [(number, text) for number in _numbers(stretch) for text in _of_step(stretch, number, rows, known, limits)]
    closing = [text for _, text in said if is_closing(text)]
    others = [(number, text) for number, text in said if not is_closing(text)]
    stays, leaving = _parted(stretch, others)
    steps = [(number, text) for number, text in stays if number > 1]
    standing = _way("sitting_first", known)
    ours = [n for n, (number, _) in enumerate(steps, start=1) if "when" in (_instead(number, rows) or ())]
    return Spoken(
        begin=tuple(text for number, text in stays if number == 1),
        steps=tuple(text for _, text in steps),
        leaving=leaving,
        closing=_up(closing, known, bool(standing)) if closing else (),
        breathing=next((row["breathing"] for row in rows if row.get("breathing")), stretch.breathing),
        ahead=max(ours, default=0),
        standing=standing,
        clear=_end("clear", stretch, known),
        away=_end("away", stretch, known),
        down=_way("getting_down", known),
        lying=_way("lying_down", known),
        sitting=next(iter(_sitting(stretch)), None),
    )


def _parted(stretch: Stretch, said: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], tuple[str, ...]]:
    """The sentences without what the last one says of leaving a hold, and that."""
    last = max(number for number in _numbers(stretch) if not is_closing(stretch.steps[number - 1]))
    if not isinstance(stretch.dose, HoldDose) or not said or said[-1][0] != last:
        return said, ()
    number, text = said[-1]
    stays, leave = _part(text)
    return [*said[:-1], *([(number, stays)] if stays else [])], (leave,) if leave else ()


def _part(text: str) -> tuple[str, str]:
    """What a sentence says of staying and what of leaving, each empty where it says nothing of it."""
    found = re.search(table("spoken")["leaving"]["pattern"], text)
    if not found:
        return text, ""
    stays = text[: found.start()].rstrip(" ,;.")
    return f"{stays}." if stays else "", _as_sentence(found["leave"])


def turning(stretch: Stretch, limits: Limits, setting: Setting) -> tuple[str, ...]:
    """What is said where one lying position follows another."""
    return _way("turning", _facts(stretch, limits, setting))


def every_end(stretch: Stretch) -> tuple[str, ...]:
    """What may be said where a stretch is left for another one."""
    return tuple(
        row["say"] for name in ("clear", "away") for row in table("spoken")[name] if row["stretch"] == stretch.id
    )


def every_sitting(stretch: Stretch) -> tuple[str, ...]:
    """How anybody may come to sit before a stretch that begins so."""
    return tuple(text for pair in _sitting(stretch) for text in pair)


def _sitting(stretch: Stretch) -> Iterator[tuple[str, str]]:
    yield from ((row["lying"], row["say"]) for row in table("spoken")["seated_first"] if row["stretch"] == stretch.id)


def _end(name: str, stretch: Stretch, known: Facts) -> tuple[str, ...]:
    rows = table("spoken")[name]
    return tuple(row["say"] for row in rows if row["stretch"] == stretch.id and _is_for(row, known))


def every_sentence(stretch: Stretch) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What may be said of a stretch to anybody: how to get up from it, all else, and of its breathing."""
    rows = [row for row in table("spoken")["instead"] if row["stretch"] == stretch.id]
    texts = [*(text for step in stretch.steps for text in _for_anybody(step)), *(row.get("say", "") for row in rows)]
    up = tuple(_without_opening(text) for text in texts if is_closing(text))
    closings = (*up, *map(_without_a_moment, up))
    others = tuple(text for text in texts if text and not is_closing(text))
    stays = tuple(stay for text in others for stay in _part(text)[:1] if isinstance(stretch.dose, HoldDose) and stay)
    breathing = (stretch.breathing, *(row["breathing"] for row in rows if row.get("breathing")))
    return closings, (*others, *stays), breathing


def every_leaving(stretch: Stretch, sentences: Iterable[str]) -> tuple[str, ...]:
    """How one may end a hold of a stretch."""
    held = isinstance(stretch.dose, HoldDose)
    return tuple(leave for text in sentences for leave in _part(text)[1:] if held and leave)


def every_way() -> Iterator[str]:
    """How anybody may get down, lie down, get up or turn over."""
    ways = [row["say"] for name in (*WAYS, "besides") for row in table("spoken")[name]]
    yield from (*ways, *map(_without_a_moment, ways))


def _for_anybody(text: str) -> Iterator[str]:
    yield text
    yield from (text.replace(row["sentence"], "").strip() for row in table("spoken")["only_for"])


def is_closing(text: str) -> bool:
    """Whether a step belongs to the end.

    >>> is_closing("To get up, let the legs slide down and push up with your arms.")
    True
    """
    return text.startswith(tuple(table("spoken")["closing"]))


def things(sentences: Iterable[str]) -> tuple[str, ...]:
    """What has to lie ready for what these sentences say.

    >>> things(["Sit on a steady stool, knees soft."])
    ('steady stool',)
    """
    said = " ".join(sentences)
    rows = table("spoken")["things"]
    return tuple(row["thing"] for row in rows if re.search(rf"(?i)\b(?:{row['words']})\b", said))


def pillows(sentences: Iterable[str]) -> int:
    """How many pillows lie at once where these sentences are said.

    >>> pillows(["Lie on one side, pillow under the head.", "Put a pillow between your knees."])
    2
    """
    said = [text for text in sentences if "pillow" in text.lower()]
    found = 0
    for row in table("spoken")["pillows"]:
        if any(re.search(rf"(?i){row['words']}", text) for text in said):
            found += row.get("number", 1)
    return max(found, 1) if said else 0


def _facts(stretch: Stretch, limits: Limits, setting: Setting) -> Facts:
    return {
        "tag": frozenset(str(tag) for tag in limits.tags),
        "precaution": frozenset(limits.precautions_today),
        "gate": limits.gate,
        "setting": setting,
        "position": stretch.start_position,
        "upright": YES if stretch.start_position in UPRIGHT else NO,
        "kneels": YES if limits.can_kneel else NO,
        "arm": YES if limits.arm_symptoms else NO,
    }


def _numbers(stretch: Stretch) -> range:
    return range(1, len(stretch.steps) + 1)


def _of_step(stretch: Stretch, number: int, rows: Rows, known: Facts, limits: Limits) -> Iterator[str]:
    """What is said for one step: the step, a sentence of ours, both, or nothing."""
    own, replaced = _instead(number, rows), any(number in stretch.replaced_steps.get(tag, ()) for tag in limits.tags)
    if own is None or (replaced and "when" not in own):  # what is for everybody never undoes a person's own form
        beside = [row for row in rows if row.get("beside") and number in row["steps"]]
        yield from (row["say"] for row in beside if row["beside"] == "before")
        if not replaced:
            yield _for_this_person(stretch.steps[number - 1], known)
        yield from (row["say"] for row in beside if row["beside"] == "after")
    elif own["say"] and all(_instead(step, rows) is not own for step in own["steps"] if step < number):
        yield own["say"]


def _instead(number: int, rows: Rows) -> dict[str, Any] | None:
    """The row that takes the place of a step, if there is one."""
    return next((row for row in rows if number in row["steps"] and not row.get("beside")), None)


def _is_for(row: dict[str, Any], known: Facts) -> bool:
    return "when" not in row or holds(row["when"], known)


def _up(closing: Iterable[str], known: Facts, sits_a_minute: bool) -> tuple[str, ...]:
    """How to get up from lying: our words or the catalogue's."""
    up = _way("getting_up", known) or tuple(_without_opening(text) for text in closing)
    return tuple(map(_without_a_moment, up)) if sits_a_minute else up


def _without_a_moment(text: str) -> str:
    return re.sub(table("spoken")["a_moment"]["pattern"], "", text)


def _way(name: str, known: Facts) -> tuple[str, ...]:
    """The first sentence that is for this person, after what another one of theirs would have said."""
    said = next((str(row["say"]) for row in table("spoken")[name] if _is_for(row, known)), "")
    rows = (row for row in table("spoken")["besides"] if name in row["ways"] and holds(row["when"], known))
    return (*(row["say"] for row in rows if not re.search(row["unless"], said)), said) if said else ()


def _for_this_person(text: str, known: Facts) -> str:
    for row in table("spoken")["only_for"]:
        if not holds(row["when"], known):
            text = text.replace(row["sentence"], "").strip()
    return text


def _without_opening(text: str) -> str:
    opening = next(opening for opening in table("spoken")["closing"] if text.startswith(opening))
    return _as_sentence(text.removeprefix(opening).strip())


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
