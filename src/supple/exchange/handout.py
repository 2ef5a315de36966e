"""A plan as a handout to print: what to do, then two weeks to tick off and whom to call; as tagged PDF.

It has two pages as long as the plan has no more than some eight stretches; longer plans are set smaller, and before
letters become too small for elderly eyes there is a third page.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst

from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.figure.performance import Wanted, perform
from supple.figure.scene import frame, scene
from supple.figure.stills import png, still
from supple.planner.doses import Mode
from supple.planner.plan import Plan, Step
from supple.safety.emergency_numbers import EmergencyNumber
from supple.safety.screening import advice
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict

HERE = Path(__file__).parent
DAYS = 14
LAYOUTS = (  # tried in turn until it is two pages: the letters in points, and whether the two weeks begin a page
    (10.5, True),
    (10.0, True),
    (10.5, False),
    (10.0, False),
    (9.5, False),
    (9.0, False),
)
PAGES = 2
PICTURE = (560, 420)
US_PAPER = ("US", "CA", "MX", "PH", "CL", "CO")
WHERE = {
    Setting.FLOOR: "On a mat",
    Setting.BED: "On the bed",
    Setting.CHAIR_DESK: "At a chair or desk",
    Setting.WALL: "By a wall",
    Setting.DOORWAY: "In a doorway",
    Setting.OPEN_SPACE: "Where there is room",
    Setting.STEP: "At a low step",
}
WHEN_PAGES = re.compile(rb"/Type\s*/Page\b")


class NothingToPrint(ValueError):
    """The plan has no steps, or its verdict allows none."""


class HandoutFailed(ValueError):
    """The pages could not be set."""


@dataclass(frozen=True)
class Sheet:
    """What a handout says besides its plan. `address` is where the session opens, or empty; `body` is whose figure."""

    begins: date
    emergency: EmergencyNumber
    address: str = ""
    body: str = "woman"
    name: str = ""


Draw = Callable[[Step, str], bytes]


def dumps(plan: Plan, sheet: Sheet, draw: Draw | None = None) -> bytes:
    """The handout as PDF; `draw` gives the picture of a step on a body as PNG. Raises NothingToPrint, HandoutFailed."""
    _need_steps(plan)
    files = dict(_files(plan, sheet, draw or picture))
    made = b""
    for small, roomy in LAYOUTS:
        told = {**_words(plan, sheet), "small": small, "roomy": roomy}
        made = _set({**files, "sheet.json": json.dumps(told).encode()})
        if len(WHEN_PAGES.findall(made)) <= PAGES:
            break
    return made


def picture(step: Step, body: str) -> bytes:
    """A step as the figure shows it, as PNG on clear ground."""
    shown = perform(Wanted(step.stretch, body=body, side=_left_unless_right(step)))
    mesh = scene(shown.person, shown.props, shown.view)
    return png(still(mesh, shown.view, PICTURE, frame=frame(shown.person, shown.props)))


def _left_unless_right(step: Step) -> Side:
    return Side.RIGHT if step.side is Side.RIGHT else Side.LEFT


def _need_steps(plan: Plan) -> None:
    gravest = max(plan.verdict, plan.limits.verdict, key=lambda verdict: verdict.severity)
    if gravest.severity >= Verdict.SEE_CLINICIAN.severity or plan.limits.plan is PlanKind.NONE:
        raise NothingToPrint(f"There is no plan to print. {advice(gravest)}")
    if not plan.steps:
        raise NothingToPrint("This plan has no stretch in it; make one with more minutes or in another place.")


def _files(plan: Plan, sheet: Sheet, draw: Draw) -> Iterator[tuple[str, bytes]]:
    yield "main.typ", (HERE / "handout.typ").read_bytes()
    for number, steps in enumerate(by_stretch(plan.steps), start=1):
        yield f"{number}.png", draw(steps[0], sheet.body)
    if sheet.address:
        code = BytesIO()
        segno.make(sheet.address, error="m", micro=False).save(code, kind="svg", border=1, scale=4)
        yield "session.svg", code.getvalue()


def _set(files: dict[str, bytes]) -> bytes:
    """The pages as PDF/UA; typst reads its pictures from a folder."""
    try:
        with TemporaryDirectory(prefix="supple-") as folder:
            for name, content in files.items():
                (Path(folder) / name).write_bytes(content)
            compiler = typst.Compiler(
                Path(folder) / "main.typ", root=folder, font_paths=_fonts(), ignore_system_fonts=True
            )
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except (RuntimeError, OSError) as error:
        raise HandoutFailed(f"The handout could not be set ({error}); print the page of the plan instead.") from error
    return bytes(made) if isinstance(made, bytes) else b"".join(made or ())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "font")])


def by_stretch(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps of each stretch together, one or two sides."""
    return [list(group) for _, group in groupby(steps, key=lambda step: step.stretch)]


def _words(plan: Plan, sheet: Sheet) -> dict[str, Any]:
    together = by_stretch(plan.steps)
    everywhere = _shared(together)
    longest = max(sum(step.seconds for step in steps) for steps in together)
    begins = sheet.begins
    return {
        "title": f"{sheet.name}: stretches for your back" if sheet.name else "Stretches for your back",
        "under": f"{len(together)} stretches, about {max(1, round(plan.seconds / 60))} minutes. "
        f"From {begins.day} {begins:%B %Y}.",
        "paper": "us-letter" if sheet.emergency.country in US_PAPER else "a4",
        "foot": "Supple plans within what you answered. It is no diagnosis and no treatment.",
        "address": sheet.address,
        "scan": "Scan to open\nthe session",
        "qr_says": f"A code that opens {sheet.address}",
        "notes": [*plan.notes[:1], *(f"In every stretch: {_sentence(change)}" for change in everywhere)],
        "for_you": "For you:",
        "feel": "You should feel:",
        "stretches": [
            _card(number, steps, plan, everywhere, longest) for number, steps in enumerate(together, start=1)
        ],
        "fortnight": "Two weeks",
        "tick": "Tick what you did. Write your pain from 0 to 10 before and after. A day of rest is part of the plan.",
        "stretch_word": "Stretch",
        "days": [_day(begins + timedelta(days=after)) for after in range(DAYS)],
        "rows": [
            {"name": "Pain before", "box": False},
            *({"name": steps[0].name, "box": True} for steps in together),
            {"name": "Pain after", "box": False},
        ],
        "stop_title": "When to stop and get help",
        "emergency": f"An emergency: {_when(plan, Verdict.EMERGENCY)}.",
        "same_day": f"Speak to a doctor today: {_when(plan, Verdict.SAME_DAY)}.",
        "number": f"Call {sheet.emergency.number}",
        "number_note": sheet.emergency.note,
        "before_title": "Before you begin",
        "before": list(plan.notes[1:]) or list(plan.notes),
    }


def _card(number: int, steps: list[Step], plan: Plan, everywhere: Iterable[str], longest: int) -> dict[str, Any]:
    first, known = steps[0], load().stretch(steps[0].stretch)
    return {
        "number": number,
        "name": first.name,
        "picture": f"{number}.png",
        "picture_says": f"A figure doing this stretch: {first.name}",
        "share": round(sum(step.seconds for step in steps) / longest, 3),
        "dose": dose(first) + _sides(steps),
        "where": WHERE[first.setting],
        "steps": list(known.steps_for(plan.tags)),
        "changes": [_sentence(change) for change in first.changes if change not in everywhere],
        "feel": known.feel_it,
    }


def dose(step: Step) -> str:
    """The dose of a step in words."""
    if step.mode is not Mode.HOLD:
        pause = f", {step.pause_s} seconds at each end" if step.pause_s else ""
        return f"{step.cycles} times, slowly{pause}"
    times = {1: "once", 2: "twice"}.get(step.repetitions, f"{step.repetitions} times")
    return f"{step.hold_s} seconds, {times}"


def _sides(steps: list[Step]) -> str:
    sides = [step.side for step in steps if step.side is not Side.NONE]
    if len(set(sides)) == 2:
        return ", each side"
    return f", {sides[0].value} side" if sides else ""


def _shared(together: list[list[Step]]) -> tuple[str, ...]:
    """What somebody does differently in every stretch, so that it is read only once."""
    if len(together) < 2:
        return ()
    first, *others = ([*steps[0].changes] for steps in together)
    return tuple(change for change in first if all(change in changes for changes in others))


def _when(plan: Plan, verdict: Verdict) -> str:
    """What leads to a verdict in the middle of a session, as the traffic light has it."""
    rows = [row for row in table("traffic_light")["tripwires"] if row.get("verdict") == verdict]
    return "; ".join(row["when"] for row in rows if row.get("only_if", "") in ("", *plan.limits.more_signs))


def _day(day: date) -> dict[str, str]:
    return {"weekday": f"{day:%a}", "day": str(day.day)}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
