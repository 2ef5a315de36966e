"""Which tap does what, and how fast the clock of this page runs."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from supple.safety.traffic_light import LegResponse, Quality
from supple.web.play import scene as does
from supple.web.play.asking import NOTHING, What
from supple.web.play.scene import NotAsked, Scene

ANSWERS = {
    "strength": (What.STRENGTH,),
    "settles": (What.SETTLES,),
    "sign": (What.SIGNS,),
    "leg": (What.LEG,),
    "on": (What.TOLD,),
    "kind": (What.NOTHING, What.KIND, What.STRENGTH),
    "worse": (What.NOTHING, What.KIND, What.STRENGTH),
    "return": (What.NOTHING, What.KIND, What.STRENGTH),
    "skip": (What.NOTHING, What.TOLD),
    "end": (What.NOTHING, What.KIND, What.TOLD),
    "reach": (What.NOTHING,),
    "done": (What.NOTHING,),
    "back": (What.NOTHING,),
}
FASTEST = 600.0


def after(scene: Scene, given: Mapping[str, Any], now: datetime) -> Scene:
    """The session after a tap at the second where the page's clock stood. Raises NotAsked."""
    act = given["act"]
    if scene.open.what not in ANSWERS[act] or (act == "skip" and scene.open.only_end):
        raise NotAsked
    if given.get("at_s") is not None and scene.open == NOTHING:
        scene = does.reach(scene, given["at_s"], now)
    if scene.ending or (scene.open != NOTHING and scene.open.what not in ANSWERS[act]):
        return scene  # on the way there a leg had to be asked after, or the session came to its end
    return _answered(scene, act, given, now)


def _answered(scene: Scene, act: str, given: Mapping[str, Any], now: datetime) -> Scene:
    match act:
        case "kind":
            return does.kind_told(scene, now, Quality(given["kind"]))
        case "strength":
            return does.strength_told(scene, now, given["strength"])
        case "settles":
            return does.settles(scene, now, fell=given["settles"] == "yes")
        case "sign":
            return does.sign_told(scene, now, given["sign"])
        case "leg":
            return does.leg_told(scene, now, LegResponse(given["leg"]))
        case "back" | "return":
            return does.stepped_back(scene) if act == "back" else does.taken_back(scene)
    plain = {"worse": does.something_worse, "on": does.gone_on, "skip": does.skipped, "done": does.done}
    if act in plain:
        return plain[act](scene, now)
    return does.stopped(scene, now) if act == "end" else scene


def elsewhere() -> str:
    """What is said to a page that is behind."""
    return gettext("This session went on in another window. This is where it stands now.")


def rate(request: HttpRequest) -> float:
    """How many seconds pass in one: 1, but for tests that ask for more and are allowed to."""
    if not (settings.DEBUG or os.environ.get("SUPPLE_PACE")):
        return 1.0
    try:
        return min(max(float(request.GET.get("pace", "1")), 1.0), FASTEST)
    except ValueError:
        return 1.0
