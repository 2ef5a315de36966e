"""How values look in the terminal: plans, verdicts and stretches in plain words, colour only where it is wanted."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from supple.anatomy import Position, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.doses import Mode

WIDTH = 88
POSITION_WORDS = {
    Position.STANDING: "Standing",
    Position.SEATED_CHAIR: "On a chair",
    Position.SEATED_FLOOR: "Sitting on the floor",
    Position.QUADRUPED: "On all fours",
    Position.KNEELING: "Kneeling",
    Position.HALF_KNEELING: "On one knee",
    Position.SUPINE: "Lying on your back",
    Position.PRONE: "Lying on your front",
    Position.SIDE_LYING: "Lying on your side",
}
WHERE_WORDS = {
    Setting.FLOOR: "on a mat",
    Setting.BED: "on the bed",
    Setting.CHAIR_DESK: "at a chair or desk",
    Setting.WALL: "by a wall",
    Setting.DOORWAY: "in a doorway",
    Setting.OPEN_SPACE: "where there is room",
    Setting.STEP: "at a low step",
}


def console() -> Console:
    """The terminal, at a width that reads well; rich itself obeys NO_COLOR and drops colour in a pipe."""
    found = Console(highlight=False)
    return Console(highlight=False, width=min(found.width, WIDTH))


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds.

    >>> clock(95)
    '1:35'
    """
    return f"{seconds // 60}:{seconds % 60:02d}"


def dose(step: Step) -> str:
    """The dose of a step in words."""
    if step.mode is not Mode.HOLD:
        pause = f", {step.pause_s} s pause at each end" if step.pause_s else ""
        return f"{step.cycles} times, slowly{pause}"
    if step.rest_s == 0 and step.repetitions > 1:
        return f"rest for {step.hold_s * step.repetitions} s, in {step.repetitions} easy rounds of {step.hold_s} s"
    times = {1: "once", 2: "twice"}.get(step.repetitions, f"{step.repetitions} times")
    return f"hold {step.hold_s} s, {times}"


def print_plan(made: Plan, out: Console, *, everything: bool = False) -> None:
    """A plan as a list to follow, each stretch with its dose and its reasons."""
    out.print(Text(f"Your session: {clock(made.seconds)} of {made.minutes} minutes", style="bold"))
    position = None
    for number, steps in enumerate(by_stretch(made.steps), start=1):
        if steps[0].position is not position:
            position = steps[0].position
            out.print(Text(f"\n{POSITION_WORDS[position]}, {WHERE_WORDS[steps[0].setting]}", style="cyan"))
        out.print(Padding(Group(*_stretch_lines(number, steps)), (1, 0, 0, 2)))
    out.print()
    for sentence in (*made.notes, *made.with_more_time):
        bullet(sentence, out)
    proof = "No better plan exists within your limits." if made.optimal else "A slightly better plan may exist."
    out.print(Text(proof, style="dim"))
    if everything and made.left_out:
        out.print(Text("\nLeft out", style="bold"))
        for left in made.left_out:
            bullet(f"{load().stretch(left.stretch).name}: {left.why}", out)


def by_stretch(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps of each stretch together, one or two sides."""
    return [list(group) for _, group in groupby(steps, key=lambda step: step.stretch)]


def _stretch_lines(number: int, steps: Sequence[Step]) -> Iterable[Text]:
    first = steps[0]
    sides = f", {' then '.join(step.side.value for step in steps)}" if first.side is not Side.NONE else ""
    yield Text.assemble((f"{number}  {first.name}: ", "bold"), f"{dose(first)}{sides}")
    yield from (Text(f"   {reason}", style="dim") for reason in first.why)
    yield from (Text(f"   For you: {change}", style="yellow") for change in first.changes)


def bullet(text: str, out: Console) -> None:
    """One point of a list, its lines hanging under its first word."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(" -", Text(text))
    out.print(grid)
