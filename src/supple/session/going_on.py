"""A session that was broken off and goes on, as the person is now: beside all other sessions, and warm."""

from dataclasses import replace
from datetime import datetime, timedelta

from supple.catalogue import load
from supple.planner import History, Plan, SoFar, rest_of
from supple.planner.background import background
from supple.planner.check import holds_still
from supple.planner.plan import stricter
from supple.planner.timing import load_timing
from supple.safety.grave_pain import pain_for_the_rest
from supple.safety.limits import Limits
from supple.safety.tables import table
from supple.safety.traffic_light import Colour
from supple.session.log import Log
from supple.session.past import history
from supple.session.playback import Playback, dropped_after, only_rests, spread
from supple.session.timeline import timeline


def too_late(log: Log, now: datetime) -> bool:
    """Whether a session broke off too long ago to go on."""
    return now - log.started > timedelta(hours=table("before_session")["spans"]["goes_on_within_hours"])


def under_way(log: Log, now: datetime) -> bool:
    """Whether a session was begun not long ago, has something left and is not ended."""
    return log.ended is None and log.rest is not None and log.started <= now and not too_late(log, now)


def cold(log: Log, now: datetime) -> bool:
    """Whether somebody who moved last then has to begin with a movement again, and is asked as before any session."""
    moved = max((entry.at for entry in log.entries), default=log.started)
    return now - moved >= timedelta(seconds=load_timing().cold_after_s)


def bounds_now(made: Plan, log: Log, pain: int, now: datetime) -> Limits:
    """The limits with the pain and the hour of now; what hurt in the session counts on, a break does not undo it."""
    red = (found.during for found in log.hurts if found.colour is Colour.RED)
    felt = max((pain_for_the_rest(pain, during) for during in red), default=pain)
    return replace(
        made.limits, today=replace(made.limits.today, pain_now=felt, at_hour=now.hour, minutes_since_rising=None)
    )


def as_one_is(playback: Playback, others: History, bounds: Limits, pain: int, now: datetime) -> Playback:
    """The session to go on with; its plan is made again where pain, hour, other sessions or what hurt ask for it.

    `others` are all other sessions, `bounds` those of `bounds_now`, `pain` the pain now. The timeline is another one
    where the plan was made again.
    """
    made = playback.plan
    left = stricter(made.background, background(others, load(), now, bounds))
    left = replace(left, dropped={**left.dropped, **_out_since(playback.log)})
    so_far = SoFar(history(playback.log).done, None, made.seconds, cold=cold(playback.log, now))
    as_now = replace(made, limits=bounds, background=left)
    same_gate = bounds.gate is made.limits.gate
    if same_gate and holds_still(as_now, load(), so_far):
        return replace(playback, plan=as_now, pain=pain)
    if spread(playback.log):
        stays = only_rests(as_now, load(), left.dropped)
        return replace(playback, plan=stays, timeline=timeline(stays, load()), pain=pain)
    rest = rest_of(load(), as_now, so_far)
    return replace(playback, plan=rest, timeline=timeline(rest, load()), pain=pain)


def _out_since(log: Log) -> dict[str, str]:
    """What the red lights of a session leave out, also one that was told of when it was lost."""
    out: dict[str, str] = {}
    for hurt in log.hurts:
        if hurt.colour is Colour.RED:
            out |= dropped_after(load(), hurt.stretch, hurt.quality)
    return out
