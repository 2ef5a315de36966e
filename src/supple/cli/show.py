"""How values look in the terminal: plans, verdicts and stretches in plain words, colour only where it is wanted."""

from collections.abc import Collection, Sequence
from itertools import groupby
from textwrap import fill

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from supple.anatomy import Position, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.doses import Mode
from supple.safety.screening import Screening

WIDTH = 88
POSITION_WORDS = {
    Position.STANDING: "Standing",
    Position.SEATED_CHAIR: "Sitting on a chair",
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
    return Console(highlight=False, markup=False, emoji=False, width=min(found.width, WIDTH))


def wrapped(text: str, *, room: int = 0) -> str:
    """`text` in lines of the terminal's width that break between words, with `room` left at the end of each."""
    return fill(text, max(20, console().width - room), break_long_words=False, break_on_hyphens=False)


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
    heading = ""
    stretches = by_stretch(made.steps)
    everywhere = shared_changes(stretches)
    for number, steps in enumerate(stretches, start=1):
        if _where(steps[0]) != heading:
            heading = _where(steps[0])
            out.print(Text(f"\n{heading}", style="cyan"))
        out.print(Padding(_stretch_grid(number, steps, everywhere), (1, 0, 0, 2)))
    out.print()
    for change in everywhere:
        bullet(f"For you, in every stretch: {change}", out)
    for sentence in (*made.notes, *made.with_more_time):
        bullet(sentence, out)
    proof = (
        "By our scoring, nothing better fits within your limits."
        if made.optimal
        else "A slightly better plan may exist."
    )
    out.print(Text(proof, style="dim"))
    if everything:
        print_left_out(made, out)


def print_nothing(made: Plan, out: Console, *, everything: bool = False) -> None:
    """What to say where nothing safe fits: the nearest thing that does, or why each stretch does not."""
    out.print(made.nearest.say if made.nearest else "Nothing safe fits today.", style="bold")
    for sentence in made.notes:
        bullet(sentence, out)
    if everything or made.nearest is None:
        print_left_out(made, out)
    else:
        out.print(Text("Why each stretch was left out: the same command with --all.", style="dim"))


def print_left_out(made: Plan, out: Console) -> None:
    """Every stretch that is not in the plan, with the reason."""
    if made.left_out:
        out.print(Text("\nLeft out", style="bold"))
    for left in made.left_out:
        bullet(f"{load().stretch(left.stretch).name}: {left.why}", out)


def _where(step: Step) -> str:
    """Position and place together, as one would say it; some sit for what others do standing."""
    on_bed = step.setting is Setting.BED
    if step.position is not load().stretch(step.stretch).start_position:
        return f"Sitting, {WHERE_WORDS[step.setting]}"
    if step.position is Position.SEATED_CHAIR and step.setting is Setting.WALL:
        return "Sitting or standing, by a wall"
    if step.position is Position.SEATED_CHAIR:
        return "Sitting on the edge of the bed" if on_bed else POSITION_WORDS[step.position]
    if step.position is Position.SEATED_FLOOR:
        return "Sitting on the bed" if on_bed else "Sitting on a mat"
    return f"{POSITION_WORDS[step.position]}, {WHERE_WORDS[step.setting]}"


def print_verdict(found: Screening, out: Console) -> None:
    """What screening found, and what to know before one begins."""
    out.print(Text(f"Screened: {found.verdict.value.replace('_', ' ')}", style="bold"))
    out.print(Text(found.say))
    out.print()


def by_stretch(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps of each stretch together, one or two sides."""
    return [list(group) for _, group in groupby(steps, key=lambda step: step.stretch)]


def shared_changes(stretches: Sequence[Sequence[Step]]) -> tuple[str, ...]:
    """What somebody does differently in each of several stretches, so that it need be read only once."""
    if len(stretches) < 2:
        return ()
    first, *others = ([*steps[0].changes] for steps in stretches)
    return tuple(change for change in first if all(change in changes for changes in others))


def _stretch_grid(number: int, steps: Sequence[Step], everywhere: Collection[str]) -> Table:
    """A stretch with its number in front, its reasons and changes hanging under its name."""
    first = steps[0]
    sides = f", {' then '.join(step.side.value for step in steps)}" if first.side is not Side.NONE else ""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(f"{number:>2}", Text.assemble((f"{first.name}: ", "bold"), f"{dose(first)}{sides}"))
    for reason in first.why:
        grid.add_row("", Text(reason, style="dim"))
    for change in (change for change in first.changes if change not in everywhere):
        grid.add_row("", Text(f"For you: {change}", style="yellow"))
    return grid


def bullet(text: str, out: Console) -> None:
    """One point of a list, its lines hanging under its first word."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(" -", Text(text))
    out.print(grid)
