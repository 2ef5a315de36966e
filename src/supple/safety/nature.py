"""What a stretch is, whoever does it: its facts, for whom it is left out or changed, and its form for some tags."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from supple.catalogue import Stretch, Tag
from supple.safety import population
from supple.safety.forms import Form, form
from supple.safety.questions import NO, YES
from supple.safety.rules import Facts
from supple.safety.tables import table


@dataclass(frozen=True)
class Nature:
    """The facts of a stretch, with whether the hands help, and for whom it is left out or changed."""

    facts: Facts
    excluded: Mapping[Tag, str]
    changed: Mapping[Tag, str]


@lru_cache(maxsize=256)
def nature(stretch: Stretch) -> Nature:
    """What a stretch is, worked out once."""
    helped = YES if stretch.id in table("limits")["hands_help"] else NO
    known = {**population.facts(stretch), "hands_help": helped}
    return Nature(known, population.excluded(stretch), population.changed(stretch))


@lru_cache(maxsize=1024)
def form_for(stretch: Stretch, tags: tuple[Tag, ...]) -> Form:
    """The form of a stretch for somebody with these tags, worked out once."""
    return form(stretch, nature(stretch).changed, tags)
