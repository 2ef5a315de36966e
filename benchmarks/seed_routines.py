"""The two articles' own routines and a greedy planner beside ours: limits broken, seconds per muscle, ups and downs.

The articles leave much unsaid. Where they give no seconds, 10 s stand in, as article A has them; where they name one
side, one side is done; the arc is the whole one. Coming into and between positions takes as long as in our own plans.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for `tests.…`

from supple.anatomy import Position, Setting, Side  # noqa: E402 - after the path is set
from supple.catalogue import load  # noqa: E402 - the same
from supple.planner import Step  # noqa: E402 - the same
from supple.planner import plan as make_plan  # noqa: E402 - the same
from supple.planner.background import background  # noqa: E402 - the same
from supple.planner.benefit import load_benefit  # noqa: E402 - the same
from supple.planner.choices import Case, candidates, rooms  # noqa: E402 - the same
from supple.planner.doses import Mode  # noqa: E402 - the same
from supple.planner.history import History  # noqa: E402 - the same
from supple.planner.make import Best, _steps  # noqa: E402 - the same
from supple.planner.search import Solution, worth  # noqa: E402 - the same
from supple.planner.timing import load_timing  # noqa: E402 - the same
from tests.people import EVENING, Person, limits_of, vignette, wishes_of  # noqa: E402 - the same
from tests.planner.checker import UPRIGHT, Routine, broken, group_seconds  # noqa: E402 - the same
from tests.planner.referees import greedy  # noqa: E402 - the same
from tests.safety.people import VIGNETTES  # noqa: E402 - the same

PAGE = Path(__file__).with_suffix(".md")
COMMAND = "python benchmarks/seed_routines.py"
BOTH, ONE, WHOLE = (Side.LEFT, Side.RIGHT), (Side.LEFT,), (Side.NONE,)
UNSAID_S = 10
PEOPLE = [name for name, told in VIGNETTES.items() if told["expected"]["plan"] != "none"]


@dataclass(frozen=True)
class Line:
    """One exercise of an article: holds of `hold_s`, or cycles with `pause_s` at each end."""

    stretch: str
    sides: tuple[Side, ...]
    hold_s: int = 0
    cycles: int = 0
    pause_s: int = 0


ARTICLES = {
    "article A": (
        Line("cat_camel", WHOLE, cycles=1, pause_s=5),
        Line("seated_single_leg_hamstring", BOTH, hold_s=10),
        Line("half_kneeling_hip_flexor", BOTH, hold_s=10),
    ),
    "article B": (
        Line("rock_back_childs_pose", WHOLE, cycles=1, pause_s=UNSAID_S // 2),
        Line("single_knee_to_chest", ONE, hold_s=UNSAID_S),
        Line("cat_camel", WHOLE, cycles=1, pause_s=5),
        Line("supported_crossover_rotation", ONE, hold_s=UNSAID_S),
        Line("supine_hamstring_hands", BOTH, hold_s=30),
        Line("side_lying_quadriceps", ONE, hold_s=UNSAID_S),
        Line("overhead_triceps", BOTH, hold_s=UNSAID_S),
    ),
}
PLACES = {
    "V01": (Setting.CHAIR_DESK,),
    "V08": (Setting.BED, Setting.CHAIR_DESK, Setting.WALL),
}
ON_THE_FLOOR = (Setting.FLOOR, Setting.OPEN_SPACE)


def written(lines: Sequence[Line]) -> Routine:
    """An article's routine as steps, in its own order."""
    steps: list[Step] = []
    for line in lines:
        for side in line.sides:
            steps.append(step(line, side, steps[-1] if steps else None))
    return Routine(tuple(steps), ceil(sum(s.seconds + s.transition_s for s in steps) / 60))


def step(line: Line, side: Side, before: Step | None) -> Step:
    """One exercise on one side, with the way into it."""
    stretch, timing = load().stretch(line.stretch), load_timing()
    into_s = timing.change_sides_s if before and before.stretch == line.stretch else timing.into_a_stretch_s
    if before is None or before.position is not stretch.start_position:
        into_s += timing.change_position_s
        if low(stretch.start_position) and not (before and low(before.position)):
            into_s += timing.way_down_s
    work_s = line.hold_s + line.cycles * 2 * (line.pause_s + timing.move_each_way_s)
    return Step(
        stretch=stretch.id,
        name=stretch.name,
        position=stretch.start_position,
        setting=stretch.settings[0],
        side=side,
        mode=Mode.HOLD if line.hold_s else Mode.CYCLES,
        hold_s=line.hold_s,
        repetitions=1 if line.hold_s else 0,
        cycles=line.cycles,
        pause_s=line.pause_s,
        rest_s=0,
        arc_percent=100,
        seconds=work_s,
        transition_s=into_s,
        why=(),
        work_s=work_s,
    )


def ours(person: Person) -> tuple[Routine, int]:
    """Our plan for this person, and what it is worth."""
    bounds = limits_of(person)
    made = make_plan(load(), bounds, wishes_of(person), background(History(), load(), EVENING, bounds))
    return Routine(made.steps, made.minutes), made.objective


def by_greed(person: Person) -> tuple[Routine, int]:
    """The plan of a greedy planner under the same rules, and what it is worth."""
    bounds, wishes = limits_of(person), wishes_of(person)
    past = background(History(), load(), EVENING, bounds)
    case = Case(load(), bounds, wishes, past)
    allowed, _ = candidates(case)
    budget_s = 60 * min(person.minutes, bounds.session_minutes_max)
    found = []
    for room in rooms(case, allowed, budget_s=budget_s):
        chosen = greedy(room.problem)
        value = worth(room.problem, chosen)
        steps = tuple(_steps(Best(room, Solution(chosen, value, value, 0)), case)) if chosen else ()
        found.append((value, Routine(steps, person.minutes)))
    value, routine = max(found, key=lambda pair: pair[0])
    return routine, value


def low(position: Position) -> bool:
    """Whether one is down on the floor or on a bed."""
    return position not in UPRIGHT


def transfers(steps: Iterable[Step]) -> int:
    """How often one goes down or comes up, from standing to standing."""
    levels = [False, *(low(step.position) for step in steps), False]
    return sum(before != after for before, after in pairwise(levels))


def rules(routine: Routine, person: Person) -> list[str]:
    """The kinds of rules that are broken."""
    return sorted({fault.split(":")[0] for fault in broken(routine, person)})


def wanted(person: Person) -> list[str]:
    """The three muscle groups that matter most to this person."""
    weights = load_benefit().weights(wishes_of(person))
    return [str(group) for group, _ in sorted(weights.items(), key=lambda pair: -pair[1])[:3]]


def row(name: str, whose: str, routine: Routine, person: Person, value: int | None) -> str:
    """One line of the table."""
    seconds = group_seconds(routine.steps)
    most = ", ".join(f"{group.replace('_', ' ')} {seconds.get(group, 0):.0f}" for group in wanted(person))
    worked = sum(seconds.values())
    faults = broken(routine, person)
    kinds = f" ({', '.join(rules(routine, person))})" if faults else ""
    cells = [
        name,
        whose,
        f"{routine.seconds}",
        f"{len(faults)}{kinds}",
        most,
        f"{worked:.0f}",
        f"{transfers(routine.steps)}",
    ]
    return f"| {' | '.join(cells)} | {'' if value is None else value} |"


def compared() -> tuple[list[str], dict[str, list[tuple[int, float]]]]:
    """The rows of the table; and for each planner its broken rules and worked seconds, in order."""
    lines: list[str] = []
    totals: dict[str, list[tuple[int, float]]] = {"articles": [], "ours": [], "greedy": []}
    for name in PEOPLE:
        for article, exercises in ARTICLES.items():
            theirs = written(exercises)
            person = vignette(name, theirs.minutes, PLACES.get(name, ON_THE_FLOOR), at=EVENING)
            results = {"articles": (theirs, None), "ours": ours(person), "greedy": by_greed(person)}
            for whose, (routine, value) in results.items():
                totals[whose].append((len(broken(routine, person)), sum(group_seconds(routine.steps).values())))
                label = f"{article}, {theirs.minutes} min" if whose == "articles" else whose
                lines.append(row(name, label, routine, person, value))
    return lines, totals


def page() -> str:
    """The whole page."""
    lines, totals = compared()
    faults = {whose: [count for count, _ in found] for whose, found in totals.items()}
    work = {whose: sum(seconds for _, seconds in found) for whose, found in totals.items()}
    least, most = min(faults["articles"]), max(faults["articles"])
    finding = (
        f"For the {len(PEOPLE)} of the vignettes who may stretch, the articles' routines break our limits {least} to "
        f"{most} times each and our plans for the same minutes {max(faults['ours'])} times. Ours put "
        f"{work['ours'] / work['articles']:.1f} times as many seconds of work on muscles as the articles do; "
        "the greedy planner, under the same limits, "
        f"{work['greedy'] / work['articles']:.1f} times as many."
    )
    head = [
        "# The seeds' routines, a greedy planner and ours",
        "",
        f"Made by `{COMMAND}`.",
        "",
        finding,
        "",
        "The articles give few doses: where they name none, 10 s stand in; sides are done as written. Every limit is",
        "checked by `tests/planner/checker.py`, which shares no code with the planner. Worth is its objective.",
        "Ours hold the time that all their words take, the articles' only that of the moves.",
        "The restful ending, the one order of positions and the arc of week 1 are rules of ours, which no article",
        "could know; direction, population, kneeling and holds come from the clinical tables.",
        "",
        "| person | routine | s | limits broken | s on what matters most | s on all muscles | ups and downs | worth |",
        "|---|---|---:|---|---|---:|---:|---:|",
    ]
    return "\n".join([*head, *lines]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
