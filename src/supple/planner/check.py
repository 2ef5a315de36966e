"""Whether a finished plan keeps the limits that it carries: for one that was written down, read back, or made by hand.

The search keeps them while it chooses; this looks at the steps as they are, in every part of every dose.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from supple.anatomy import LYING_ON, MuscleGroup, Side
from supple.catalogue import Catalogue, Stretch, UnknownStretch, load
from supple.planner import doses as dosing
from supple.planner.benefit import load_benefit
from supple.planner.choices import Case, candidates, dosed, family
from supple.planner.doses import SMALLEST_ARC_PERCENT, Dose, Mode
from supple.planner.history import Done, SoFar, group_seconds
from supple.planner.make import LONGEST_MINUTES, spent
from supple.planner.plan import Background, Plan, Step
from supple.planner.timing import load_timing
from supple.planner.way_in import guide_of
from supple.safety.forms import position_in
from supple.safety.gate import MOST_PAIN, positions_of_ease
from supple.safety.limits import Allowance, Limits
from supple.safety.precautions import precautions
from supple.safety.refusals import places

HIGHEST_LEVEL = 100
OLDEST_YEARS = 120
SIDES: dict[int, list[tuple[Side, ...]]] = {1: [(Side.NONE,)], 2: [(Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT)]}
DOSE = ("hold_s", "repetitions", "cycles", "pause_s", "arc_percent")


def broken(made: Plan, catalogue: Catalogue, *, part: bool = False) -> Iterator[str]:
    """What in a plan is not as its limits have it; `part` for what is left of a session, with the beginning done."""
    wrong = list(_of_the_person(made)) or list(_of_the_steps(made, catalogue))
    if not wrong and made.steps:
        wrong = list(_of_the_session(made, catalogue, part=part))
    yield from wrong
    longest_s = min(LONGEST_MINUTES, made.minutes, made.limits.session_minutes_max) * 60
    if not made.seconds == sum(step.seconds + step.transition_s for step in made.steps) <= longest_s:
        yield f"seconds: {made.seconds} is not what its steps take"


def holds_still(made: Plan, catalogue: Catalogue, so_far: SoFar) -> bool:
    """Whether what is left of a session keeps the limits and the background that it bears now, after what was done."""
    left = replace(made, background=spent(catalogue, made.background, so_far.done))
    stretches = _stretches(made, catalogue)
    return not any(broken(left, catalogue, part=True)) and not (so_far.cold and any(_cold(stretches)))


def fits(made: Plan, now: Plan, catalogue: Catalogue) -> bool:
    """Whether a plan made earlier keeps the limits and the background that `now`, a plan of this moment, bears."""
    wishes = replace(now.wishes, minutes=made.minutes)
    as_now = replace(now, steps=made.steps, seconds=made.seconds, minutes=made.minutes, wishes=wishes)
    return not any(broken(as_now, catalogue))


def _of_the_person(made: Plan) -> Iterator[str]:
    """What of the person in it cannot be, or does not agree with itself."""
    bounds, wishes, today = made.limits, made.wishes, made.limits.today
    for name, mine, theirs in (
        ("verdict", made.verdict, bounds.verdict),
        ("direction", made.direction, bounds.direction),
        ("tags", made.tags, bounds.tags),
        ("minutes", made.minutes, wishes.minutes),
    ):
        if mine != theirs:
            yield f"{name}: what the plan says is not what its limits say"
    ranges = {
        "minutes": (made.minutes, 1, LONGEST_MINUTES),
        "age": (bounds.age, 0, OLDEST_YEARS),
        "pain_now": (today.pain_now, 0, MOST_PAIN),
        "week": (today.week, 1, 10_000),
        "sessions_done": (today.sessions_done, 0, 1_000_000),
        "minutes_since_rising": (today.minutes_since_rising or 0, 0, 10_000),
        "at_hour": (today.at_hour or 0, 0, 23),
        "sitting_hours": (wishes.sitting_hours, 0, 24),
        "good_for_days": (made.good_for_days or 0, 0, 1_000),
        "made_for": (made.made_for.year if made.made_for else 2000, 2000, 2099),
        "answered_on": (made.answered_on.year if made.answered_on else 2000, 2000, 2099),
    }
    yield from (
        f"{name}: {_number(n)} is outside {low} to {high}"
        for name, (n, low, high) in ranges.items()
        if not low <= n <= high
    )
    known: dict[str, Collection[str]] = {
        "regions": load_benefit().regions,
        "goals": load_benefit().goals,
        "precautions": precautions(),
    }
    known["stretches"] = load().stretches
    said = {
        "stretches": wishes.stretches,
        "regions": wishes.regions,
        "goals": wishes.goals,
        "precautions": bounds.precautions,
    }
    yield from (
        f"{name}: {word!r} is not known" for name, words in said.items() for word in words if word not in known[name]
    )
    yield from _of_the_background(made.background, bounds)


def _of_the_background(background: Background, bounds: Limits) -> Iterator[str]:
    if background.room_s.keys() != set(MuscleGroup):
        yield "room_s: a muscle group is missing"
    numbers = {
        "room_s": (background.room_s.values(), 0, bounds.dosage.day_s_max),
        "done_today_s": (background.done_today_s.values(), 0, 86_400),
        "share_percent": ([background.share_percent], 1, 100),
        "level": ([background.level], 0, HIGHEST_LEVEL),
        "easy": ((background.easy or {}).values(), 0, 100),
    }
    for name, (values, low, high) in numbers.items():
        yield from (f"{name}: {_number(n)} is outside {low} to {high}" for n in values if not low <= n <= high)


def _number(value: float) -> str:
    """A number in a sentence, however long it is."""
    return f"{value}" if abs(value) < 10**12 else "a number far too large"


def _of_the_steps(made: Plan, catalogue: Catalogue) -> Iterator[str]:
    case = Case(catalogue, made.limits, made.wishes, made.background)
    allowed, _ = candidates(case)
    for number, step in enumerate(made.steps, start=1):
        try:
            stretch = catalogue.stretch(step.stretch)
        except UnknownStretch as error:
            yield f"step {number}: {str(error).partition(';')[0]}"
            continue
        for wrong in (*_numbers(step), *_nature(step, stretch)) or tuple(_dose(step, stretch, case, allowed)):
            yield f"step {number} ({step.stretch}): {wrong}"


def _numbers(step: Step) -> Iterator[str]:
    """What in the numbers of a step cannot be, if anything."""
    counts = ("repetitions", "hold_s") if step.mode is Mode.HOLD else ("cycles", "seconds")
    least = dict.fromkeys(
        ("hold_s", "repetitions", "cycles", "pause_s", "rest_s", "seconds", "transition_s", "work_s"), 0
    )
    for name, bound in (least | dict.fromkeys(counts, 1)).items():
        if (value := getattr(step, name)) < bound:
            yield f"{name}: {_number(value)} is below {bound}"
    if not SMALLEST_ARC_PERCENT <= step.arc_percent <= 100:
        yield f"arc_percent: {_number(step.arc_percent)} is outside {SMALLEST_ARC_PERCENT} to 100"


def _nature(step: Step, stretch: Stretch) -> Iterator[str]:
    """What in a step does not agree with its stretch."""
    if step.name != stretch.name:
        yield "name: it is not that of the stretch"
    if step.position is not (begins := position_in(stretch, step.changes)):
        yield f"position: {step.position.value} is not that of the stretch in this form, {begins.value}"
    if (step.side is Side.NONE) is (dosing.side_count(stretch) == 2):
        yield f"side: {step.side.value} does not go with this stretch"


def _dose(step: Step, stretch: Stretch, case: Case, allowed: Mapping[str, Allowance]) -> Iterator[str]:
    """What in a dose is more than may be given, or does not follow from the rest of it."""
    if stretch.id not in allowed:
        yield "this stretch is not allowed by the limits of the plan"
        return
    if step.setting not in places(stretch, case.limits):
        yield f"setting: {step.setting.value} is no place for it"
    options = dosing.doses(stretch, allowed[stretch.id], dosed(case, stretch, load_timing()))
    for name in DOSE:
        most = max(getattr(option, name) for option in options)
        if (value := getattr(step, name)) > most:
            yield f"{name}: {_number(value)} is above the {most} of the limits"
    least_s = min(option.rest_s for option in options)
    if step.rest_s < least_s:
        yield f"rest_s: {step.rest_s} is below the {least_s} of the limits"
    elif not any(_within(step, option) for option in options):
        yield "its dose as a whole is above that of the limits"
    yield from _sums(step, options[0])


def _within(step: Step, option: Dose) -> bool:
    """Whether a step is nowhere more than a dose that may be given."""
    less = all(getattr(step, name) <= getattr(option, name) for name in DOSE)
    return step.mode is option.mode and less and step.rest_s >= option.rest_s


def _sums(step: Step, option: Dose) -> Iterator[str]:
    """Whether the seconds of a step are what its holds or cycles take."""
    dose = Dose(
        step.mode,
        step.arc_percent,
        step.hold_s,
        step.repetitions,
        step.rest_s,
        step.cycles,
        step.pause_s,
        option.move_s,
    )
    if step.seconds != dose.seconds:
        yield f"seconds: {_number(step.seconds)} is not what its holds or cycles take, {_number(dose.seconds)}"
    if step.work_s != dose.work_s:
        yield f"work_s: {_number(step.work_s)} is not what its holds or cycles take, {_number(dose.work_s)}"


def _of_the_session(made: Plan, catalogue: Catalogue, *, part: bool) -> Iterator[str]:
    steps, timing = made.steps, load_timing()
    stretches = _stretches(made, catalogue)
    order = [timing.place(step.position) for step in steps]
    if order != sorted(order):
        yield "steps: a position comes back, or one gets down and up and down again"
    if len({step.setting for step in steps} & set(LYING_ON)) > 1:
        yield "steps: one lies on the floor and on a bed"
    kin = [family(stretch, catalogue.group_shares(stretch)) for stretch in stretches]
    if len(set(kin)) < len(kin):
        yield "steps: a stretch is done twice, or two do the same"
    yield from _sides(steps, catalogue, part=part)
    if not dosing.is_restful(stretches[-1], positions_of_ease()):
        yield "steps: it does not end with something restful"
    if not part:
        yield from (f"steps: no movement comes before {stretch.id}" for stretch in _cold(stretches))
    yield from _ways(made, catalogue, part=part)
    yield from _totals(made, catalogue)


def _stretches(made: Plan, catalogue: Catalogue) -> list[Stretch]:
    """The stretches of a plan in their order, each once for both sides."""
    return [catalogue.stretch(name) for name, _ in groupby(made.steps, key=lambda step: step.stretch)]


def _cold(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches that need warmth and have no movement before them."""
    for number, stretch in enumerate(stretches):
        if dosing.needs_warmth(stretch) and not any(map(dosing.is_movement, stretches[:number])):
            yield stretch


def _sides(steps: Sequence[Step], catalogue: Catalogue, *, part: bool) -> Iterator[str]:
    """Both sides, one after the other and alike; where a session goes on, the first side may be done already."""
    for number, (name, group) in enumerate(groupby(steps, key=lambda step: step.stretch)):
        same = list(group)
        sides = tuple(step.side for step in same)
        begun = part and number == 0 and len(sides) == 1
        if not begun and sides not in SIDES[dosing.side_count(catalogue.stretch(name))]:
            yield f"steps: {name} is not done once on each side"
        if len({(s.mode, s.hold_s, s.repetitions, s.cycles, s.pause_s, s.rest_s, s.arc_percent) for s in same}) > 1:
            yield f"steps: {name} is not the same on both sides"


def _ways(made: Plan, catalogue: Catalogue, *, part: bool) -> Iterator[str]:
    """Whether there is time to come into each step; into the first of a part, one is on the way already."""
    needed = guide_of(catalogue, made.limits, made.minutes).timed(made.steps, None)
    for number, (step, least) in enumerate(zip(made.steps, needed, strict=True), start=1):
        if step.transition_s < least.transition_s and not (part and number == 1):
            wrong = f"transition_s: {step.transition_s} is below the {least.transition_s} it takes"
            yield f"step {number} ({step.stretch}): {wrong}"


def _totals(made: Plan, catalogue: Catalogue) -> Iterator[str]:
    """Whether every muscle group has room for what it gets."""
    done = [Done(step.stretch, datetime.min, step.side, step.work_s) for step in made.steps]  # noqa: DTZ901 - no matter when
    for group, seconds in group_seconds(done, catalogue).items():
        if seconds > (room_s := made.background.room_s[group]):
            yield f"steps: {_number(seconds)} s for the {group.value} are above the {room_s} s of the limits"
