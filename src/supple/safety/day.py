"""The day of a session: what is asked or read off the clock before each one, and never kept from the day before.

Whoever plans for another moment makes a new Today; whatever depends on the day is judged from it and from nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supple.anatomy import Setting
from supple.safety.questions import BadAnswer, Value
from supple.safety.rules import Fact
from supple.safety.words import MOST_PAIN


@dataclass(frozen=True)
class Today:
    """Pain at rest, 0 to 10, and the places there are. `week` counts from 1; `at_hour` is the hour of the day, 0 to 23.

    `minutes_since_rising` and `at_hour` are None where they are not known.
    """

    pain_now: int
    settings: tuple[Setting, ...]
    week: int = 1
    sessions_done: int = 0
    minutes_since_rising: int | None = None
    at_hour: int | None = None


def as_answered(answers: Mapping[str, Value] | Mapping[str, Fact]) -> Today:
    """The day as the answers tell of it; pain that was not told counts as the strongest.

    >>> as_answered({"nprs_rest": 3, "setting": "bed"}).settings
    (<Setting.BED: 'bed'>,)
    """
    up = answers.get("minutes_since_rising")
    return Today(
        pain_now=_whole(answers.get("nprs_rest"), MOST_PAIN),  # the strongest, where nobody said how much it hurts
        settings=places([str(answers["setting"])] if "setting" in answers else []),
        minutes_since_rising=int(up) if isinstance(up, (int, float)) else None,
    )


def places(words: Iterable[Setting | str]) -> tuple[Setting, ...]:
    """The settings that these words name, each once; raises BadAnswer."""
    try:
        return tuple(dict.fromkeys(Setting(word) for word in words))
    except ValueError as error:
        raise BadAnswer(f"setting: {error}; give one of {', '.join(Setting)}.") from error


def _whole(value: object, otherwise: int) -> int:
    return int(value) if isinstance(value, (int, float)) else otherwise
