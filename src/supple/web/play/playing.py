"""Which tap does what, and how fast the clock of this page runs."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from supple.catalogue import load
from supple.session import (
    NOTHING,
    RETURN,
    NotAsked,
    Scene,
    What,
    answered,
    done,
    go_on,
    hurting,
    kept,
    reach,
    skipped,
    stepped_back,
    stopped,
)

FASTEST = 600.0


def after(scene: Scene, given: Mapping[str, Any], now: datetime) -> Scene:
    """The session after a tap at the second where the page's clock stood. Raises NotAsked."""
    act, stood = given["act"], scene
    if scene.open != NOTHING:
        ends = act == "end" and scene.open.what is What.KIND
        return stopped(scene, now) if ends else answered(scene, act, now)
    if act not in MOVES and act not in hurting(scene).answers:
        raise NotAsked
    if given.get("at_s") is not None:
        scene = reach(scene, given["at_s"], now)
    if scene.ending or scene.open != NOTHING:  # on the way there a leg had to be asked after, or the session ended
        return scene if act in MOVES else answered(hurting(stood), act, now)
    return MOVES[act](scene, now) if act in MOVES else answered(hurting(scene), act, now)


def heard(scene: Scene, act: str) -> bool:
    """Whether a tap counts though its page is behind: what hurts is heeded, whatever another page has done since."""
    asks = hurting(scene)
    return asks.open.what is What.KIND and act in asks.answers and act != RETURN


def begun_again(scene: Scene) -> Scene:
    """The step that is on from its beginning, with the whole way into it: whoever opens the page anew has left it.

    It stands in no log yet, so that no second of it counts twice.
    """
    before = scene.playback
    rest = go_on(kept(before), load()) if before.at_s else None
    if rest is None:
        return scene
    again = replace(rest, log=before.log, colour=before.colour, pain=before.pain)
    return replace(scene, playback=again, behind=scene.behind + before.cue.step)


MOVES = {
    "reach": lambda scene, _: scene,
    "begin": lambda scene, _: begun_again(scene),
    "back": lambda scene, _: stepped_back(scene),
    "skip": skipped,
    "done": done,
    "end": stopped,
}


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
