"""Every hard limit of a session, checked on the finished steps by a second way of computing it.

It reads the clinical tables raw and shares no code with safety or planner; it never says what to do, only what is
broken.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Protocol

from supple.planner import Done, Step
from tests.people import Person

ROOT = Path(__file__).parents[2]
SUPPLE = ROOT / "src/supple"
VERDICTS = ("fine", "go_gently", "see_clinician", "same_day", "emergency")
MOVEMENT = ("mobility_flow", "active_control")
GENTLE = ("rest_position", *MOVEMENT)
UPRIGHT = ("standing", "seated_chair")
ON_THE_KNEES = ("kneeling", "half_kneeling", "quadruped")
ORDER = (*UPRIGHT, "quadruped", "kneeling", "half_kneeling", "seated_floor", "prone", "side_lying", "supine")
SURFACES = {"floor", "bed"}
END_RANGE = {
    "hip_extension_end_range",
    "neck_end_range",
    "shoulder_abduction_external_rotation_end_range",
    "shoulder_internal_rotation_end_range",
}
SHOULDER_END = END_RANGE - {"hip_extension_end_range", "neck_end_range"}
CONDITIONS = (
    "spinal_stenosis",
    "spondylolisthesis",
    "osteoporosis",
    "vertebral_fracture",
    "recent_abdominal_surgery",
    "hypermobility",
    "glaucoma_or_retina",
    "vertigo_or_dizziness",
    "hip_replacement",
    "shoulder_instability",
    "recent_shoulder_surgery",
    "knee_pain_or_replacement",
    "wrist_pain",
    "balance_problem",
    "atlantoaxial_risk",
)
EASE = {
    "floor": {"constructive_rest", "sphinx", "side_lying_rest"},
    "bed": {"constructive_rest", "sphinx", "side_lying_rest"},
    "chair_desk": {"seated_supported_rest", "seated_cat_cow"},
    "wall": {"desk_lean"},
}
LIE_FLAT = {"constructive_rest": 100, "pelvic_tilt": 100, "knee_rocks": 50}
LIE_ON_THE_SIDE = {"side_lying_rest": 100, "cat_camel": 25, "seated_cat_cow": 25}
ON_A_CHAIR = {"seated_supported_rest": 100, "seated_cat_cow": 25}
INTO_S, SIDES_S, SETUP_S, DOWN_S, DOWN_65_S, MOVE_S = 8, 5, 12, 10, 20, 3


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


STRETCHES = {file.stem: _toml(file) for file in sorted((SUPPLE / "catalogue/stretches").glob("*.toml"))}
POPULATION = json.loads((ROOT / "tests/cases/population.json").read_text(encoding="utf-8"))
RULES = _toml(SUPPLE / "safety/tables/screening.toml")["rules"]
GROUP_OF = {
    muscle: group
    for group, muscles in _toml(SUPPLE / "catalogue/muscle_groups.toml")["groups"].items()
    for muscle in muscles
}


class Session(Protocol):
    """What can be checked: a plan, or anybody's routine written as steps."""

    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def seconds(self) -> int: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True)
class Routine:
    """A session that nobody planned."""

    steps: tuple[Step, ...]
    minutes: int

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return sum(step.seconds + step.transition_s for step in self.steps)


def broken(session: Session, person: Person) -> list[str]:
    """What the session breaks, each as "rule: what"; an empty list when it keeps everything."""
    case = Case(person)
    if not session.steps:
        return []
    found = [*_of_the_person(session, case), *_of_the_session(session, case), *_of_the_past(session, case)]
    for step in session.steps:
        found += [f"{fault} ({step.stretch})" for fault in _of_a_step(step, case)]
    return found


def group_seconds(steps: Iterable[Step | Done]) -> dict[str, float]:
    """Seconds of work per muscle group on the fuller side; secondary targets count half, plain rest nothing."""
    sides: dict[tuple[str, str], float] = {}
    for step in steps:
        worked = step.work_s if isinstance(step, Step) else step.seconds
        for group, share in shares(step.stretch).items():
            for side in ("left", "right") if step.side == "none" else (str(step.side),):
                sides[group, side] = sides.get((group, side), 0) + share * worked
    groups = {group for group, _ in sides}
    return {group: max(sides.get((group, side), 0) for side in ("left", "right")) for group in sorted(groups)}


def shares(stretch: str) -> dict[str, float]:
    """How much of its seconds each group gets; nothing from plain rest."""
    if plain_rest(stretch):
        return {}
    half = {GROUP_OF[muscle]: 0.5 for muscle in STRETCHES[stretch]["secondary"]}
    return half | {GROUP_OF[muscle]: 1.0 for muscle in STRETCHES[stretch]["primary"]}


def score(stretch: str) -> int:
    """The highest load on any part of the spine."""
    load = STRETCHES[stretch]["spine_load"]
    return max(int(value) for part in ("lumbar", "thoracic", "cervical") for value in load[part].values())


def plain_rest(stretch: str) -> bool:
    """Whether it is rest that loads next to nothing."""
    return STRETCHES[stretch]["kind"] == "rest_position" and score(stretch) <= 1


class Case:
    """A person as the tables see them, worked out anew from the answers."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.known: Mapping[str, Any] = person.answers
        self.age = self.number("age") or 0
        self.older = self.age >= 65

    def number(self, key: str) -> float | None:
        """A number that was given."""
        value = self.known.get(key)
        return value if isinstance(value, (int, float)) else None

    def maybe(self, key: str) -> bool:
        """Whether the answer is yes or unsure."""
        return self.known.get(key) in ("yes", "unsure")

    def holds(self, condition: Mapping[str, Any] | list[Mapping[str, Any]]) -> bool:
        """Whether a condition of the screening table holds; of several, one."""
        if isinstance(condition, list):
            return any(self.holds(way) for way in condition)
        every = all(self._atom(text) for text in condition.get("all", ()))
        some = "any" not in condition or any(self._atom(text) for text in condition["any"])
        count = condition.get("count", {"n": 0, "of": ()})
        return every and some and sum(self._atom(text) for text in count["of"]) >= count["n"]

    def _atom(self, text: str) -> bool:
        for sign in (">=", "<"):
            key, found, bound = text.partition(sign)
            if found:
                value = self.number(key)
                return value is not None and (value >= float(bound)) == (sign == ">=")
        key, other, word = text.partition("!=")
        if other:
            return self.known.get(key) not in (None, word)
        key, _, word = text.partition("=")
        if word == "not_given":  # a number answered "unsure" counts as not given
            return self.known.get(key) in (None, "unsure")
        return bool(self.known.get(key) == word)

    @cached_property
    def fired(self) -> set[str]:
        """The screening rules that fire, without those that another stands for."""
        found = [rule for rule in RULES if self.holds(rule["when"])]
        return {rule["id"] for rule in found} - {other for rule in found for other in rule.get("instead_of", ())}

    @cached_property
    def verdict(self) -> str:
        """The most severe verdict of the rules that fire."""
        found = [rule["verdict"] for rule in RULES if rule["id"] in self.fired]
        return max(found, key=VERDICTS.index, default="fine")

    @cached_property
    def tags(self) -> set[str]:
        """The tag_mapping of the clinical tables, written out."""
        weeks, surgery = self.number("pregnant_weeks"), self.number("surgery_weeks")
        leg = self.known.get("leg_pain") in ("below_knee", "unsure")
        eased = self.known.get("spinal_stenosis") == "yes" and self.known.get("flexion_effect") == "better"
        high = (self.number("bp_sys") or 0) >= 160 or (self.number("bp_dia") or 0) >= 100
        found = {
            "flexion_sensitive": self.known.get("flexion_effect") == "worse",
            "extension_sensitive": self.known.get("extension_effect") == "worse",
            "disc_related_leg_pain": self.maybe("disc_related_leg_pain") or (leg and not eased),
            "pregnancy_t2_t3": weeks >= 14 if weeks is not None else self.maybe("pregnant"),
            "age_65_plus": self.older,
            "uncontrolled_hypertension": self.maybe("uncontrolled_hypertension") or high,
            "cannot_use_floor": self.maybe("can_use_floor") is False or self.known.get("can_use_floor") == "unsure",
            "inflammatory_back_pain": self.maybe("inflammatory_back_pain") or "RF43" in self.fired,
            "recent_spine_surgery": self.maybe("recent_spine_surgery") and (surgery is None or surgery < 13),
            **{condition: self.maybe(condition) for condition in CONDITIONS},
            "osteoporosis": self.maybe("osteoporosis") or self.maybe("steroid_long_term"),  # ours
            "vertebral_fracture": self.maybe("vertebral_fracture") or "RF82" in self.fired,  # ours
        }
        return {tag for tag, has in found.items() if has}

    @cached_property
    def pain(self) -> float:
        """Pain before this session."""
        now = self.person.pain_now
        return now if now is not None else self.number("nprs_rest") or 0

    @cached_property
    def settings(self) -> set[str]:
        """The places there are."""
        asked = {str(setting) for setting in self.person.settings} or {str(self.known["setting"])}
        return asked - {"floor"} if "cannot_use_floor" in self.tags else asked

    @cached_property
    def done(self) -> tuple[Done, ...]:
        """What was done before."""
        return self.person.past.done if self.person.at else ()

    @cached_property
    def week(self) -> int:
        """The week of the first session is the first, and so is that of the first after four weeks without any."""
        if not self.done:
            return 1
        times = [*sorted(step.at for step in self.done), self.at]
        begun = [later for before, later in pairwise(times) if later - before >= timedelta(days=28)]
        return 1 + (self.at - [times[0], *begun][-1]).days // 7

    @cached_property
    def at(self) -> datetime:
        """When the session is to be."""
        assert self.person.at is not None
        return self.person.at

    @cached_property
    def sessions(self) -> list[list[Done]]:
        """Steps less than an hour apart belong together."""
        found: list[list[Done]] = []
        for step in sorted(self.done, key=lambda step: step.at):
            if found and step.at - found[-1][-1].at < timedelta(hours=1):
                found[-1].append(step)
            else:
                found.append([step])
        return found

    @cached_property
    def start_dose(self) -> bool:
        """Week 1 of a full plan, weeks 1 and 2 of a restricted one, and days of more pain."""
        return self.week <= (1 if self.verdict == "fine" else 2) or self.pain >= 5

    def soon_after_rising(self, minutes: int, *, unless_late: bool) -> bool:
        """Whether it is too soon; where that is not known, the afternoon is late enough for whom it matters."""
        up = self.number("minutes_since_rising")
        if up is not None:
            return up < minutes
        return unless_late and not (self.person.at and self.person.at.hour >= 14)

    @cached_property
    def easy_day(self) -> bool:
        """Days 1 to 3 of a flare-up, and those until pain is within 1 point of usual."""
        past = self.person.past
        reported = [
            day.at for day in past.days_after if self.done and day.outcome == "flare_plan" and day.at <= self.at
        ]
        if not reported:
            return False
        told = max(reported)
        lately = sorted((p.at, p.pain) for p in past.pains if p.at < told)[-3:]
        before = sorted(pain for _, pain in lately)
        since = [self.pain, *(p.pain for p in past.pains if p.at >= told)]
        settled = not before or min(since) - before[(len(before) - 1) // 2] <= 1
        return self.at - told < timedelta(days=3) or not settled


def _of_the_person(session: Session, case: Case) -> Iterator[str]:
    if case.verdict not in ("fine", "go_gently"):
        yield f"verdict: {case.verdict} allows no session"
    if case.pain >= 8:
        yield "gate: pain of 8 and more allows no session"
    longest = 30 if case.week > 1 else 15 if case.verdict == "fine" else 10
    if session.seconds > 60 * min(session.minutes, longest):
        yield f"minutes: {session.seconds} s are more than {min(session.minutes, longest)} minutes"


def _of_the_session(session: Session, case: Case) -> Iterator[str]:
    steps = session.steps
    if session.seconds != sum(step.seconds + step.transition_s for step in steps):
        yield "minutes: the seconds of the steps do not add up"
    places = [ORDER.index(step.position) for step in steps]
    if places != sorted(places):
        yield "order: a position comes back, or one gets up and down again"
    if {str(step.setting) for step in steps} >= SURFACES:
        yield "surface: floor and bed in one session"
    for name, group in groupby(steps, key=lambda step: step.stretch):
        yield from _sides(name, list(group))
    names = [name for name, _ in groupby(step.stretch for step in steps)]
    kin = [_family(name) for name in names]
    if len(set(names)) < len(names):
        yield "sides: a stretch is done twice"
    elif len(set(kin)) < len(kin):
        yield "family: two stretches do the same"
    yield from _warmth(names)
    if not _restful(names[-1]):
        yield f"ending: {names[-1]} is not restful"
    yield from _ways(steps, case)


def _sides(name: str, steps: Sequence[Step]) -> Iterator[str]:
    """Both sides, one after the other, alike."""
    expected = [["left", "right"], ["right", "left"]] if STRETCHES[name]["sides"] == "alternate_sides" else [["none"]]
    if [str(step.side) for step in steps] not in expected:
        yield f"sides: {name} is done {', '.join(step.side for step in steps)}"
    doses = {(s.mode, s.hold_s, s.repetitions, s.cycles, s.pause_s, s.rest_s, s.arc_percent, s.seconds) for s in steps}
    if len(doses) > 1:
        yield f"sides: {name} differs between the sides"


def _family(name: str) -> tuple[object, ...]:
    if plain_rest(name):
        return (name,)
    return STRETCHES[name]["kind"], *sorted(group for group, share in shares(name).items() if share == 1)


def _warmth(names: Sequence[str]) -> Iterator[str]:
    """A hold at the end of a range has a movement before it."""
    for index, name in enumerate(names):
        ends = score(name) == 3 or END_RANGE & set(STRETCHES[name]["flags"])
        moved = any(STRETCHES[before]["kind"] in MOVEMENT for before in names[:index])
        if STRETCHES[name]["kind"] == "static_hold" and ends and not moved:
            yield f"warm-up: nothing moves before {name}"


def _restful(name: str) -> bool:
    stretch = STRETCHES[name]
    light = stretch["kind"] == "active_control" and score(name) <= 1 and not END_RANGE & set(stretch["flags"])
    return stretch["kind"] == "rest_position" or any(name in ease for ease in EASE.values()) or light


def _ways(steps: Sequence[Step], case: Case) -> Iterator[str]:
    """Time enough to come into a stretch, to change sides and positions, and to get down."""
    wait_s = 30 if "vertigo_or_dizziness" in case.tags else 0  # once one is there, and after rolling over
    down_s = DOWN_65_S if case.older else DOWN_S
    for before, step in pairwise((None, *steps)):
        if step is None:
            continue
        on_the_side = step.position == "side_lying"
        sides_s = SETUP_S + wait_s if on_the_side else SIDES_S  # one has to roll over
        into_s = INTO_S + (20 if step.stretch == "towel_roll_thoracic_extension" else 0)
        least = sides_s if before and before.stretch == step.stretch else into_s + (wait_s if on_the_side else 0)
        begins = before is None and step.position in UPRIGHT  # one stands or sits there already
        if not begins and (before is None or before.position != step.position):
            least += SETUP_S + (0 if on_the_side else wait_s)
            low_before = before is not None and before.position not in UPRIGHT
            least += down_s if step.position not in UPRIGHT and not low_before else 0
        if step.transition_s < least:
            yield f"transition: {step.transition_s} s into {step.stretch}, {least} s are needed"


def _of_a_step(step: Step, case: Case) -> Iterator[str]:
    stretch = STRETCHES[step.stretch]
    yield from _exclusions(step, stretch, case)
    yield from _of_ours(step, stretch, case)
    yield from _place(step, stretch, case)
    most = min(_arcs(step.stretch, case))
    if step.arc_percent > most:
        yield f"arc: {step.arc_percent} % where {most} % is the most"
    yield from _dose(step, stretch, case)


def _exclusions(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    lumbar = stretch["spine_load"]["lumbar"]
    for tag in sorted(case.tags & set(POPULATION[step.stretch]["exclude"])):
        yield f"population: excluded for {tag}"
    forwards, backwards = _effects(case)
    flexion_from = 4 if forwards != "worse" else 3 if backwards == "same" else 2
    extension_from = 4 if backwards != "worse" else 3 if forwards == "same" else 2
    if lumbar["flexion"] >= flexion_from or lumbar["extension"] >= extension_from:
        yield f"direction: bends the low back too far for {forwards}/{backwards}"
    if case.maybe("arm_pain_or_tingling") and "neck_end_range" in stretch["flags"]:
        yield "symptoms: the end of the neck's range with arm symptoms"
    sensitive = bool(case.tags & {"flexion_sensitive", "disc_related_leg_pain"})
    if sensitive and lumbar["flexion"] >= 2 and case.soon_after_rising(120, unless_late=True):
        yield "hour: bends within two hours after rising"
    if lumbar["flexion"] >= 3 and case.soon_after_rising(30, unless_late=False):
        yield "hour: bends to the end within half an hour after rising"
    if 5 <= case.pain <= 6 and stretch["kind"] not in GENTLE:
        yield f"gate: a hold at pain {case.pain}"
    if case.pain == 7 and not any(step.stretch in EASE.get(setting, ()) for setting in case.settings):
        yield "gate: no position of ease at pain 7"


def _of_ours(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    """Some precautions of ours, written a second time: falls, arms, the belly, thin and stiff spines, operations."""
    name, tags = step.stretch, case.tags
    thin = bool(tags & {"osteoporosis", "vertebral_fracture"})
    out = {
        "a fall would break a bone": (
            thin or case.age >= 75,
            {"standing_quadriceps", "standing_hip_flexor", "standing_outer_hip_stretch"},
        ),
        "bones of eighty and more": (case.age >= 80, {"double_knee_to_chest", "seated_forward_fold"}),
        "unsure and both hands behind": ("balance_problem" in tags, {"standing_back_extension"}),
        "arms wide with arm symptoms": (
            case.maybe("arm_pain_or_tingling"),
            {"open_book", "towel_roll_thoracic_extension", "wall_angel", "doorway_pectoral"},
        ),
        "dizzy over a roll": ("vertigo_or_dizziness" in tags, {"towel_roll_thoracic_extension"}),
        "stiff and thin in an arch": ("inflammatory_back_pain" in tags and thin, {"sphinx"}),
        "a fresh spine rolls": (
            "recent_spine_surgery" in tags,
            {"pelvic_tilt", "side_lying_pelvic_tilt", "seated_pelvic_tilt"},
        ),
    }
    yield from (f"ours: {why}" for why, (concerned, names) in out.items() if concerned and name in names)
    if case.known.get("aaa_known") == "unsure" and {"lying_prone", "abdominal_compression"} & set(stretch["flags"]):
        yield "ours: on the belly with a vessel that may be widened"


def _effects(case: Case) -> tuple[str, str]:
    """What bending forwards and backwards do; unsure counts as the same."""
    words = (str(case.known[key]) for key in ("flexion_effect", "extension_effect"))
    forwards, backwards = ("same" if word == "unsure" else word for word in words)
    return forwards, backwards


def _place(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    sits = any(re.match(r"Seated\.|Seated if .* from the start\.|Seat on a stool", change) for change in step.changes)
    seated = stretch["start_position"] == "standing" and sits
    if step.position != ("seated_chair" if seated else stretch["start_position"]):
        yield f"setting: starts {step.position}"
    if step.setting not in stretch["settings"] or step.setting not in case.settings:
        yield f"setting: {step.setting} is not there"
    if step.position not in UPRIGHT and step.setting not in SURFACES:
        yield f"setting: {step.position} at {step.setting}"
    kneels = step.position in ON_THE_KNEES or "weight_on_knees" in stretch["flags"]
    if kneels and case.known.get("can_kneel", "no") != "yes":
        yield "kneeling: cannot kneel"


def _arcs(name: str, case: Case) -> Iterator[int]:
    """Every cap on the arc of this stretch that applies, from population_limits, direction and gate."""
    stretch = STRETCHES[name]
    load, flags = stretch["spine_load"], set(stretch["flags"])
    bends, arches = load["lumbar"]["flexion"], load["lumbar"]["extension"]
    twists = max(load["lumbar"]["rotation"], load["thoracic"]["rotation"])
    neck = "neck_end_range" in flags
    caps = {
        "flexion_sensitive": 25 if bends >= 2 else 100,
        "extension_sensitive": 25 if arches >= 1 else 100,
        "disc_related_leg_pain": 50 if bends >= 1 else 100,
        "spinal_stenosis": 25 if arches >= 1 else 100,
        "spondylolisthesis": 25 if arches >= 1 else 50 if twists >= 2 else 100,
        "osteoporosis": 50,
        "vertebral_fracture": 25,
        "pregnancy_t2_t3": 70,
        "recent_abdominal_surgery": 50,
        "hypermobility": 80,
        "age_65_plus": 50 if neck else 100,
        "vertigo_or_dizziness": 50 if neck else 100,
        "inflammatory_back_pain": 50 if neck else 100,
        "shoulder_instability": 70 if flags & SHOULDER_END else 100,
        "recent_spine_surgery": 25,
    }
    yield from (cap for tag, cap in caps.items() if tag in case.tags)
    unsure = "unsure" in (case.known["flexion_effect"], case.known["extension_effect"])
    if unsure and len(case.sessions) < 3 and max(bends, arches) >= 2:
        yield 25
    if case.pain >= 5:
        yield 10 if case.pain == 7 and name == "desk_lean" else 33
    if case.easy_day:
        yield _easy(case).get(name, 0)
    yield 70 if case.start_dose else 100


def _dose(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    dose = stretch["dose"]
    if step.mode == "hold":
        yield from _hold(step, stretch, case)
        return
    if "cycles_start" not in dose:
        yield "dose: it is held, not moved"
        return
    if not 1 <= step.cycles <= dose["max_cycles"]:
        yield f"dose: {step.cycles} cycles"
    if (step.hold_s, step.repetitions, step.rest_s) != (0, 0, 0):
        yield "dose: cycles with holds"
    if step.pause_s > (dose["pause_start_s"] if case.start_dose else dose["pause_target_s"]):
        yield f"dose: a pause of {step.pause_s} s"
    if "extension_sensitive" in case.tags and stretch["spine_load"]["lumbar"]["extension"] >= 1 and step.pause_s > 2:
        yield f"dose: a pause of {step.pause_s} s while the low back arches"
    if not step.seconds == step.work_s == step.cycles * 2 * (step.pause_s + MOVE_S):
        yield f"dose: {step.seconds} s do not follow from the cycles"


def _hold(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    dose = stretch["dose"]
    if "hold_start_s" not in dose:
        yield "dose: it is moved, not held"
        return
    if step.hold_s > min(_holds(stretch, case)):
        yield f"hold: {step.hold_s} s where {min(_holds(stretch, case))} s is the most"
    if not (1 <= step.repetitions <= 4 and step.hold_s >= 5):
        yield f"hold: {step.repetitions} times {step.hold_s} s"
    if step.work_s != step.hold_s * step.repetitions or step.seconds != step.work_s + step.rest_s * (
        step.repetitions - 1
    ):
        yield f"dose: {step.seconds} s do not follow from the holds"
    if step.work_s > dose["max_seconds"]:
        yield f"dose: {step.work_s} s a session where {dose['max_seconds']} s is the most"
    if step.cycles or step.pause_s:
        yield "dose: holds with cycles"


def _holds(stretch: Mapping[str, Any], case: Case) -> Iterator[int]:
    """Every cap on a hold: by age, week, tag and stretch. Rest obeys all but the last."""
    yield 60
    if case.start_dose:
        yield 20 if case.older else 15
    if "pregnancy_t2_t3" in case.tags:
        yield 20
    if "hypermobility" in case.tags:
        yield 15
    if stretch["kind"] != "rest_position":
        yield stretch["dose"]["hold_65_plus_target_s" if case.older else "hold_target_s"]


SMALL_MOVES = {  # from the day after sharp pain on they stay
    name
    for name, stretch in STRETCHES.items()
    if stretch["kind"] in ("mobility_flow", "active_control")
    and all(
        stretch["spine_load"][part][way] < 2
        for part in ("lumbar", "thoracic", "cervical")
        for way in stretch["spine_load"][part]
    )
}


def _of_the_past(session: Session, case: Case) -> Iterator[str]:
    """What the sessions before leave: room per muscle group, groups at rest, stretches that hurt, easy days."""
    if not case.done:
        worked_s = group_seconds(session.steps)
        yield from (f"day: {seconds:g} s for the {group}" for group, seconds in worked_s.items() if seconds > 240)
        return
    worked = {group for step in session.steps for group, share in shares(step.stretch).items() if share == 1}
    yield from _caps(session, case)
    yield from (f"spacing: the {group} still rest" for group in sorted(worked & set(_at_rest(case))))
    lately = [step for step in case.done if step.at > case.at - timedelta(days=7) and step.colour == "red"]
    half = set(STRETCHES) if case.easy_day or lately else set(_at_half(case))
    for step in session.steps:
        if step.stretch in half:
            yield from (f"{fault} ({step.stretch})" for fault in _halved(step, STRETCHES[step.stretch], case))
    red = {step.stretch for step in lately}
    now = {step.stretch for step in session.steps}
    yield from (f"red: {name} hurt within a week" for name in sorted(red & now))
    sharp = {group for step in lately if step.hurt == "sharp" for group in _wholly(step.stretch)}
    yield from (f"sharp: {name} pulls on what hurt" for name in sorted(now - SMALL_MOVES) if sharp & _wholly(name))
    if _leg_stays(case):
        yield from (f"leg: {name} moves the low back" for name in sorted(now) if _moves_low_back(name))
    if case.easy_day:
        yield from (f"flare: {s.stretch} on an easy day" for s in session.steps if s.stretch not in _easy(case))


def _leg_stays(case: Case) -> bool:
    """Whether the leg has said "the same" in the last two sessions that asked, and nobody has looked since."""
    past = case.person.past
    since = [str(leg.said) for leg in past.legs if past.leg_reviewed_at is None or leg.at > past.leg_reviewed_at]
    return since[-2:] == ["unchanged", "unchanged"]


def _moves_low_back(name: str) -> bool:
    load = STRETCHES[name]["spine_load"]["lumbar"]
    return not plain_rest(name) and any(load[motion] for motion in ("flexion", "extension", "rotation"))


def _caps(session: Session, case: Case) -> Iterator[str]:
    today = [step for step in case.done if step.at.date() == case.at.date()]
    week = [step for step in case.done if step.at > case.at - timedelta(days=7)]
    days = {step.at.date() for step in case.done}
    daily = all((case.at - timedelta(days=back)).date() in days for back in range(1, 7))
    for group, seconds in group_seconds(session.steps).items():
        day_s = group_seconds([*today, *session.steps]).get(group, 0)
        week_s = group_seconds([*week, *session.steps]).get(group, 0)
        if day_s > (85 if daily else 240):
            yield f"day: {day_s:g} s for the {group}, {seconds:g} s of them now"
        if week_s > 600:
            yield f"week: {week_s:g} s for the {group}, {seconds:g} s of them now"


def _sore_after(case: Case) -> Iterator[tuple[datetime, list[Done]]]:
    """When soreness of more than a day was told of, and the session before it."""
    for day in case.person.past.days_after:
        before = [steps for steps in case.sessions if steps[0].at < day.at]
        if day.outcome == "rest_that_muscle_48h_then_half_dose" and before:
            yield day.at, before[-1]


def _at_rest(case: Case) -> Iterator[str]:
    """The groups that were worked too lately: 8 hours, 20 after 120 s and more, 48 where they were sore."""
    sore = [steps for _, steps in _sore_after(case)]
    for steps in case.sessions:
        ago = case.at - steps[-1].at
        for group, seconds in group_seconds(steps).items():
            hours = 48 if steps in sore else 20 if seconds >= 120 else 8
            if ago < timedelta(hours=hours):
                yield group


def _at_half(case: Case) -> Iterator[str]:
    """The stretches that begin again with half: of muscles sore and not worked since, and after amber or red."""
    for told, steps in _sore_after(case):
        since = {group for step in case.done if step.at >= told for group in _wholly(step.stretch)}
        waiting = set(group_seconds(steps)) - since
        yield from (name for name in STRETCHES if waiting & _wholly(name))
    for name in {step.stretch for step in case.done}:
        last = next(steps for steps in reversed(case.sessions) if any(step.stretch == name for step in steps))
        if any(step.stretch == name and step.colour != "green" for step in last):
            yield name


def _wholly(name: str) -> set[str]:
    return {group for group, share in shares(name).items() if share == 1}


def _halved(step: Step, stretch: Mapping[str, Any], case: Case) -> Iterator[str]:
    """Half of the start dose: two holds of half, never under 5 s; half the cycles, never none."""
    dose = stretch["dose"]
    if step.mode != "hold" and step.cycles > max(1, dose["cycles_start"] // 2):
        yield f"half: {step.cycles} cycles where {dose['cycles_start']} are the start"
    start_s = max(dose.get("hold_start_s", 0), 15 if case.older else 10)
    if step.mode == "hold" and not plain_rest(step.stretch) and step.work_s > 2 * max(5, start_s // 2):
        yield f"half: {step.work_s} s where twice {start_s} s are the start"


def _easy(case: Case) -> dict[str, int]:
    """The stretches of the easy days and their largest arcs."""
    if not SURFACES & case.settings:
        return ON_A_CHAIR
    return LIE_ON_THE_SIDE if "pregnancy_t2_t3" in case.tags else LIE_FLAT
