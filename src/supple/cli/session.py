"""`supple session`: a plan unrolled in time, second by second."""

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from supple import shapes
from supple.anatomy import Side
from supple.catalogue import load
from supple.cli.plans import read_plan
from supple.cli.show import clock, console
from supple.session import timeline

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]


def session(plan: PlanFile, *, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show when each part of a session comes, and what is said then."""
    unrolled = timeline(read_plan(plan), load())
    if json:
        typer.echo(shapes.dumps(unrolled), nl=False)
        return
    out = console()
    for cue in unrolled.cues:
        side = f" ({cue.side.value})" if cue.side is not Side.NONE else ""
        count = f" {cue.count} of {cue.of}" if cue.count else ""
        out.print(f"{clock(cue.at_s):>6}  {cue.kind.value.replace('_', ' ')}{count}: {cue.title}{side}", style="bold")
        for sentence in cue.say:
            out.print(Padding(Text(sentence), (0, 0, 0, 8)))
