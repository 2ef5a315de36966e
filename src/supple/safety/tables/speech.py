"""The shapes of the tables about words: what those of a changed form mean, and what is said instead of others."""

from dataclasses import dataclass
from enum import StrEnum

from supple.anatomy import Setting
from supple.catalogue.stretch import Count
from supple.safety.tables.person import Condition, Percent


@dataclass(frozen=True)
class ArcWords:
    """Words that limit the arc."""

    words: tuple[str, ...]
    arc_percent_max: Percent


@dataclass(frozen=True)
class CountWords:
    """Words that limit how often."""

    words: tuple[str, ...]
    cycles_max: Count


@dataclass(frozen=True)
class AskTheTeam:
    """Words of a form that hangs on what nobody asked."""

    words: tuple[str, ...]
    words_when_sides_alternate: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class SomethingElse:
    """Words of a form that only names something else."""

    words: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Together:
    """Changes that are said as one sentence, which holds all of them."""

    these: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class OtherwiseAt:
    """What is otherwise in a place than the figure shows it."""

    setting: Setting
    stretch: str
    say: str


@dataclass(frozen=True)
class NotAt:
    """Words of a form that cannot be done in these places."""

    words: tuple[str, ...]
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Forms:
    """`forms.toml`."""

    source: str
    arcs: tuple[ArcWords, ...]
    counts: tuple[CountWords, ...]
    without_pause: tuple[str, ...]
    left_unsaid: tuple[str, ...]
    left_unsaid_upright: tuple[str, ...]
    left_unsaid_at: dict[Setting, tuple[str, ...]]
    otherwise_at: tuple[OtherwiseAt, ...]
    together: tuple[Together, ...]
    not_at: tuple[NotAt, ...]
    seated: tuple[str, ...]
    ask_the_team_first: AskTheTeam
    something_else: SomethingElse
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Sided:
    """Words of a stretch that say one of two, and which one that is on the side that is on."""

    stretch: str
    words: str
    say: str


class Beside(StrEnum):
    """Where a sentence of ours stands beside a step that is said as well."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Instead:
    """What is said instead of steps of a stretch, or beside them, and for whom."""

    stretch: str
    steps: tuple[Count, ...]
    say: str
    when: Condition | None = None
    beside: Beside | None = None
    breathing: str = ""


@dataclass(frozen=True)
class OnlyFor:
    """A sentence that is so for some only."""

    sentence: str
    when: Condition


@dataclass(frozen=True)
class InPlace:
    """Words that belong to another place, and how they are said in this one."""

    setting: Setting
    pattern: str
    say: str


@dataclass(frozen=True)
class Away:
    """How a stretch is left; without `when` it is so for everybody."""

    stretch: str
    say: str
    when: Condition | None = None


@dataclass(frozen=True)
class SeatedFirst:
    """How to come to sit for a stretch that is done lying: for who lies, and for all others."""

    stretch: str
    lying: str
    say: str


@dataclass(frozen=True)
class InTime:
    """Words, and how they are said for the dose."""

    pattern: str
    say: str


@dataclass(frozen=True)
class Pattern:
    """Words by a regular expression."""

    pattern: str


@dataclass(frozen=True)
class Squeeze:
    """What is said at the end of a hold for those whose form has these words."""

    words: str
    say: str


@dataclass(frozen=True)
class SmallArc:
    """What takes the place of words of the whole way, for an arc of this size or less."""

    from_percent: Percent
    words: tuple[InTime, ...]


@dataclass(frozen=True)
class Way:
    """How somebody comes into a position or leaves it; without `when` it is so for everybody else."""

    say: str
    when: Condition | None = None


@dataclass(frozen=True)
class Besides:
    """What is said before a way that has another sentence for somebody; `unless` that says it already."""

    ways: tuple[str, ...]
    when: Condition
    unless: str
    say: str


@dataclass(frozen=True)
class Thing:
    """What has to lie ready where these words are said."""

    words: str
    thing: str


@dataclass(frozen=True)
class Pillows:
    """Where a pillow lies, or how many are spoken of, where a sentence speaks of one."""

    words: str
    number: Count = 1


@dataclass(frozen=True)
class WarmUp:
    """How to get warm, said before the first stretch and in the notes of a plan."""

    walking: str
    in_place: str
    note_walking: str
    note_in_place: str


@dataclass(frozen=True)
class Spoken:
    """`spoken.toml`."""

    source: str
    closing: tuple[str, ...]
    only_for: tuple[OnlyFor, ...]
    in_place: tuple[InPlace, ...]
    in_time: tuple[InTime, ...]
    changing: Pattern
    leaving: Pattern
    squeeze: Squeeze
    small_arc: SmallArc
    warm_up: WarmUp
    getting_down: tuple[Way, ...]
    lying_down: tuple[Way, ...]
    seated_first: tuple[SeatedFirst, ...]
    sided: tuple[Sided, ...]
    getting_up: tuple[Way, ...]
    turning: tuple[Way, ...]
    sitting_first: tuple[Way, ...]
    besides: tuple[Besides, ...]
    a_moment: Pattern
    clear: tuple[Away, ...]
    away: tuple[Away, ...]
    things: tuple[Thing, ...]
    pillows: tuple[Pillows, ...]
    instead: tuple[Instead, ...]
    awaits_sign_off: bool = False
