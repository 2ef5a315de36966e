"""The shapes of the table about pain during a stretch: the light, what follows a red one, nerves, and tripwires."""

from dataclasses import dataclass

from supple.catalogue.words import Kind
from supple.safety.tables.person import Condition
from supple.safety.tables.session import Load, Times
from supple.safety.verdicts import Verdict
from supple.safety.words import Action, After, AfterSet, Colour, LegResponse, Quality, SpinePart


@dataclass(frozen=True)
class LightRow:
    """What pain during a stretch means."""

    id: str
    when: Condition
    colour: Colour
    action: Action
    do: str
    say: str


@dataclass(frozen=True)
class AfterRed:
    """What follows a red light of one quality."""

    then: tuple[After, ...]
    say: str


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
    only_if_pregnant: bool = False


@dataclass(frozen=True)
class TrafficLight:
    """`traffic_light.toml`."""

    source: str
    qualities: tuple[Quality, ...]
    during_exercise: tuple[LightRow, ...]
    after_red: dict[Quality, AfterRed]
    nerve: Nerve
    tripwires: tuple[TripwireRow, ...]
    leg_symptom_response: dict[LegResponse, AfterSet]
    awaits_sign_off: bool = False
