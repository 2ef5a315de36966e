"""What a person may do today: what verdict, tags, pain, place and hour allow, before any one stretch is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from supple.anatomy import Position, Setting
from supple.catalogue import Kind, Tag
from supple.safety import precautions
from supple.safety.day import Today, as_answered
from supple.safety.direction import Direction, effect
from supple.safety.dosage import Dosage, dosage
from supple.safety.gate import Gate, gate, pain
from supple.safety.questions import UNSURE, YES, facts, read, readable, settle
from supple.safety.screening import Screening
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import MoreSigns

ARM = "arm_pain_or_tingling"


@dataclass(frozen=True)
class Limits:
    """What verdict, tags and other answers allow on the day of the session.

    `precautions` are those that the answers call for; `precautions_today` has those of today's pain besides.
    """

    verdict: Verdict
    plan: PlanKind
    direction: Direction
    tags: tuple[Tag, ...]
    age: int
    can_kneel: bool
    arm_symptoms: bool
    unsure_direction: bool
    today: Today
    precautions: tuple[str, ...] = ()
    pregnant: bool = False

    @property
    def dosage(self) -> Dosage:
        """The dosage table at this age."""
        return dosage(self.age)

    @property
    def more_signs(self) -> tuple[MoreSigns, ...]:
        """Whose signs are asked about besides those of everybody."""
        found = {MoreSigns.PREGNANCY: self.pregnant, MoreSigns.LOOSE_NECK: Tag.ATLANTOAXIAL_RISK in self.tags}
        return tuple(more for more, so in found.items() if so)

    @property
    def gate(self) -> Gate:
        """What the pain of now lets the session hold."""
        return gate(self.today.pain_now).gate

    @property
    def gentle_only(self) -> bool:
        """Whether pain keeps the session to gentle things or less."""
        return self.gate is not Gate.FULL_PLAN

    @property
    def start_dose(self) -> bool:
        """Whether doses stay at their start: in the first weeks, and on days of more pain."""
        spared = any(precautions.precautions()[name].start_dose for name in self.precautions_today)
        return spared or self.gentle_only or self.today.week <= _plan_kind(self, "start_dose_weeks")

    @cached_property
    def precautions_today(self) -> tuple[str, ...]:
        """The precautions that the answers and the pain of now call for."""
        return (*self.precautions, *precautions.of_the_day(self.today.pain_now))

    @property
    def session_minutes_max(self) -> int:
        """How long a session may be."""
        longest = self.dosage.session_minutes_max
        return min(longest, _plan_kind(self, "max_session_minutes_week_1")) if self.today.week <= 1 else longest

    @property
    def first(self) -> tuple[str, ...]:
        """The stretches that come first for the direction."""
        return effect(self.direction).first

    @property
    def preferred_kinds(self) -> tuple[Kind, ...]:
        """The kinds that suit the tags best."""
        return tuple(Kind(word) for word in _joined(self, "prefer_kinds"))

    @property
    def preferred_positions(self) -> tuple[Position, ...]:
        """The start positions that suit the tags best."""
        return tuple(Position(word) for word in _joined(self, "prefer_start_positions"))

    @property
    def pause_between_positions_s(self) -> int:
        """How long to wait when changing position."""
        return _largest(self, "pause_s_between_positions")

    @property
    def ask_after_each_set(self) -> bool:
        """Whether to ask after each set what the leg says; see `traffic_light.after_set`."""
        return any(row.get("ask_after_each_set") for row in _session_rows(self))

    @property
    def warm_up(self) -> str:
        """What to do first, as a sentence."""
        least = max(self.dosage.warm_up_minutes_min, _largest(self, "warm_up_minutes"))
        usual = max(self.dosage.warm_up_minutes, least)
        time = f"{usual} minutes" if least == usual else f"{least} to {usual} minutes"
        words = table("spoken")["warm_up"]["note_walking" if self.walks else "note_in_place"]
        return str(words.format(time=time))

    @property
    def walks(self) -> bool:
        """Whether nothing speaks against walking about: unsure feet, dizziness, a bed as the only place to be."""
        unsure = {Tag.BALANCE_PROBLEM, Tag.VERTIGO_OR_DIZZINESS, Tag.CANNOT_USE_FLOOR}
        return not unsure & {*self.tags} and set(self.today.settings) != {Setting.BED}


def limits(
    screening: Screening,
    answers: Mapping[str, object],
    today: Today | None = None,
) -> Limits:
    """The limits of a screened person on a day; without one, on the day that the answers tell of.

    Where there is no plan, what was not asked counts as the strictest. Raises BadAnswer, PainError.
    """
    known = facts(settle(read(answers)) if screening.plan is not PlanKind.NONE else readable(answers))
    today = today or as_answered(known)
    pain(today.pain_now, "pain now")
    return Limits(
        verdict=screening.verdict,
        plan=screening.plan,
        direction=screening.direction or Direction.BOTH_SENSITIVE,
        tags=screening.tags,
        age=whole_number(known.get("age"), 0),
        can_kneel=known.get("can_kneel") == YES,
        arm_symptoms=known.get("arm_pain_or_tingling")
        in table("limits")["symptom_filters"]["arm_pain_or_tingling"]["when"],
        unsure_direction=UNSURE in (known.get("flexion_effect"), known.get("extension_effect")),
        today=replace(today, settings=_reachable(today.settings, screening.tags)),
        precautions=precautions.taken(known, screening.tags),
        pregnant=known.get("pregnant") in (YES, UNSURE) or "pregnant_weeks" in known,
    )


def whole_number(value: object, otherwise: int) -> int:
    """`value` as a whole number; `otherwise` where it is none."""
    return int(value) if isinstance(value, (int, float)) else otherwise


def _reachable(settings: tuple[Setting, ...], tags: tuple[Tag, ...]) -> tuple[Setting, ...]:
    """The settings without the floor for somebody who cannot use it."""
    return tuple(s for s in settings if not (s is Setting.FLOOR and Tag.CANNOT_USE_FLOOR in tags))


def _plan_kind(limits: Limits, key: str) -> int:
    return int(table("limits")["plan_kinds"][limits.plan][key])


def _session_rows(limits: Limits) -> list[Mapping[str, object]]:
    return [row for tag, row in table("limits")["session"].items() if tag in limits.tags]


def _largest(limits: Limits, key: str) -> int:
    return max((whole_number(row[key], 0) for row in _session_rows(limits) if key in row), default=0)


def _joined(limits: Limits, key: str) -> list[str]:
    rows = (row.get(key, ()) for row in _session_rows(limits))
    return [str(word) for words in rows if isinstance(words, list) for word in words]
