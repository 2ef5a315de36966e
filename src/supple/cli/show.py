"""How values look in the terminal: plans, verdicts and stretches in plain words, colour only where it is wanted."""

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from supple.anatomy import Side
from supple.planner import Plan, Step
from supple.planner.doses import Mode

WIDTH = 88
POSITION_WORDS = {
    "standing": "Standing",
    "seated_chair": "On a chair",
    "seated_floor": "Sitting on the floor",
    "quadruped": "On all fours",
    "kneeling": "Kneeling",
    "half_kneeling": "On one knee",
    "supine": "Lying on your back",
    "prone": "Lying on your front",
    "side_lying": "Lying on your side",
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
    """The dose of a step in words.

    >>> dose.__name__
    'dose'
    """
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
    out.print()
    grouped = [list(steps) for _, steps in groupby(made.steps, key=lambda step: step.stretch)]
    position = None
    for number, steps in enumerate(grouped, start=1):
        if steps[0].position is not position:
            position = steps[0].position
            out.print(Text(f"{POSITION_WORDS[position]}, {_where(steps[0])}", style="cyan"))
        _print_stretch(number, steps, out)
    for note in made.notes:
        out.print(note)
    for sentence in made.with_more_time:
        out.print(sentence)
    proof = "No better plan exists within your limits." if made.optimal else "A slightly better plan may exist."
    out.print(Text(proof, style="dim"))
    if everything:
        out.print(Text("\nLeft out", style="bold"))
        for left in made.left_out:
            bullet(f"{left.stretch.replace('_', ' ')}: {left.why}", out)


def _print_stretch(number: int, steps: Sequence[Step], out: Console) -> None:
    first = steps[0]
    sides = ", left then right" if first.side is not Side.NONE else ""
    out.print(Text.assemble((f"{number:>3}  {first.name}", "bold"), f"  {dose(first)}{sides}"))
    for reason in first.why:
        out.print(Padding(Text(reason, style="dim"), (0, 0, 0, 5)))
    for change in first.changes:
        out.print(Padding(Text(f"For you: {change}", style="yellow"), (0, 0, 0, 5)))
    out.print()


def _where(step: Step) -> str:
    words = {"floor": "on a mat", "bed": "on the bed", "chair_desk": "at a chair or desk", "wall": "by a wall"}
    return words.get(step.setting.value, step.setting.value.replace("_", " "))


def bullet(text: str, out: Console) -> None:
    """One point of a list."""
    lines: Iterable[str] = textwrap.wrap(text, WIDTH - 4) or [""]
    for index, line in enumerate(lines):
        out.print(("  - " if index == 0 else "    ") + line)
