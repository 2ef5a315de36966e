"""Sessions as the planner sees them: the logs so far are the History of the next plan."""

from collections.abc import Iterator
from dataclasses import replace

from supple.planner.history import SEVERITY, DayAfter, Done, History, LegSaid, PainBefore
from supple.safety.aftercare import felt
from supple.safety.nerve import is_nerve
from supple.safety.traffic_light import Colour, Quality
from supple.session.alarms import alarms
from supple.session.log import LEG_REVIEWED, Ending, Entry, Hurt, Log, told_while_sore


def history(*logs: Log) -> History:
    """What the planner needs to know of these sessions, in the order of time."""
    logs = tuple(sorted((_with_what_followed(_with_what_hurt(log)) for log in logs), key=lambda log: log.started))
    done = tuple(step for log in logs for step in _done(log))
    sore = [report for log in logs for report in told_while_sore(log)]
    after = [
        DayAfter(log.day_after_at, log.day_after, log.started) for log in logs if log.day_after and log.day_after_at
    ]
    pains = tuple(PainBefore(log.started, log.pain_before) for log in logs if any(map(_counts, log.entries)))
    return History(
        done,
        tuple(sorted(sore + after, key=lambda day: day.at)),
        tuple(alarms(dict(enumerate(logs))).values()),
        pains=pains,
        legs=tuple(LegSaid(log.started, log.legs[-1]) for log in logs if log.legs),
        leg_reviewed_at=max((c.at for log in logs for c in log.rechecks if c.answer == LEG_REVIEWED), default=None),
    )


def _done(log: Log) -> Iterator[Done]:
    """The steps of a session that leave something behind; a red light of another kind in the same step beside it."""
    for entry in filter(_counts, log.entries):
        felt_so = _felt(log, entry)
        yield Done(entry.stretch, entry.at, entry.side, entry.seconds, entry.colour, log.level, felt_so)
        others = {h.quality for h in log.hurts if h.colour is Colour.RED and _same(h, entry)} - {felt_so}
        for quality in sorted(others):
            yield Done(entry.stretch, entry.at, entry.side, 0, Colour.RED, log.level, quality)


def _same(hurt: Hurt, entry: Entry) -> bool:
    return (hurt.stretch, hurt.side) == (entry.stretch, entry.side)


def _felt(log: Log, entry: Entry) -> Quality | None:
    """How a step felt that ended in red; of several times the last in which a nerve answered, else the last."""
    red = [hurt for hurt in log.hurts if hurt.colour is Colour.RED]
    here = [hurt.quality for hurt in red if _same(hurt, entry)]
    return next(reversed(sorted(here, key=is_nerve)), None)


def _counts(entry: Entry) -> bool:
    """Whether a step leaves anything behind: what was skipped at once does not."""
    return bool(entry.seconds) or entry.colour is not Colour.GREEN


def _with_what_hurt(log: Log) -> Log:
    """The log with a step for each light that has none: the session was lost or left while it was told of."""
    for hurt in log.hurts:
        worst = [SEVERITY.index(e.colour) for e in log.entries if (e.stretch, e.side) == (hurt.stretch, hurt.side)]
        if hurt.colour is not Colour.GREEN and max(worst, default=-1) < SEVERITY.index(hurt.colour):
            told = Entry(hurt.stretch, hurt.side, hurt.at, 0, Ending.STOPPED, hurt.colour)
            log = replace(log, entries=(*log.entries, told))
    return log


def _with_what_followed(log: Log) -> Log:
    """The log with its steps amber where pain was felt to be higher after them: the next ones are smaller."""
    if log.pain_after is None or log.pain_after - log.pain_before < felt():
        return log
    entries = (replace(e, colour=max(e.colour, Colour.AMBER, key=SEVERITY.index)) for e in log.entries)
    return replace(log, entries=tuple(entries))
