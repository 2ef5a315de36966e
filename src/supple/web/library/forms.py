"""What a visitor of the library looks for, as the address tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Self, TypeVar

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext

from supple.anatomy import MuscleGroup, Position, Setting
from supple.catalogue import Stretch, load
from supple.catalogue.collection import Collection, load_collections
from supple.web.library.words import GROUPS, POSITIONS, REGIONS, SETTINGS

LONGEST_SEARCH = 60
Word = TypeVar("Word", MuscleGroup, Position, Setting)


@dataclass(frozen=True)
class Tag:
    """One thing that is looked for, in words, and the address without it."""

    name: str
    without: str


@dataclass(frozen=True)
class Wanted:
    """Every part that is given must fit; an empty part asks nothing."""

    q: str = ""
    collection: str = ""
    muscle: str = ""
    position: str = ""
    setting: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """What an address asks for; a word that nobody knows asks nothing."""
        known: dict[str, set[str]] = {
            "collection": set(load_collections()),
            "muscle": set(GROUPS),
            "position": set(POSITIONS),
            "setting": set(SETTINGS),
        }
        chosen = {part: asked.get(part, "") for part, words in known.items() if asked.get(part, "") in words}
        return cls(q=" ".join(asked.get("q", "")[:LONGEST_SEARCH].split()), **chosen)

    @property
    def shelf(self) -> Collection | None:
        """The collection that is open."""
        return load_collections().get(self.collection)

    def found(self) -> list[Stretch]:
        """The stretches that fit; those of a collection that lists them, in its order, all others by name."""
        fitting = [stretch for stretch in load().stretches.values() if self._fits(stretch)]
        order = self.shelf.stretches if self.shelf else ()
        if order:
            return sorted(fitting, key=lambda stretch: order.index(stretch.id))
        return sorted(fitting, key=lambda stretch: (stretch.name[0].isdigit(), stretch.name))

    def _fits(self, stretch: Stretch) -> bool:
        return (
            (not self.shelf or self.shelf.has(stretch))
            and (not self.muscle or MuscleGroup(self.muscle) in load().group_shares(stretch))
            and (not self.position or stretch.start_position is Position(self.position))
            and (not self.setting or Setting(self.setting) in stretch.settings)
            and all(word in _said_of(stretch) for word in self.q.casefold().split())
        )

    def query(self, **changes: str) -> str:
        """The address's end for this wish with some parts changed."""
        wish = replace(self, **changes)
        given = {part.name: getattr(wish, part.name) for part in fields(wish) if getattr(wish, part.name)}
        return f"?{urlencode(given)}" if given else "?"

    def tags(self) -> Iterator[Tag]:
        """Everything that is looked for."""
        if self.shelf:
            yield Tag(self.shelf.name, self.query(collection=""))
        for part, known in (("muscle", _plain(GROUPS)), ("position", _plain(POSITIONS)), ("setting", _plain(SETTINGS))):
            if value := getattr(self, part):
                yield Tag(known[value], self.query(**{part: ""}))
        if self.q:
            yield Tag(gettext("“%(words)s”") % {"words": self.q}, self.query(q=""))


def _said_of(stretch: Stretch) -> str:
    """All the words under which a stretch may be found."""
    words = [stretch.name, *stretch.aliases, *stretch.equipment, str(POSITIONS[stretch.start_position])]
    words += [str(REGIONS[region]) for region in stretch.regions]
    words += [str(SETTINGS[setting]) for setting in stretch.settings]
    words += [str(GROUPS[group]) for group in load().group_shares(stretch)]
    words += [*stretch.primary, *stretch.secondary]
    return " ".join(words).casefold()


def _plain(words: Mapping[Word, str | Promise]) -> dict[str, str]:
    return {str(word): str(said) for word, said in words.items()}
