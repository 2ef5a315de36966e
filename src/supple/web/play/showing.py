"""A session as its page needs it: the timeline, how the figure does each step, and the question that is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from supple.anatomy import Side
from supple.catalogue import load
from supple.catalogue.motion_reader import NoMotion, motion
from supple.figure.performance import MIRRORED_VIEW, marked
from supple.figure.view import View
from supple.planner import Step
from supple.session import NOTHING, Cue, Scene, What, cue_words
from supple.session.asking import FEELINGS, PAINS, RETURN, WORSE
from supple.session.dose_words import dose, how_far
from supple.session.pose import rests_first
from supple.session.script import COUNT
from supple.web.figure.small import Size
from supple.web.figure.views import base, small_address
from supple.web.play.models import Run
from supple.web.play.voice import addresses

SHEETS = {What.KIND: "play/hurts.html", What.STRENGTH: "play/strength.html", What.TOLD: "play/told.html"}


@dataclass(frozen=True)
class Choice:
    """One answer that may be tapped."""

    value: str
    label: str


def state(run: Run, scene: Scene, request: HttpRequest, *, say: str = "") -> dict[str, Any]:
    """All that the page's script has to know; `say` is a sentence for the person."""
    played = scene.playback
    cues = [_cue(scene, cue) for cue in played.timeline.cues]
    return {
        "revision": run.revision,
        "at_s": played.at_s,
        "seconds": played.timeline.seconds,
        "behind": _behind(scene),
        "cues": cues,
        "clips": addresses((*COUNT, *(text for cue in cues for text in cue["say"]))),
        "steps": [step_words(step, run.person.body) for step in played.plan.steps],
        "sheet": sheet(run, scene, request),
        "leave": after_url(run) if run.ended else "",
        "say": say,
    }


def _behind(scene: Scene) -> int:
    """How many stretches were on before those of the plan that is followed now."""
    here = {step.stretch for step in scene.playback.plan.steps}
    return len({entry.stretch for entry in scene.playback.log.entries} - here)


def after_url(run: Run) -> str:
    """Where one is led when it is over."""
    return reverse("after", args=[run.pk])


def sheet(run: Run, scene: Scene, request: HttpRequest) -> str:
    """The open question as a page's part; empty where none is open."""
    if scene.open == NOTHING or run.ended:
        return ""
    return render_to_string(SHEETS.get(scene.open.what, "play/asks.html"), sheet_words(run, scene), request)


def sheet_words(run: Run, scene: Scene) -> dict[str, Any]:
    """What a sheet needs."""
    answers = scene.answers
    return {
        "run": run,
        "open": scene.open,
        "kinds": _choices(FEELINGS),
        "pains": list(PAINS),
        "answers": _choices({answer: said for answer, said in answers.items() if answer not in (RETURN, WORSE)}),
        "feeling": gettext(FEELINGS[scene.open.quality]) if scene.open.quality else "",
        "back": gettext(answers.get(RETURN, "")),
        "worse": gettext(answers.get(WORSE, "")),
        "said": scene.open.said.split("\n"),
    }


def _choices(answers: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, gettext(label)) for value, label in answers.items()]


def step_words(step: Step, body: str) -> dict[str, Any]:
    """A step: what is read, and how the figure does it."""
    return {
        "id": step.stretch,
        "name": step.name,
        "side": step.side.value,
        "side_words": cue_words.side(step, translation),
        "dose": dose(step, translation),
        "arc": step.arc_percent,
        "far": how_far(step, translation),
        "mode": step.mode.value,
        "rests_first": rests_first(step),
        "pause_s": step.pause_s,
        "cycle_s": step.seconds / step.cycles if step.cycles else 0,
        "changes": list(step.changes),
        "otherwise": cue_words.otherwise(step, translation),
        "feel": load().stretch(step.stretch).feel_it,
        "still": still(step.stretch, step.side, body=body),
        "small": small_address(body, step.stretch, Size.SHELF),
        **_look(step.stretch, step.side),
    }


def pages(scene: Scene, body: str) -> list[dict[str, Any]]:
    """Every step with all its sentences, to be read; the one that is on is marked."""
    cues = scene.playback.timeline.cues
    return [
        {
            **step_words(step, body),
            "lines": [text for cue in cues if cue.step == number for text in cue_words.said(scene.playback, cue)],
            "now": number == scene.playback.cue.step,
        }
        for number, step in enumerate(scene.playback.plan.steps)
    ]


def still(stretch: str, side: Side = Side.NONE, *, body: str = "woman") -> str:
    """The address of a picture of a stretch at its full arc."""
    return f"{base()}stills/{body}/{stretch}.png?side={'right' if side is Side.RIGHT else 'left'}&muscles=1"


def _cue(scene: Scene, cue: Cue) -> dict[str, Any]:
    return {
        "kind": cue.kind.value,
        "at_s": cue.at_s,
        "seconds": cue.seconds,
        "step": cue.step,
        "say": list(cue_words.said(scene.playback, cue)),
        "count": cue.count,
        "of": cue.of,
        "what": cue_words.what(cue, translation),
    }


@cache
def _look(stretch: str, side: Side) -> dict[str, Any]:
    """The view, the marks, and whether the figure may move: its motion has passed the look."""
    known = load().stretch(stretch)
    marks = marked(known, side)
    return {
        "view": _view(stretch, side),
        "marks": {
            "primary": list(marks.primary),
            "secondary": list(marks.secondary),
            "side": None if marks.side is Side.NONE else marks.side.value,
        },
        "moves": bool(_motion_passed(stretch)),
    }


def _view(stretch: str, side: Side) -> str:
    try:
        best = View(motion(stretch).view)
    except NoMotion:
        return View.THREE_QUARTER.value
    return (
        (MIRRORED_VIEW | {right: left for left, right in MIRRORED_VIEW.items()}).get(best, best).value
        if side is Side.RIGHT
        else best.value
    )


def _motion_passed(stretch: str) -> str:
    try:
        return motion(stretch).passed
    except NoMotion:
        return ""
