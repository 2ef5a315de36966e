"""A plan carried out: its timeline, the session under way, and the log of what happened."""

from supple.session.log import NOT_ANSWERED, Ending, Entry, Hurt, Log, Recheck, alarm, history
from supple.session.pace import Phase, phase
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
    rechecked,
    skip,
    start,
)
from supple.session.timeline import Cue, CueKind, Timeline, breath, timeline

__all__ = [
    "NOT_ANSWERED",
    "Cue",
    "CueKind",
    "Ending",
    "Entry",
    "Hurt",
    "Log",
    "Phase",
    "Playback",
    "Recheck",
    "Timeline",
    "advance",
    "alarm",
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
    "phase",
    "rechecked",
    "skip",
    "start",
    "timeline",
]
