"""Draws the pictures of the terminal in docs/pictures: the sample person's plan, and the session as it runs.

Run it after a change of what they show: .venv/bin/python docs/pictures.py
"""

import asyncio
import io
import re
from datetime import datetime
from pathlib import Path

from rich.console import Console

from supple.catalogue import load
from supple.cli.asking import asked
from supple.cli.live import Live
from supple.cli.show import WIDTH, print_plan, print_verdict
from supple.figure.sheet import together
from supple.planner import Plan
from supple.planner import plan as make_plan
from supple.safety.screening import Screening
from supple.session import CueKind, advance, start

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "v03.yaml"
MINUTES = "8"
MOMENT = datetime(2026, 1, 5, 18)  # noqa: DTZ001 - a wall clock for a picture
INTO_A_HOLD_S = 5
SHOWN = (
    "cat_camel",
    "single_knee_to_chest",
    "overhead_triceps",
    "knee_rocks",
    "seated_thoracic_rotation",
    "standing_side_bend",
)


def sample_plan() -> tuple[Screening, Plan]:
    """What was found of the sample person, and the plan."""
    wanted = asked(SAMPLE, minutes=MINUTES, settings=None, histories=[], at=None)
    if wanted.limits is None:
        raise ValueError(f"{SAMPLE.name}: this person gets no plan; draw another.")
    return wanted.screening, make_plan(load(), wanted.limits, wanted.wishes, wanted.background)


def plan_picture(found: Screening, made: Plan) -> str:
    """The terminal after `supple plan`."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    print_verdict(found, console)
    print_plan(made, console)
    return console.export_svg(title=f"supple plan samples/v03.yaml --minutes {MINUTES}", unique_id="plan")


async def session_picture(made: Plan) -> str:
    """The terminal in the midst of `supple go`."""
    begun = start(made, load(), MOMENT, pain=3)
    held_s = next(cue.at_s for cue in begun.timeline.cues if cue.kind is CueKind.HOLD)
    playback = advance(begun, held_s + INTO_A_HOLD_S, MOMENT)
    live = Live(playback, lambda log: None, now=MOMENT, rate=0.0)
    async with live.run_test(size=(WIDTH, 24)) as pilot:
        await pilot.pause()
        return live.export_screenshot(title="supple go plan.json")


def own_fonts(svg: str) -> str:
    """The picture without fonts from elsewhere: the reader's own monospaced font is used."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg)
    return svg.replace("Fira Code, monospace", "monospace").replace("font-family: Fira Code", "font-family: monospace")


def draw() -> None:
    """Write every picture."""
    together(SHOWN).save(HERE / "pictures" / "figure.webp", quality=88, method=6)
    found, made = sample_plan()
    (HERE / "pictures" / "plan.svg").write_text(own_fonts(plan_picture(found, made)), encoding="utf-8")
    (HERE / "pictures" / "go.svg").write_text(own_fonts(asyncio.run(session_picture(made))), encoding="utf-8")


if __name__ == "__main__":
    draw()
