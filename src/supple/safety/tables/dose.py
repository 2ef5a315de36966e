"""The shapes of the tables about doses and what they do: how much, how much more, and what pain means."""

from dataclasses import dataclass
from typing import Annotated

from supple.catalogue.words import Tag
from supple.safety.tables.person import Condition, Percent, Seconds
from supple.safety.tables.session import Days, Hours, Load, Minutes, Pain, Times, Weeks
from supple.safety.words import (
    AgeBand,
    Outcome,
)
from supple.shapes import Between

Years = Annotated[int, Between(0, 120)]


@dataclass(frozen=True)
class HoldRow:
    """Holds at one age: the least and the most in week 1, the same as a target, and the longest of all."""

    week_1: tuple[Seconds, Seconds]
    target: tuple[Seconds, Seconds]
    max: Seconds


@dataclass(frozen=True)
class Exempt:
    """Stretches whose own figures stand."""

    stretches: tuple[str, ...]


@dataclass(frozen=True)
class Repetitions:
    """How many repetitions."""

    start: Times
    target: Times


@dataclass(frozen=True)
class DaySeconds:
    """Seconds for a muscle in a day."""

    absolute_max: Seconds
    if_7_days_a_week_max: Seconds


@dataclass(frozen=True)
class WeekSeconds:
    """Seconds for a muscle in a week."""

    max: Seconds


@dataclass(frozen=True)
class SessionMinutes:
    """How long a session is."""

    maximum: Minutes


@dataclass(frozen=True)
class WarmUp:
    """How long to warm up."""

    default: Minutes
    minimum: Minutes


@dataclass(frozen=True)
class Arc:
    """How far week 1 goes, and by how much it widens."""

    source: str
    start: Percent
    step: Percent
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class SpacingRow:
    """For how long a muscle rests: after little, after `full_from_s` seconds and more, and after long soreness."""

    full_from_s: Seconds
    light_h: Hours
    full_h: Hours
    sore_h: Hours


@dataclass(frozen=True)
class ShortestHold:
    """The shortest holds there are."""

    source: str
    anybody: Seconds
    from_65: Seconds
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class RestSeconds:
    """How long plain rest may last."""

    source: str
    totals: tuple[Seconds, ...]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class SpineScores:
    """What the scores of load on the spine mean."""

    source: str
    end_of_range_from: Load
    moving_from: Load
    restful_to: Load
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Dosage:
    """`dosage.toml`."""

    source: str
    years: dict[AgeBand, Years]
    hold_s_by_age: dict[AgeBand, HoldRow]
    exempt_from_65_plus_target: Exempt
    repetitions: Repetitions
    seconds_per_muscle_per_day: DaySeconds
    seconds_per_muscle_per_week: WeekSeconds
    session_minutes: SessionMinutes
    spacing_same_muscle: SpacingRow
    warm_up_minutes: WarmUp
    arc_percent: Arc
    shortest_hold_s: ShortestHold
    rest_s: RestSeconds
    spine_score: SpineScores
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class MayProgress:
    """What the last sessions must have been."""

    green_sessions: Times
    repeat_at_most: Times
    adherence_percent: Percent


@dataclass(frozen=True)
class Steps:
    """By how much one variable grows."""

    hold_s: Seconds
    repetitions: Times
    arc_percent: Percent


@dataclass(frozen=True)
class Waits:
    """The days between two steps."""

    default: Days
    after_flare: Days
    by_tag: dict[Tag, Days]


@dataclass(frozen=True)
class AfterABreak:
    """What days without a session take back."""

    source: str
    back_after_days: Days
    anew_after_days: Days
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Fixed:
    """For whom the range never grows."""

    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class Progression:
    """`progression.toml`."""

    source: str
    review_weeks: tuple[Weeks, ...]
    may_progress_when: MayProgress
    steps: Steps
    minimum_days_between_steps: Waits
    after_a_break: AfterABreak
    never_increase_range: Fixed
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class DayAfterRow:
    """What the day after means."""

    id: str
    when: Condition
    do: Outcome
    say: str


@dataclass(frozen=True)
class SoreHours:
    """For how many hours of soreness each answer stands."""

    not_at_all: Hours
    up_to_a_day: Hours
    one_to_two_days: Hours
    more_than_two_days: Hours


@dataclass(frozen=True)
class DayAfterAsked:
    """When the day after a session is asked about, and what the answers stand for."""

    source: str
    from_hours: Hours
    sore_hours: SoreHours
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class EasyRow:
    """A stretch for the days of a flare-up."""

    stretch: str
    arc_percent: Percent | None = None


@dataclass(frozen=True)
class EasyDays:
    """The stretches of the easy days, by what somebody can lie on."""

    usual: tuple[EasyRow, ...]
    if_lying_on_the_back_is_excluded: tuple[EasyRow, ...]
    chair_only: tuple[EasyRow, ...]


@dataclass(frozen=True)
class RestartDose:
    """How to begin again."""

    share_percent: Percent
    within_points_of_usual: Pain
    growth_percent: tuple[Percent, Percent]


@dataclass(frozen=True)
class Escalate:
    """When a flare-up leads to somebody, as which rule and for which reason."""

    id: str
    reason: str
    not_settling_after_days: Days
    flares_in_30_days: Times


@dataclass(frozen=True)
class Usual:
    """Of how many sessions the middle pain is usual."""

    source: str
    of_sessions: Times
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Flare:
    """A flare-up: what it is, and what follows."""

    days: Days
    walks: str
    help: str
    help_after_spine_surgery: str
    days_1_3: EasyDays
    restart_dose: RestartDose
    escalate: Escalate
    usual: Usual


@dataclass(frozen=True)
class Felt:
    """The smallest change of pain that is felt."""

    source: str
    points: Pain
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Aftercare:
    """`aftercare.toml`."""

    source: str
    after_24h: tuple[DayAfterRow, ...]
    asked: DayAfterAsked
    felt: Felt
    flare: Flare
    awaits_sign_off: bool = False
