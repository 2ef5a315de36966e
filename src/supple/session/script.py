"""Every sentence of a session with the second at which it is said: one after the other, none cut short.

Where a step has more words than time, the last of them are said while the next one is got into, and what it feels like
or how to breathe goes unsaid; to ease off is said in the rest or not at all. The player's script has a twin of this
(`pace.js`); both read tests/cases/session.json.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from supple.planner.wording import spoken_s
from supple.session.timeline import EASE_OFF, Cue, CueKind, Timeline

CAN_WAIT = ("Feel it: ", "Breathing: ")
COUNT = ("Three.", "Two.", "One.")
COUNTED_FROM_S = 10  # a shorter hold is over as soon as it has been told


@dataclass(frozen=True)
class Line:
    """A sentence and how long a calm voice may take for it; `counts` where it is one of the last three seconds."""

    at_s: float
    seconds: float
    text: str
    step: int
    counts: bool = False


def script(line: Timeline) -> tuple[Line, ...]:
    """What is said, in order; no two overlap."""
    said = list(_told(line))
    taken = [(each.at_s, each.at_s + each.seconds) for each in said]
    for cue in line.cues:
        first = cue.until_s - len(COUNT)
        if _counted(cue) and all(end <= first or start >= cue.until_s for start, end in taken):
            said += [Line(first + n, 1.0, text, cue.step, counts=True) for n, text in enumerate(COUNT)]
    return tuple(sorted(said, key=lambda each: each.at_s))


def _told(line: Timeline) -> Iterator[Line]:
    free_s = 0.0
    for cue in line.cues:
        over_s = line.start_of(cue.step + 1)
        for text in cue.say:
            at_s = max(free_s, float(cue.at_s))
            if at_s + spoken_s(text) > over_s and cue.seconds and text.startswith(CAN_WAIT):
                continue
            if text == EASE_OFF and at_s + spoken_s(text) > cue.until_s:  # never in the hold after it
                continue
            yield Line(at_s, spoken_s(text), text, cue.step)
            free_s = at_s + spoken_s(text)


def _counted(cue: Cue) -> bool:
    return cue.kind is CueKind.HOLD and cue.seconds >= COUNTED_FROM_S
