"""The page of a film: whatever has to be read is there, whole, and lies on nothing else."""

from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest

from supple.anatomy import Setting
from supple.catalogue import load
from supple.figure.stills import Backing
from supple.planner import Plan, PlanRefused
from supple.session import timeline
from supple.session.cue_words import otherwise
from supple.session.script import script
from supple.video.film import Wanted, film
from supple.video.moments import ENGLISH
from supple.video.page import COLOURS, Lasting, Row, caption, card_rows, layout, words
from supple.video.reel import Card
from supple.video.words import safety
from tests.people import planned, vignette
from tests.safety.people import VIGNETTES

PAINT = COLOURS[Backing.LIGHT]
STEP = Lasting(6, 1, "Right side, about 50 % of the way", "", "", "", 300.0)
SIZES = {
    "a television": (1280, 720),
    "a large one": (1920, 1080),
    "a phone": (720, 1280),
    "a square": (1080, 1080),
    "an old television": (640, 480),
}
sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


@cache
def plans() -> tuple[Plan, ...]:
    """Long sessions of everybody who may have one, wherever they are."""
    found = []
    for who in VIGNETTES:
        with suppress(PlanRefused):
            found.append(planned(vignette(who, 40, tuple(Setting))))
    return tuple(found)


def to_read() -> set[tuple[str, str]]:
    """Every name with what to feel, or with what somebody has to do otherwise."""
    felt = {(stretch.name, stretch.feel_it) for stretch in load().stretches.values()}
    changed = {(step.name, otherwise(step, ENGLISH)) for plan in plans() for step in plan.steps if step.changes}
    assert len(changed) > 10
    return felt | changed


def text(rows: list[Row]) -> str:
    return " ".join(row.text for row in rows)


@sizes
def test_what_to_feel_and_what_to_do_otherwise_is_there_to_the_last_word(size: tuple[int, int]) -> None:
    where = layout(size)
    for title, cue in to_read():
        rows = words(replace(STEP, title=title, cue=cue), where, PAINT)

        assert text(rows) == f"{STEP.above} {title} {cue}"
        assert rows[-1].bottom <= where.words[3], (title, cue)
        assert all(row.face.getlength(row.text) <= where.words[2] - where.words[0] for row in rows)


@sizes
def test_a_sentence_stays_in_its_place(size: tuple[int, int]) -> None:
    where = layout(size)
    for sentence in {line.text for plan in plans() for line in script(timeline(plan, load()))}:
        rows = caption(sentence, where, PAINT)

        assert text(rows) == sentence
        assert rows[0].top >= where.caption[1]
        assert rows[-1].bottom <= where.caption[3], sentence


@sizes
def test_the_first_card_tells_what_to_have_ready_and_the_last_how_to_get_up_and_both_when_to_stop(
    size: tuple[int, int],
) -> None:
    for plan in plans():
        made = film(plan, Wanted(size))
        cards = [part for part in made.parts() if isinstance(part, Card)]
        first, last = (card_rows(card.lines, size, PAINT) for card in cards)

        assert all(note in text(first) for note in plan.notes)
        assert all(sentence in text(last) for sentence in made.line.cues[-1].say)
        for rows in (first, last):
            assert all(sign in text(rows) for sign in safety(plan))
            assert safety(plan)[-1].startswith("Stop at once")
            assert rows[0].top >= 0
            assert rows[-1].bottom <= size[1]


@sizes
def test_nothing_lies_on_anything_else(size: tuple[int, int]) -> None:
    where = layout(size)
    boxes = [where.bar, where.words, where.stage, where.clock, where.ahead, where.caption]

    for n, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= size[0]
        assert 0 <= one[1] < one[3] <= size[1]
        for other in boxes[n + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
