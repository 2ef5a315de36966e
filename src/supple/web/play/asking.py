"""What a session may be asking while its clock stands still, so that a closed window or a kill forgets no question."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """The question, or what is told before one goes on."""

    NOTHING = "nothing"
    KIND = "kind"
    STRENGTH = "strength"
    SETTLES = "settles"
    SIGNS = "signs"
    LEG = "leg"
    TOLD = "told"


@dataclass(frozen=True)
class Open:
    """An open question. `quality` and `during` are what was answered so far; `said` is told when the signs are denied.

    `only_end`: nothing but the end of the session can follow. `eased`: the same stretch comes again, smaller.
    """

    what: What = What.NOTHING
    quality: str = ""
    during: int = 0
    said: str = ""
    only_end: bool = False
    eased: bool = False


NOTHING = Open()
