"""People for the tests: the ten of the vignettes with every question answered, and a well one to change."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from supple.anatomy import Setting
from supple.safety.day import Today, as_answered
from supple.safety.direction import Direction
from supple.safety.limits import Limits
from supple.safety.questions import NO, YES, Question, QuestionKind, Value, facts, questions, read
from supple.safety.rules import holds
from supple.safety.verdicts import PlanKind, Verdict

CASES = Path(__file__).parents[1] / "cases"
VIGNETTES: dict[str, dict[str, Any]] = {
    vignette["id"]: vignette
    for vignette in json.loads((CASES / "vignettes.json").read_text(encoding="utf-8"))["vignettes"]
}
USUAL: dict[str, Value] = {
    "age": 40,
    "nprs_rest": 2,
    "duration_weeks": 4,
    "improving": YES,
    "leg_pain": "none",
    "surgery_weeks": "none",
    "flexion_effect": "same",
    "extension_effect": "same",
    "can_use_floor": YES,
    "can_kneel": YES,
    "pain_region": ("lower_back",),
    "setting": "chair_desk",
    "minutes_available": 10,
    "guardian_agrees": YES,
}


def person(vignette: str, **changes: object) -> dict[str, Value]:
    """The answers of a vignette, changed, with every other question that applies answered harmlessly."""
    return whole({**VIGNETTES[vignette]["answers"], **changes})


def well(**changes: object) -> dict[str, Value]:
    """Somebody of 40 with a mildly stiff back and nothing else, changed; `None` leaves a question out."""
    full = whole({key: value for key, value in changes.items() if value is not None})
    return {key: value for key, value in full.items() if key not in changes or changes[key] is not None}


def whole(answers: Mapping[str, object]) -> dict[str, Value]:
    """The answers with every question that is not optional answered or skipped, harmlessly where nothing was said."""
    known = read(answers)
    for asked in questions().values():
        if asked.key not in known and not asked.optional:
            skipped = asked.skip_when is not None and holds(asked.skip_when, facts(known))
            known |= _stored(asked) if skipped else {asked.key: _harmless(asked, known)}
    return known


def today_of(answers: Mapping[str, Value], **changes: Any) -> Today:
    """The day as these answers tell of it, changed."""
    return replace(as_answered(answers), **changes)


def anybody(**changes: Any) -> Limits:
    """Limits of somebody without tags on a good day in week 1, with all settings there are."""
    of_the_day = {field.name for field in fields(Today)}
    day: dict[str, Any] = {key: changes.pop(key) for key in [*changes] if key in of_the_day}
    usual: dict[str, Any] = {
        "verdict": Verdict.FINE,
        "plan": PlanKind.FULL,
        "direction": Direction.NO_DIRECTION,
        "tags": (),
        "age": 40,
        "can_kneel": True,
        "arm_symptoms": False,
        "unsure_direction": False,
        "today": Today(**{"pain_now": 2, "settings": tuple(Setting), "at_hour": 18, **day}),
    }
    return Limits(**{**usual, **changes})


def _stored(asked: Question) -> dict[str, Value]:
    return {asked.key: NO} if asked.kind is QuestionKind.YES_NO_UNSURE else {}


def _harmless(asked: Question, known: Mapping[str, Value]) -> Value:
    age = known.get("age")
    if asked.key == "onset_under_40" and isinstance(age, (int, float)) and age < 40:
        return YES
    assert asked.key in USUAL or asked.kind is QuestionKind.YES_NO_UNSURE
    return USUAL.get(asked.key, NO)
