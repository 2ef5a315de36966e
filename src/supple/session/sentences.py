"""Every sentence that a session may say, worked out from catalogue and tables: what a voice must be able to say.

A few of them nobody may ever hear, since not all that is put together here meets in one person; none should be missing.
A person with three tags or more that all change the form of one stretch may hear a sentence that is not here.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from supple.anatomy import Setting, Side
from supple.catalogue import Catalogue, CycleDose, Stretch, Tag
from supple.planner.choices import undosed
from supple.planner.doses import side_count
from supple.planner.plan import Step
from supple.planner.way_in import (
    CHANGE_LYING,
    CHANGE_POSITION,
    CHANGE_SIDES,
    GET_READY,
    GET_READY_BED,
    GET_READY_LOW,
    STAND_UP,
    WAIT,
    called,
)
from supple.planner.wording import in_place, in_words
from supple.safety import population, precautions
from supple.safety.forms import otherwise_at
from supple.safety.limits import WHOLE_ARC
from supple.safety.nature import form_for
from supple.safety.spoken import Spoken, every_end, every_leaving, every_sentence, every_sitting, every_way
from supple.safety.tables import table
from supple.session.script import COUNT
from supple.session.timeline import EASE_OFF, NOTHING, SAME_SIDE, WELL_DONE, WELL_DONE_LOW

LOW = (Setting.FLOOR, Setting.BED)


def sentences(catalogue: Catalogue) -> frozenset[str]:
    """Every sentence that a session may say."""
    return frozenset((*_always(), *(text for one in catalogue.stretches.values() for text in _of(one))))


def _always() -> Iterator[str]:
    """What belongs to no stretch."""
    words = table("spoken")
    yield from (*COUNT, GET_READY, GET_READY_LOW, GET_READY_BED)
    yield from (words["warm_up"]["walking"], words["warm_up"]["in_place"])
    yield from (words["squeeze"]["say"], *STAND_UP)
    yield from (EASE_OFF, CHANGE_POSITION, WELL_DONE, WELL_DONE_LOW, NOTHING)
    yield from (
        text.format(side=side) for text in (CHANGE_SIDES, CHANGE_LYING, SAME_SIDE) for side in (Side.LEFT, Side.RIGHT)
    )
    yield from (WAIT.format(seconds=seconds) for seconds in _named("pause_s_between_positions"))
    yield from (in_place(text, setting) for text in every_way() for setting in LOW)


def _named(key: str) -> set[int]:
    """Every value that a row of the limits gives to this key."""
    tables = table("limits")
    rows = [*tables["session"].values(), *(row for rows in tables.values() if isinstance(rows, list) for row in rows)]
    return {row[key] for row in rows if key in row}


def _of(stretch: Stretch) -> Iterator[str]:
    """What belongs to one stretch: its name, its changes, its steps on either side, the way out of it."""
    yield f"Feel it: {stretch.feel_it}"
    yield from (*every_end(stretch), *every_sitting(stretch), *_changes(stretch))
    closings, sentences, breathing = every_sentence(stretch)
    leaving = every_leaving(stretch, sentences)
    for step in _steps(stretch):
        yield called(step)
        for breath in breathing:
            fitted = in_words(Spoken(sentences, (), leaving, closings, breath), step)
            yield from (*fitted.begin, *fitted.leaving, *fitted.closing, f"Breathing: {fitted.breathing}")


def _steps(stretch: Stretch) -> Iterator[Step]:
    """A step for every place and side, small and whole, with every pause and every time of rest."""
    sides = (Side.LEFT, Side.RIGHT) if side_count(stretch) == 2 else (Side.NONE,)
    arcs = (table("spoken")["small_arc"]["from_percent"], WHOLE_ARC)
    for setting, side, arc, pause_s, work_s in product(stretch.settings, sides, arcs, _pauses(stretch), _rests()):
        yield replace(undosed(stretch, setting, side), pause_s=pause_s, arc_percent=arc, work_s=work_s)


def _pauses(stretch: Stretch) -> set[int]:
    if not isinstance(stretch.dose, CycleDose):
        return {0}
    start_s = stretch.dose.pause_start_s
    return {0, start_s, *(min(start_s, most_s) for most_s in _named("pause_s_max"))}


def _rests() -> set[int]:
    """The seconds of every rest that there is."""
    return {*table("dosage")["rest_s"]["totals"]}


def _changes(stretch: Stretch) -> Iterator[str]:
    """How somebody does it differently, whoever that is."""
    telling = [tag for tag in Tag if tag in population.changed(stretch)]
    for tags in (*combinations(telling, 1), *combinations(telling, 2)):
        for text in form_for(stretch, tags).sentences:
            yield from (text, *(in_place(text, setting) for setting in stretch.settings))
    yield from (text for setting in stretch.settings for text in otherwise_at(stretch, setting))
    yield from (str(row["say"]) for row in table("limits")["limits"] if "say" in row)
    yield from (found.say for found in precautions.precautions().values() if found.say)
    rule = table("gate")
    yield rule["gentle"]["say"]
    if stretch.id in rule["ease"]["say"]:
        yield rule["ease"]["say"][stretch.id]
