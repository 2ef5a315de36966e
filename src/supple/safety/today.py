"""What a person may do today: what verdict, tags, pain, place and hour allow, before any one stretch is looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supple.anatomy import Position, Setting
from supple.catalogue import Kind, Tag
from supple.safety import precautions
from supple.safety.direction import Direction, effect
from supple.safety.dosage import Dosage, dosage
from supple.safety.gate import Gate, gate, pain
from supple.safety.questions import UNSURE, YES, BadAnswer, facts, read, readable, settle
from supple.safety.rules import Facts
from supple.safety.screening import Screening
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict

ARM = "arm_pain_or_tingling"


@dataclass(frozen=True)
class Limits:
    """What verdict, tags, pain, place and hour allow. `week` counts from 1; `at_hour` is the hour of the day, 0 to 23.

    `minutes_since_rising` and `at_hour` are None where they are not known.
    """

    verdict: Verdict
    plan: PlanKind
    direction: Direction
    tags: tuple[Tag, ...]
    age: int
    pain_now: int
    settings: tuple[Setting, ...]
    can_kneel: bool
    arm_symptoms: bool
    unsure_direction: bool
    minutes_since_rising: int | None = None
    at_hour: int | None = None
    week: int = 1
    sessions_done: int = 0
    precautions: tuple[str, ...] = ()
    pregnant: bool = False

    @property
    def dosage(self) -> Dosage:
        """The dosage table at this age."""
        return dosage(self.age)

    @property
    def gate(self) -> Gate:
        """What the pain of now lets the session hold."""
        return gate(self.pain_now).gate

    @property
    def gentle_only(self) -> bool:
        """Whether pain keeps the session to gentle things or less."""
        return self.gate is not Gate.FULL_PLAN

    @property
    def start_dose(self) -> bool:
        """Whether doses stay at their start: in the first weeks, and on days of more pain."""
        spared = any(precautions.precautions()[name].start_dose for name in self.precautions)
        return spared or self.gentle_only or self.week <= _plan_kind(self, "start_dose_weeks")

    @property
    def session_minutes_max(self) -> int:
        """How long a session may be."""
        longest = self.dosage.session_minutes_max
        return min(longest, _plan_kind(self, "max_session_minutes_week_1")) if self.week <= 1 else longest

    @property
    def pull_max(self) -> int:
        """The strongest pull, of 10."""
        return min(self.dosage.pull_max, _plan_kind(self, "pull_max"))

    @property
    def offers_progressions(self) -> bool:
        """Whether the harder variants of the catalogue may be offered."""
        return self.week >= _plan_kind(self, "catalogue_progressions_from_week")

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
        return f"Warm up first: walk about or move your arms and legs lightly for {time}, on top of the session."


def limits(
    screening: Screening,
    answers: Mapping[str, object],
    *,
    settings: Iterable[Setting | str] | None = None,
    pain_now: int | None = None,
    week: int = 1,
    sessions_done: int = 0,
    minutes_since_rising: int | None = None,
    at_hour: int | None = None,
) -> Limits:
    """The limits of a screened person today. `settings` and `pain_now` replace the answers `setting` and `nprs_rest`.

    Where there is no plan, what was not asked counts as the strictest. Raises BadAnswer for an unknown setting.
    """
    known = facts(settle(read(answers)) if screening.plan is not PlanKind.NONE else readable(answers))
    up = known.get("minutes_since_rising") if minutes_since_rising is None else minutes_since_rising
    return Limits(
        verdict=screening.verdict,
        plan=screening.plan,
        direction=screening.direction or Direction.BOTH_SENSITIVE,
        tags=screening.tags,
        age=whole_number(known.get("age"), 0),
        pain_now=whole_number(known.get("nprs_rest"), 10) if pain_now is None else pain(pain_now, "pain now"),
        settings=_settings(known, settings, screening.tags),
        can_kneel=known.get("can_kneel") == YES,
        arm_symptoms=known.get("arm_pain_or_tingling")
        in table("limits")["symptom_filters"]["arm_pain_or_tingling"]["when"],
        unsure_direction=UNSURE in (known.get("flexion_effect"), known.get("extension_effect")),
        minutes_since_rising=None if up is None else whole_number(up, 0),
        at_hour=at_hour,
        week=week,
        sessions_done=sessions_done,
        precautions=precautions.taken(known, screening.tags),
        pregnant=known.get("pregnant") in (YES, UNSURE) or "pregnant_weeks" in known,
    )


def whole_number(value: object, otherwise: int) -> int:
    """`value` as a whole number; `otherwise` where it is none."""
    return int(value) if isinstance(value, (int, float)) else otherwise


def _settings(known: Facts, asked: Iterable[Setting | str] | None, tags: tuple[Tag, ...]) -> tuple[Setting, ...]:
    """The settings there are; the floor is none for somebody who cannot use it."""
    words = asked if asked is not None else [str(known["setting"])] if "setting" in known else []
    try:
        found = tuple(dict.fromkeys(Setting(word) for word in words))
    except ValueError as error:
        raise BadAnswer(f"setting: {error}; give one of {', '.join(Setting)}.") from error
    return tuple(s for s in found if not (s is Setting.FLOOR and Tag.CANNOT_USE_FLOOR in tags))


def _plan_kind(limits: Limits, key: str) -> int:
    return int(table("limits")["plan_kinds"][limits.plan][key])


def _session_rows(limits: Limits) -> list[Mapping[str, object]]:
    return [row for tag, row in table("limits")["session"].items() if tag in limits.tags]


def _largest(limits: Limits, key: str) -> int:
    return max((whole_number(row[key], 0) for row in _session_rows(limits) if key in row), default=0)


def _joined(limits: Limits, key: str) -> list[str]:
    rows = (row.get(key, ()) for row in _session_rows(limits))
    return [str(word) for words in rows if isinstance(words, list) for word in words]
