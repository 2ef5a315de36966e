"""The shapes of the table about pain during a stretch: the light, what follows a red one, nerves, and tripwires."""

from dataclasses import dataclass

from supple.catalogue.words import Kind
from supple.safety.tables.person import Condition, Seconds
from supple.safety.tables.session import Hours, Load, Pain, Times
from supple.safety.verdicts import Verdict
from supple.safety.words import Action, After, AfterSet, CallFirst, Colour, LegResponse, MoreSigns, Quality, SpinePart


@dataclass(frozen=True)
class LightRow:
    """What pain during a stretch means."""

    id: str
    when: Condition
    colour: Colour
    action: Action
    do: str
    say: str
    say_in_rest: str = ""


@dataclass(frozen=True)
class AfterRed:
    """What follows a red light of one quality; `meanwhile` is said again where it bars."""

    then: tuple[After, ...]
    say: str
    meanwhile: str = ""


@dataclass(frozen=True)
class First:
    """What is said at once of kinds of pain for which no number is asked."""

    source: str
    say: dict[Quality, str]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class EndingRow:
    """Pain in a stretch that ends the session, for some or for everybody; with a verdict it is a grave sign."""

    id: str
    when: Condition
    say: str
    source: str
    whom: Condition | None = None
    hurt_in: Condition | None = None
    meanwhile: str = ""
    call_first: CallFirst | None = None
    told: str = ""
    verdict: Verdict | None = None
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class GateWithin:
    """From which pain in a stretch on the session gate counts for the rest of the session."""

    from_pain: Pain
    source: str
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class SameMuscles:
    """After which red lights the same muscles are left alone in any form."""

    source: str
    nothing: str
    stays: Condition
    only_rests_at: Times
    came: dict[Quality, str]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class SameWay:
    """After which red lights the spine is not loaded the same way again."""

    source: str
    nothing: str
    week: tuple[Quality, ...]
    came: dict[Quality, str]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class EnoughToday:
    """What is said where a plan of the same day has only rest after a red light."""

    source: str
    hours: Hours
    left: str
    in_session: str
    came: dict[Quality, str]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class WeekAfter:
    """What else a red light of these qualities leaves out for a week."""

    id: str
    qualities: tuple[Quality, ...]
    leaves_out: Condition
    why: str
    source: str
    hurt_in: Condition | None = None
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class ComesBack:
    """In how many sessions of a week a red light of these qualities may come before somebody has to look."""

    id: str
    qualities: tuple[Quality, ...]
    sessions: Times
    told: str
    source: str
    from_pain: Pain = 0
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class LegAsked:
    """From how many seconds of work on a leg is asked after a step that was skipped."""

    source: str
    from_work_s: Seconds
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class LegReview:
    """In how many sessions a leg may say "the same" before somebody has to look."""

    leaves_out: Condition
    source: str
    sessions: Times
    ask: str
    why: str
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class NervePart:
    """A part of the body whose nerves may answer, and what is left out when they do."""

    hurt_in: Condition
    spine: SpinePart
    leaves_out: Condition
    nothing: str
    spare: str
    arm_symptoms: bool = False


@dataclass(frozen=True)
class Nerve:
    """What a red light of a nerve quality leaves out."""

    source: str
    loaded_from: Load
    by_the_way_in: tuple[Kind, ...]
    moved_on: tuple[Quality, ...]
    ends_session_at: Times
    ends_say: str
    ends_told: str
    came: dict[Quality, str]
    parts: dict[str, NervePart]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class TripwireRow:
    """A sign that ends a session."""

    id: str
    when: str
    do: str
    verdict: Verdict | None = None
    only_if: MoreSigns | None = None
    say: str = ""
    call_first: CallFirst | None = None


@dataclass(frozen=True)
class TrafficLight:
    """`traffic_light.toml`."""

    source: str
    qualities: tuple[Quality, ...]
    during_exercise: tuple[LightRow, ...]
    after_red: dict[Quality, AfterRed]
    first: First
    ends_session: tuple[EndingRow, ...]
    gate_within: GateWithin
    same_muscles: SameMuscles
    same_way: SameWay
    enough_today: EnoughToday
    week_after: tuple[WeekAfter, ...]
    comes_back: tuple[ComesBack, ...]
    nerve: Nerve
    tripwires: tuple[TripwireRow, ...]
    leg_symptom_response: dict[LegResponse, AfterSet]
    leg_asked: LegAsked
    leg_review: LegReview
    awaits_sign_off: bool = False
