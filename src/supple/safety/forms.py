"""The changed form of a stretch for somebody, and what its words mean: how far, without a pause, or not at all.

Words are matched as `tables/forms.toml` lists them; a form that says a limit in other words is not understood here, and
its sentence is all there is.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supple.anatomy import UPRIGHT, Position, Setting
from supple.catalogue import Sides, Stretch, Tag, load
from supple.safety import population
from supple.safety.tables import table

AT_MOST_S = re.compile(r"(?:, )?(?:hold )?(\d+) s at most")
AN_ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


@dataclass(frozen=True)
class Form:
    """The changes as sentences. `arc_percent_max` is None where no word limits the arc, and so is `cycles_max`.

    `cannot_be` says why the stretch is left out in this form, `names_another` that a stretch to do instead is named;
    in the places of `not_at` it cannot be done.
    """

    sentences: tuple[str, ...]
    arc_percent_max: int | None
    without_pause: bool
    cannot_be: str | None
    names_another: bool
    not_at: tuple[Setting, ...]
    cycles_max: int | None


def form(stretch: Stretch, changed: Mapping[Tag, str], tags: Collection[Tag]) -> Form:
    """What `changed`, the changes of a stretch by tag, makes of it for somebody with these tags."""
    words = table("forms")
    texts = [
        _worth_saying(text, upright=stretch.start_position in UPRIGHT)
        for tag, text in changed.items()
        if tag in tags and (tag is not Tag.CANNOT_USE_FLOOR or tag in stretch.changes)  # the place goes without saying
    ]
    arcs = [row["arc_percent_max"] for row in words["arcs"] if _said(row["words"], texts)]
    return Form(
        sentences=tuple(_each_once([_sentence(text) for text in _shortest_only(_together(texts)) if text])),
        arc_percent_max=min(arcs, default=None),
        without_pause=_said(words["without_pause"], texts),
        cannot_be=_why_not(stretch, texts),
        names_another=any(found in load().stretches for text in texts for found in AN_ID.findall(text)),
        not_at=tuple(Setting(s) for row in words["not_at"] if _said(row["words"], texts) for s in row["settings"]),
        cycles_max=min((row["cycles_max"] for row in words["counts"] if _said(row["words"], texts)), default=None),
    )


def changed_form(stretch: Stretch, tags: Collection[Tag]) -> Form:
    """The form of a stretch for somebody with these tags.

    >>> changed_form(load().stretch("seated_pelvic_tilt"), [Tag.FLEXION_SENSITIVE]).arc_percent_max
    25
    """
    return form(stretch, population.changed(stretch), tags)


def _why_not(stretch: Stretch, texts: Collection[str]) -> str | None:
    """Why the form cannot be carried out here: it hangs on what nobody asked, or only names something else to do."""
    words = table("forms")
    ask, elsewhere = words["ask_the_team_first"], words["something_else"]
    dark = [*ask["words"], *(ask["words_when_sides_alternate"] if stretch.sides is Sides.ALTERNATE_SIDES else ())]
    if _said(dark, texts):
        return str(ask["say"])
    return str(elsewhere["say"]) if _said(elsewhere["words"], texts) else None


def here(changes: Iterable[str], setting: Setting) -> tuple[str, ...]:
    """The changes without those that go without saying in this place.

    >>> here(["On the bed if the floor is hard.", "Elbows soft."], Setting.BED)
    ('Elbows soft.',)
    """
    patterns = table("forms")["left_unsaid_at"].get(setting, ())
    return tuple(change for change in changes if not any(re.fullmatch(pattern, change) for pattern in patterns))


def otherwise_at(stretch: Stretch, setting: Setting) -> tuple[str, ...]:
    """What is otherwise in this place than the figure shows it, for everybody."""
    rows = (row for row in table("forms")["otherwise_at"] if row["stretch"] == stretch.id)
    return tuple(row["say"] for row in rows if row["setting"] == setting)


def is_seated(changes: Iterable[str]) -> bool:
    """Whether one of these changes has one sit on a chair.

    >>> is_seated(["Seated."]), is_seated(["Seated if unsure on the feet."])
    (True, False)
    """
    patterns = table("forms")["seated"]
    return any(re.fullmatch(pattern, change) for pattern in patterns for change in changes)


def position_in(stretch: Stretch, changes: Iterable[str]) -> Position:
    """Where a stretch begins in the form that these changes make of it.

    >>> position_in(load().stretch("standing_side_bend"), ["Seated."]).value
    'seated_chair'
    """
    stands = stretch.start_position is Position.STANDING
    return Position.SEATED_CHAIR if stands and is_seated(changes) else stretch.start_position


def _together(texts: Sequence[str]) -> list[str]:
    """The texts, those that contradict each other in one sentence."""
    found = list(texts)
    for row in table("forms")["together"]:
        if all(one in found for one in row["these"]):
            found = [row["say"] if text == row["these"][0] else text for text in found if text not in row["these"][1:]]
    return found


def _shortest_only(texts: Sequence[str]) -> list[str]:
    """The texts with the shortest of the times that a hold may last, where they name several.

    >>> _shortest_only(["at 70 %, hold 20 s at most; laxer", "hold 15 s at most, then squeeze"])
    ['at 70 %; laxer', 'hold 15 s at most, then squeeze']
    """
    named = [int(found) for text in texts for found in AT_MOST_S.findall(text)]
    return [AT_MOST_S.sub(lambda found: found[0] if int(found[1]) == min(named) else "", text) for text in texts]


def _worth_saying(text: str, *, upright: bool) -> str:
    """The note without what goes without saying, such as what the person has answered before."""
    for words in (*table("forms")["left_unsaid"], *(table("forms")["left_unsaid_upright"] if upright else ())):
        text = re.sub(words, "", text)
    return text.strip("; ")


def _each_once(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences without those that another one says as well."""
    for index, sentence in enumerate(sentences):
        core = sentence.rstrip(".").lower()
        others = [*sentences[:index], *(other for other in sentences[index + 1 :] if other != sentence)]
        if not any(core in other.lower() for other in others):
            yield sentence


def _said(words: Collection[str], texts: Collection[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words for text in texts)


def _sentence(text: str) -> str:
    """A note of the catalogue as a sentence, with the ids of stretches in words.

    >>> _sentence("fists, or seated_cat_cow")
    'Fists, or seated cat-cow (desk).'
    """
    words = AN_ID.sub(_name, text).rstrip(".")
    return words[:1].upper() + words[1:] + "."


def _name(found: re.Match[str]) -> str:
    stretch = load().stretches.get(found[0])
    name = stretch.name if stretch else found[0].replace("_", " ")
    return name[:1].lower() + name[1:]
