"""The shapes of the tables about a session: limits, gate, direction, and what the words of a changed form mean."""

from dataclasses import dataclass, field
from typing import Annotated

from supple.anatomy import Position, Setting
from supple.catalogue.words import Flag, Kind, Tag
from supple.safety.tables.person import Condition, Percent, Seconds
from supple.safety.verdicts import PlanKind
from supple.safety.words import Bending, Direction, Gate
from supple.shapes import Between

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
