"""What a person tells of a session among the answers: which stretch, pain before and during, and how it felt."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from supple.catalogue import UnknownStretch, load
from supple.safety.gate import PainError, pain
from supple.safety.traffic_light import Colour, Light, Quality, colour

EXAMPLE = "{exercise: cat_camel, before: 2, during: 6, quality: sharp}"


class ToldError(ValueError):
    """What was told of a session cannot be understood, so nothing may be concluded from it."""


@dataclass(frozen=True)
class Told:
    """A stretch (`exercise`, by its id or name), pain before and during it (0 to 10), and how it felt."""

    exercise: str
    before: int
    during: int
    quality: Quality

    @property
    def light(self) -> Light:
        """What the traffic light makes of it."""
        return colour(self.before, self.during, self.quality, load().stretch(self.exercise))

    @property
    def is_red(self) -> bool:
        """Whether the stretch has to stay out."""
        return self.light.colour is Colour.RED

    def dumps(self) -> str:
        """One line of JSON, which `told` reads back."""
        return json.dumps(asdict(self), sort_keys=True)


def told(value: object) -> Told:
    """The session that an answer tells of, from a table or from `dumps`; raises ToldError naming what is wrong.

    >>> told({"exercise": "cat_camel", "before": 2, "during": 6, "quality": "sharp"}).is_red
    True
    """
    table = _table(value)
    if set(table) != {"exercise", "before", "during", "quality"}:
        raise ToldError(f"write it like {EXAMPLE}, or leave it out.")
    try:
        stretch = load().named(str(table["exercise"]))
        quality = Quality(str(table["quality"]).strip().lower())
        return Told(stretch.id, pain(table["before"], "before"), pain(table["during"], "during"), quality)
    except (UnknownStretch, PainError) as error:
        raise ToldError(str(error)) from error
    except ValueError as error:
        raise ToldError(f"{table['quality']!r} is no quality; give one of {', '.join(Quality)}.") from error


def _table(value: object) -> Mapping[str, object]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    return value if isinstance(value, Mapping) else {}
