"""The shapes of the tables about a session: limits, gate, direction, and what the words of a changed form mean."""

from dataclasses import dataclass, field
from typing import Annotated

from supple.anatomy import Position, Setting
from supple.catalogue.stretch import Between, Count
from supple.catalogue.words import Flag, Kind, Tag
from supple.safety.tables.person import Condition, Percent, Seconds
from supple.safety.verdicts import PlanKind
from supple.safety.words import Bending, Direction, Gate

Pain = Annotated[int, Between(0, 10)]
Load = Annotated[int, Between(1, 3)]
Minutes = Annotated[int, Between(0, 1440)]
Hours = Annotated[int, Between(0, 168)]
Days = Annotated[int, Between(0, 366)]
Weeks = Annotated[int, Between(0, 520)]
Times = Annotated[int, Between(0, 100)]


@dataclass(frozen=True)
class LimitRow:
    """What a tag limits in a stretch."""

    tag: Tag
    when: Condition | None = None
    arc_percent_max: Percent | None = None
    hold_s_max: Seconds | None = None
    pause_s_max: Seconds | None = None
    say: str = ""


@dataclass(frozen=True)
class SessionRow:
    """What a tag limits in the whole session."""

    prefer_kinds: tuple[Kind, ...] = ()
    prefer_start_positions: tuple[Position, ...] = ()
    warm_up_minutes: Minutes = 0
    pause_s_between_positions: Seconds = 0
    ask_after_each_set: bool = False


@dataclass(frozen=True)
class PlanKindRow:
    """What a kind of plan allows."""

    start_dose_weeks: Weeks
    max_session_minutes_week_1: Minutes
    pull_max: Pain
    catalogue_progressions_from_week: Weeks


@dataclass(frozen=True)
class ArmFilter:
    """What pain or tingling down an arm leaves out."""

    when: tuple[str, ...]
    exclude_flags: tuple[Flag, ...]
    reason: str
    exclude_when: Condition
    held_reason: str


@dataclass(frozen=True)
class SymptomFilters:
    """Filters by a symptom that is no tag."""

    arm_pain_or_tingling: ArmFilter


@dataclass(frozen=True)
class Rising:
    """How long after getting up which bend of the low back waits."""

    minutes: Minutes
    lumbar_flexion_from: Load


@dataclass(frozen=True)
class AfterRising:
    """What waits after getting up, for those with a tag and for everyone else."""

    assumed_up_from_hour: Annotated[int, Between(0, 23)]
    everyone_else: Rising
    by_tag: dict[Tag, Rising]


@dataclass(frozen=True)
class Limits:
    """`limits.toml`."""

    source: str
    limits: tuple[LimitRow, ...]
    hands_help: tuple[str, ...]
    session: dict[Tag, SessionRow]
    plan_kinds: dict[PlanKind, PlanKindRow]
    symptom_filters: SymptomFilters
    after_rising: AfterRising
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class GateRow:
    """What pain from the first to the last number of `range` allows."""

    range: tuple[Pain, Pain]
    allow: Gate
    say: str


@dataclass(frozen=True)
class Gentle:
    """The session of a day of more pain."""

    kinds: tuple[Kind, ...]
    arc_percent_max: Percent
    say: str


@dataclass(frozen=True)
class Ease:
    """How a position of ease is done."""

    arc_percent_max: Percent
    smaller: dict[str, Percent] = field(default_factory=dict)
    say: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GateTable:
    """`gate.toml`."""

    source: str
    gates: tuple[GateRow, ...]
    gentle: Gentle
    positions_of_ease: dict[Setting, tuple[str, ...]]
    ease: Ease
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Unsure:
    """What holds while a direction is not known."""

    counts_as: Bending
    sessions: Times
    smallest_arc_if: Condition


@dataclass(frozen=True)
class EffectRow:
    """What a direction leaves out, makes small and puts first."""

    exclude: tuple[str, ...] = ()
    smallest_arc: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class DirectionTable:
    """`direction.toml`."""

    source: str
    smallest_arc_percent: Percent
    unsure: Unsure
    table: dict[Bending, dict[Bending, Direction]]
    effects: dict[Direction, EffectRow]
    awaits_sign_off: bool = False


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
    together: tuple[Together, ...]
    not_at: tuple[NotAt, ...]
    seated: tuple[str, ...]
    ask_the_team_first: AskTheTeam
    something_else: SomethingElse
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Instead:
    """What is said instead of steps of a stretch, or beside them, and for whom."""

    stretch: str
    steps: tuple[Count, ...]
    say: str
    when: Condition | None = None
    beside: bool = False
    breathing: str = ""


@dataclass(frozen=True)
class OnlyFor:
    """A sentence that is so for some only."""

    sentence: str
    when: Condition


@dataclass(frozen=True)
class InTime:
    """Words for a time, and how they are said for the dose."""

    pattern: str
    say: str


@dataclass(frozen=True)
class SecondSide:
    """What goes unsaid on the second side."""

    pattern: str


@dataclass(frozen=True)
class Way:
    """How somebody leaves a position; without `when` it is so for everybody else."""

    say: str
    when: Condition | None = None


@dataclass(frozen=True)
class Thing:
    """What has to lie ready where these words are said."""

    words: str
    thing: str


@dataclass(frozen=True)
class Spoken:
    """`spoken.toml`."""

    source: str
    closing: tuple[str, ...]
    only_for: tuple[OnlyFor, ...]
    in_time: tuple[InTime, ...]
    second_side: SecondSide
    getting_up: tuple[Way, ...]
    turning: tuple[Way, ...]
    things: tuple[Thing, ...]
    instead: tuple[Instead, ...]
    awaits_sign_off: bool = False
