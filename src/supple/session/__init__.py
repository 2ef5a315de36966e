"""A plan carried out: its timeline, the session under way, and the log of what happened."""

from supple.session.log import Ending, Entry, Hurt, Log, history
from supple.session.playback import (
    Playback,
    advance,
    back,
    dropped_after,
    end,
    go_on,
    hurts,
    kept,
    leg_answers,
    loads_low_back,
    pause,
    skip,
    start,
)
from supple.session.timeline import Cue, CueKind, Timeline, breath, timeline

__all__ = [
    "Cue",
    "CueKind",
    "Ending",
    "Entry",
    "Hurt",
    "Log",
    "Playback",
    "Timeline",
    "advance",
    "back",
    "breath",
    "dropped_after",
    "end",
    "go_on",
    "history",
    "hurts",
    "kept",
    "leg_answers",
    "loads_low_back",
    "pause",
    "skip",
    "start",
    "timeline",
]
