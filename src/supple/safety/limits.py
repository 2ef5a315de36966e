"""What a person may do today, and what that makes of one stretch: allowed in a certain form, or refused.

The machine sees scores and angles of the stretch and answers of the person, never the person; nearly every figure is
professional judgement that awaits sign-off. With several tags the strictest limit wins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from supple.anatomy import LYING_ON, UPRIGHT, Position, Setting
from supple.catalogue import Flag, Kind, Stretch, Tag
from supple.safety import population, precautions
from supple.safety.direction import Direction, effect, small_while_unsure, smallest_arc_percent
from supple.safety.dosage import Dosage, dosage
from supple.safety.forms import Form, form
from supple.safety.gate import Gate, gate, pain, positions_of_ease
from supple.safety.questions import NO, UNSURE, YES, facts, read, readable, settle
from supple.safety.rules import Facts, atom, holds
from supple.safety.screening import Screening
from supple.safety.tables import table
from supple.safety.day import Today, as_answered
from supple.safety.verdicts import PlanKind, Verdict

__all__ = ["Allowance", "Limits", "Refusal", "judge", "limits", "positions_of_ease"]

ON_THE_KNEES = (Position.KNEELING, Position.HALF_KNEELING, Position.QUADRUPED)
WHOLE_ARC = 100


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

    @property
    def precautions_today(self) -> tuple[str, ...]:
        """The precautions that the answers and the pain of now call for."""
        return (*self.precautions, *precautions.of_the_day(self.today.pain_now))

    @property
    def session_minutes_max(self) -> int:
        """How long a session may be."""
        longest = self.dosage.session_minutes_max
        return min(longest, _plan_kind(self, "max_session_minutes_week_1")) if self.today.week <= 1 else longest

    @property
    def pull_max(self) -> int:
        """The strongest pull, of 10."""
        return min(self.dosage.pull_max, _plan_kind(self, "pull_max"))

    @property
    def offers_progressions(self) -> bool:
        """Whether the harder variants of the catalogue may be offered."""
        return self.today.week >= _plan_kind(self, "catalogue_progressions_from_week")

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


@dataclass(frozen=True)
class Allowance:
    """How a stretch may be done: no further, no longer, with these changes; `arc_reason` ends a sentence on the arc.

    `another_suits_better` says that one of the changes names a stretch to do instead.
    """

    arc_percent_max: int
    hold_s_max: int
    pause_s_max: int | None
    changes: tuple[str, ...]
    reasons: tuple[str, ...]
    arc_reason: str
    another_suits_better: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why a stretch is not for this person today, in plain sentences, the weightiest first."""

    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Cap:
    """The most that something allows, and why, as the end of a sentence."""

    most: int
    because: str


@dataclass(frozen=True)
class Nature:
    """What a stretch is, whoever does it: its facts, and for whom it is left out or changed."""

    facts: Facts
    excluded: Mapping[Tag, str]
    changed: Mapping[Tag, str]


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
        age=_whole(known.get("age"), 0),
        can_kneel=known.get("can_kneel") == YES,
        arm_symptoms=known.get("arm_pain_or_tingling") in _arm()["when"],
        unsure_direction=UNSURE in (known.get("flexion_effect"), known.get("extension_effect")),
        today=replace(today, settings=_reachable(today.settings, screening.tags)),
        precautions=precautions.taken(known, screening.tags),
        pregnant=known.get("pregnant") in (YES, UNSURE) or "pregnant_weeks" in known,
    )


def judge(stretch: Stretch, limits: Limits) -> Allowance | Refusal:
    """What these limits make of a stretch."""
    nature = _nature(stretch)
    refused = tuple(dict.fromkeys(_refusals(stretch, nature, limits)))
    if refused:
        return Refusal(refused)
    shape = _form(stretch, limits.tags)
    known = nature.facts
    rows = [row for row in table("limits")["limits"] if row["tag"] in limits.tags and _applies(row, known)]
    arc = min(_arcs(stretch, known, limits, rows, shape), key=lambda cap: cap.most)
    hold = min(_holds(limits, rows), key=lambda cap: cap.most)
    return Allowance(
        arc_percent_max=arc.most,
        hold_s_max=hold.most,
        pause_s_max=min(_pauses(rows, shape), default=None),
        changes=tuple(dict.fromkeys(_changes(stretch, nature, limits, rows))),
        reasons=tuple(_why(arc, hold)),
        arc_reason=arc.because,
        another_suits_better=shape.names_another,
    )


def _applies(row: Mapping[str, Any], known: Facts) -> bool:
    return "when" not in row or holds(row["when"], known)


def _whole(value: object, otherwise: int) -> int:
    return int(value) if isinstance(value, (int, float)) else otherwise


def _reachable(settings: tuple[Setting, ...], tags: tuple[Tag, ...]) -> tuple[Setting, ...]:
    """The settings without the floor for somebody who cannot use it."""
    return tuple(s for s in settings if not (s is Setting.FLOOR and Tag.CANNOT_USE_FLOOR in tags))


def _arm() -> dict[str, Any]:
    arm: dict[str, Any] = table("limits")["symptom_filters"]["arm_pain_or_tingling"]
    return arm


def _plan_kind(limits: Limits, key: str) -> int:
    return int(table("limits")["plan_kinds"][limits.plan][key])


def _session_rows(limits: Limits) -> list[Mapping[str, object]]:
    return [row for tag, row in table("limits")["session"].items() if tag in limits.tags]


def _largest(limits: Limits, key: str) -> int:
    return max((_whole(row[key], 0) for row in _session_rows(limits) if key in row), default=0)


def _joined(limits: Limits, key: str) -> list[str]:
    rows = (row.get(key, ()) for row in _session_rows(limits))
    return [str(word) for words in rows if isinstance(words, list) for word in words]


@lru_cache(maxsize=1024)
def _form(stretch: Stretch, tags: tuple[Tag, ...]) -> Form:
    return form(stretch, _nature(stretch).changed, tags)


@lru_cache(maxsize=256)
def _nature(stretch: Stretch) -> Nature:
    helped = YES if stretch.id in table("limits")["hands_help"] else NO
    known = {**population.facts(stretch), "hands_help": helped}
    return Nature(known, population.excluded(stretch), population.changed(stretch))


def _refusals(stretch: Stretch, nature: Nature, limits: Limits) -> Iterator[str]:
    if limits.plan is PlanKind.NONE:
        yield "Your answers call for a doctor or physiotherapist first, so there is no stretching now."
        return
    if limits.gate is Gate.NONE_RESCREEN:
        yield gate(limits.today.pain_now).say
        return
    yield from (why for tag, why in nature.excluded.items() if tag in limits.tags)
    yield from precautions.against(stretch, nature.facts, limits.precautions_today)
    shape = _form(stretch, limits.tags)
    if shape.cannot_be:
        yield shape.cannot_be
    yield from _against_direction(nature.facts, limits)
    yield from _against_symptoms(stretch, nature, limits)
    yield from _against_place(stretch, limits)
    yield from _against_pain(stretch, limits)
    yield from _against_hour(nature.facts, limits)


def _against_direction(known: Facts, limits: Limits) -> Iterator[str]:
    for text in effect(limits.direction).exclude:
        if atom(text).holds(known):
            load = atom(text).key
            yield f"You told us {_because(load)}, and this stretch {table('words')['loads'][load]}."


def _against_symptoms(stretch: Stretch, nature: Nature, limits: Limits) -> Iterator[str]:
    arm = _arm()
    if limits.arm_symptoms and any(flag in stretch.flags for flag in arm["exclude_flags"]):
        yield f"You told us you have or may have pain or tingling down an arm, and {arm['reason']}."
    elif limits.arm_symptoms and holds(arm["exclude_when"], nature.facts):
        yield f"You told us you have or may have pain or tingling down an arm, and {arm['held_reason']}."
    if not limits.can_kneel and (stretch.start_position in ON_THE_KNEES or Flag.WEIGHT_ON_KNEES in stretch.flags):
        yield "You told us you cannot kneel, or are not sure, and this stretch is done on the knees."


def _against_place(stretch: Stretch, limits: Limits) -> Iterator[str]:
    """A setting must be there, and lying, kneeling or sitting low needs the floor or a bed."""
    low = stretch.start_position not in UPRIGHT
    floor_is_out = Tag.CANNOT_USE_FLOOR in limits.tags
    usable = [s for s in stretch.settings if (not low or s in LYING_ON) and not (s is Setting.FLOOR and floor_is_out)]
    if any(setting in limits.today.settings for setting in usable):
        return
    words = [table("words")["settings"][setting] for setting in usable]
    if words:
        yield f"It needs {' or '.join(words)}, and this session is in another place."
    else:
        yield "Getting down to the floor and up again is hard for you, and this stretch needs the floor."


def _against_pain(stretch: Stretch, limits: Limits) -> Iterator[str]:
    opening = gate(limits.today.pain_now)
    if opening.gate is Gate.GENTLE_ONLY and stretch.kind not in table("gate")["gentle"]["kinds"]:
        yield opening.say
    if opening.gate is Gate.POSITIONS_OF_EASE_ONLY:
        here = table("gate")["positions_of_ease"]
        if not any(stretch.id in here.get(setting, ()) for setting in limits.today.settings):
            yield opening.say


def _against_hour(known: Facts, limits: Limits) -> Iterator[str]:
    """No bending of the low back soon after getting up."""
    rule = table("limits")["after_rising"]
    waits = [(row, True) for tag, row in rule["by_tag"].items() if tag in limits.tags]
    for row, tagged in (*waits, (rule["everyone_else"], False)):
        bends = atom(f"lumbar_flexion>={row['lumbar_flexion_from']}").holds(known)
        if bends and _soon(limits, row["minutes"], tagged=tagged):
            yield f"It bends the low back, and for you that waits until you have been up for {row['minutes']} minutes."
            return


def _soon(limits: Limits, minutes: int, *, tagged: bool) -> bool:
    """Whether somebody got up less than `minutes` ago, or, for those with a tag, may have."""
    today = limits.today
    if today.minutes_since_rising is not None:
        return today.minutes_since_rising < minutes
    late = today.at_hour is not None and today.at_hour >= table("limits")["after_rising"]["assumed_up_from_hour"]
    return tagged and not late


def _because(load: str) -> str:
    tag = Tag.FLEXION_SENSITIVE if load == "lumbar_flexion" else Tag.EXTENSION_SENSITIVE
    return population.rules()[tag].because


def _arcs(stretch: Stretch, known: Facts, limits: Limits, rows: list[dict[str, Any]], shape: Form) -> Iterator[Cap]:
    if shape.arc_percent_max is not None:
        yield Cap(shape.arc_percent_max, "this is how far it goes in the form for you.")
    for row in rows:
        if "arc_percent_max" in row:
            yield Cap(_whole(row["arc_percent_max"], 0), f"{population.rules()[Tag(row['tag'])].because}.")
    for text in effect(limits.direction).smallest_arc:
        if atom(text).holds(known):
            yield Cap(smallest_arc_percent(), f"{_because(atom(text).key)}.")
    small_if, sessions = small_while_unsure()
    if limits.unsure_direction and limits.today.sessions_done < sessions and holds(small_if, known):
        yield Cap(smallest_arc_percent(), "you are not sure yet what bending does to your back.")
    rule = table("gate")
    if limits.gate is Gate.GENTLE_ONLY:
        yield Cap(rule["gentle"]["arc_percent_max"], f"your pain is {limits.today.pain_now} out of 10 now.")
    if limits.gate is Gate.POSITIONS_OF_EASE_ONLY:
        most = rule["ease"]["smaller"].get(stretch.id, rule["ease"]["arc_percent_max"])
        yield Cap(most, f"your pain is {limits.today.pain_now} out of 10 now.")
    if limits.start_dose:
        yield Cap(limits.dosage.arc_percent_start, "it begins small and widens week by week.")
    yield Cap(WHOLE_ARC, "it widens step by step.")


def _pauses(rows: list[dict[str, Any]], shape: Form) -> Iterator[int]:
    if shape.without_pause:
        yield 0
    yield from (row["pause_s_max"] for row in rows if "pause_s_max" in row)


def _holds(limits: Limits, rows: list[dict[str, Any]]) -> Iterator[Cap]:
    for row in rows:
        if "hold_s_max" in row:
            yield Cap(_whole(row["hold_s_max"], 0), f"{population.rules()[Tag(row['tag'])].because}.")
    if limits.start_dose:
        yield Cap(limits.dosage.hold_s_max_week_1, "holds begin short.")
    yield Cap(min(limits.dosage.hold_s_target_max, limits.dosage.hold_s_max), "longer holds bring little more.")


def _changes(stretch: Stretch, nature: Nature, limits: Limits, rows: list[dict[str, Any]]) -> Iterator[str]:
    """How this person does it differently: what the stretch says for the tags, then what the limits add."""
    yield from _form(stretch, limits.tags).sentences
    yield from (str(row["say"]) for row in rows if "say" in row)
    if limits.gate is Gate.POSITIONS_OF_EASE_ONLY and stretch.id in table("gate")["ease"]["say"]:
        yield table("gate")["ease"]["say"][stretch.id]


def _why(arc: Cap, hold: Cap) -> Iterator[str]:
    if arc.most < WHOLE_ARC:
        yield f"Go {arc.most} % of the way at most: {arc.because}"
    yield f"Hold {hold.most} seconds at most: {hold.because}"
