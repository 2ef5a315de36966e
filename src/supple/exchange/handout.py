"""A plan as a handout to print: what to do, then two weeks to tick off and whom to call; as tagged PDF.

It has two pages as long as the plan has no more than some seven stretches; longer plans have smaller pictures, and
before letters become too small for elderly eyes there is a third page.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from gettext import NullTranslations
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
from supple.figure.stills import cut, png, still
from supple.planner.plan import Plan, Step
from supple.planner.wording import in_place, in_time
from supple.safety.emergency_numbers import EmergencyNumber
from supple.safety.screening import advice
from supple.safety.traffic_light import signs_of
from supple.safety.verdicts import PlanKind, Verdict
from supple.session.dose_words import Tongue, dose_of_both, how_far

HERE = Path(__file__).parent
DAYS = 14
LAYOUTS = (  # tried until it is two pages: letters in pt, whether the two weeks begin a page, width of pictures in mm
    (11.25, True, 37.0),
    (10.5, True, 37.0),
    (10.5, True, 32.0),
    (10.5, True, 27.0),
    (10.5, False, 37.0),
    (10.5, False, 27.0),
    (9.5, True, 24.0),
    (9.5, False, 20.0),
)
PAGES = 2
PICTURE = (840, 630)
HIGH = 31 / 37  # a picture on paper is at most so high for its width
A_LINE = 46  # letters in half the width
PICTURE_LINES = 8  # as high as the picture with its mat
US_PAPER = ("US", "CA", "MX", "PH", "CL", "CO")
WHEN_PAGES = re.compile(rb"/Type\s*/Page\b")


class NothingToPrint(ValueError):
    """The plan has no steps, or its verdict allows none."""


class HandoutFailed(ValueError):
    """The pages could not be set."""


@dataclass(frozen=True)
class Sheet:
    """What a handout says besides its plan. `address` is where the session opens, or empty; `body` is whose figure.

    `tongue` translates the handout's own words into `language`; those of the catalogue are English.
    """

    begins: date
    emergency: EmergencyNumber
    address: str = ""
    body: str = "woman"
    name: str = ""
    tongue: Tongue = field(default_factory=NullTranslations)
    language: str = "en"


Draw = Callable[[Step, str], bytes]


def dumps(plan: Plan, sheet: Sheet, draw: Draw | None = None) -> bytes:
    """The handout as PDF; `draw` gives the picture of a step on a body as PNG. Raises NothingToPrint, HandoutFailed."""
    _need_steps(plan, sheet.tongue)
    files = dict(_files(plan, sheet, draw or picture))
    made = b""
    for small, roomy, wide_mm in LAYOUTS:
        told = {**_words(plan, sheet), "small": small, "roomy": roomy, "wide": wide_mm, "sizes": _sizes(files, wide_mm)}
        made = _set({**files, "sheet.json": json.dumps(told).encode()})
        if len(WHEN_PAGES.findall(made)) <= PAGES:
            break
    return made


def picture(step: Step, body: str) -> bytes:
    """A step as the figure shows it, as PNG on clear ground and no larger than what is seen."""
    shown = perform(Wanted(step.stretch, body=body, side=_left_unless_right(step)))
    mesh = scene(shown.person, shown.props, shown.view)
    return png(cut(still(mesh, shown.view, PICTURE, frame=frame(shown.person, shown.props))))


def _left_unless_right(step: Step) -> Side:
    return Side.RIGHT if step.side is Side.RIGHT else Side.LEFT


def _need_steps(plan: Plan, tongue: Tongue) -> None:
    gravest = max(plan.verdict, plan.limits.verdict, key=lambda verdict: verdict.severity)
    if gravest.severity >= Verdict.SEE_CLINICIAN.severity or plan.limits.plan is PlanKind.NONE:
        raise NothingToPrint(tongue.gettext("There is no plan to print. %(advice)s") % {"advice": advice(gravest)})
    if not plan.steps:
        say = tongue.gettext("This plan has no stretch in it; make one with more minutes or in another place.")
        raise NothingToPrint(say)


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
    """All that is printed, in the language of the sheet."""
    together, _ = by_stretch(plan.steps), sheet.tongue.gettext
    everywhere = _shared(together)
    longest = max(sum(step.seconds for step in steps) for steps in together)
    cards = [_card(number, steps, plan, everywhere, longest, sheet) for number, steps in enumerate(together, start=1)]
    title = _("Stretches for your back")
    differs = (
        [_("The pictures show the usual form: do it as it says here.")] if any(s.changes for s in plan.steps) else []
    )
    return {
        "lang": sheet.language,
        "title": _("%(name)s: stretches for your back") % {"name": sheet.name} if sheet.name else title,
        "under": _under(plan, len(together), sheet),
        "paper": "us-letter" if sheet.emergency.country in US_PAPER else "a4",
        "foot": _("Supple plans within what you answered. It is no diagnosis and no treatment."),
        "address": sheet.address,
        "scan": _("Scan to open\nthe session"),
        "qr_says": _("A code that opens %(address)s") % {"address": sheet.address},
        "notes": [
            *plan.notes[:1],
            *(_("In every stretch: %(change)s") % {"change": _sentence(c)} for c in everywhere),
            *differs,
        ],
        "for_you": _("For you:"),
        "feel": _("You should feel:"),
        "stretches": cards,
        "left": _fair(cards),
        "fortnight": _("Two weeks"),
        "tick": _(
            "Tick what you did. Write your pain from 0 to 10 before and after. A day of rest is part of the plan."
        ),
        "stretch_word": _("Stretch"),
        "days": [_day(sheet.begins + timedelta(days=after), sheet.tongue) for after in range(DAYS)],
        "rows": [
            {"name": _("Pain before"), "box": False},
            *({"name": steps[0].name, "box": True} for steps in together),
            {"name": _("Pain after"), "box": False},
        ],
        "stop_title": _("When to stop and get help"),
        "emergency": _("An emergency: %(signs)s.") % {"signs": signs_of(Verdict.EMERGENCY, plan.limits.more_signs)},
        "same_day": _("Speak to a doctor today: %(signs)s.")
        % {"signs": signs_of(Verdict.SAME_DAY, plan.limits.more_signs)},
        "number": _("Call %(number)s") % {"number": sheet.emergency.number},
        "number_note": sheet.emergency.note,
        "before_title": _("Before you begin"),
        "before": list(plan.notes[1:]) or list(plan.notes),
        "own_notes": _("What you want to remember or ask"),
    }


def _under(plan: Plan, count: int, sheet: Sheet) -> str:
    """How much it is and from when."""
    begins, minutes = sheet.begins, max(1, round(plan.seconds / 60))
    stretches = sheet.tongue.ngettext("%(n)d stretch", "%(n)d stretches", count) % {"n": count}
    lasts = sheet.tongue.ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    month = sheet.tongue.gettext(f"{begins:%B}")
    told = {"stretches": stretches, "lasts": lasts, "day": begins.day, "month": month, "year": begins.year}
    return sheet.tongue.gettext("%(stretches)s, %(lasts)s. From %(day)d %(month)s %(year)d.") % told


def _card(
    number: int, steps: list[Step], plan: Plan, everywhere: Iterable[str], longest: int, sheet: Sheet
) -> dict[str, Any]:
    first, known = steps[0], load().stretch(steps[0].stretch)
    says = sheet.tongue.gettext("A figure doing this stretch: %(name)s") % {"name": first.name}
    return {
        "number": number,
        "name": first.name,
        "picture": f"{number}.png",
        "picture_says": says,
        "share": round(sum(step.seconds for step in steps) / longest, 3),
        "dose": _how_much(steps, sheet.tongue),
        "where": _where(first.setting, sheet.tongue),
        "steps": [in_place(in_time(text, first), first.setting) for text in known.steps_for(plan.tags)],
        "changes": [_sentence(change) for change in first.changes if change not in everywhere],
        "feel": known.feel_it,
    }


def _how_much(steps: list[Step], tongue: Tongue) -> str:
    """The dose, and how far to go where that is not all the way: on paper no figure shows it."""
    least = min(steps, key=lambda step: step.arc_percent)
    return ", ".join(part for part in (dose_of_both(steps, tongue), how_far(least, tongue)) if part)


def _where(setting: Setting, tongue: Tongue) -> str:
    words = {
        Setting.FLOOR: tongue.gettext("On a mat"),
        Setting.BED: tongue.gettext("On the bed"),
        Setting.CHAIR_DESK: tongue.gettext("At a chair or desk"),
        Setting.WALL: tongue.gettext("By a wall"),
        Setting.DOORWAY: tongue.gettext("In a doorway"),
        Setting.OPEN_SPACE: tongue.gettext("Where there is room"),
        Setting.STEP: tongue.gettext("At a low step"),
    }
    return words[setting]


def _fair(cards: Sequence[dict[str, Any]]) -> int:
    """How many cards stand on the left, so that both columns are about as long."""
    lengths = [_lines(card) for card in cards]
    return min(range(1, len(cards) + 1), key=lambda n: (abs(sum(lengths[:n]) - sum(lengths[n:])), -n))


def _lines(card: dict[str, Any]) -> int:
    head = PICTURE_LINES
    return head + sum(-(-len(text) // A_LINE) for text in (*card["steps"], *card["changes"], card["feel"]))


def _sizes(files: dict[str, bytes], wide_mm: float) -> dict[str, list[float]]:
    """How large each picture is set, in millimetres: as large as its place allows."""
    found = {}
    for name, content in files.items():
        if name.endswith(".png"):
            width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))  # where a PNG has them
            scale = wide_mm * min(1 / width, HIGH / height)
            found[name] = [round(width * scale, 2), round(height * scale, 2)]
    return found


def _shared(together: list[list[Step]]) -> tuple[str, ...]:
    """What somebody does differently in every stretch, so that it is read only once."""
    if len(together) < 2:
        return ()
    first, *others = ([*steps[0].changes] for steps in together)
    return tuple(change for change in first if all(change in changes for changes in others))


def _day(day: date, tongue: Tongue) -> dict[str, str]:
    return {"weekday": tongue.gettext(f"{day:%a}"), "day": str(day.day)}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
