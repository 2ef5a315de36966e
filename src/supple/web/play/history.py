"""What the sessions so far tell the planner, those of the site and those of the command line alike.

Every request looks anew at what lies there, for a sign that was told in a terminal a moment ago bars the very next one;
only what has not changed since is not read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from supple import shapes
from supple.planner import Alarm, History
from supple.safety.verdicts import Verdict
from supple.session import Log, alarm, as_of, history, open_question
from supple.session import alarms as grave_signs
from supple.session.going_on import under_way
from supple.session.log_file import Latest, Stamp, as_it_lies, names_in
from supple.web.play import folder
from supple.web.play.models import Cleared, Run, copied, whole

LEFT_OPEN = "a question about grave signs that nobody answered"
FEW = 8  # clocks, and what was there a moment ago


@dataclass(frozen=True, eq=False)
class Kept:
    """A log by its name; the same object for as long as nothing in it changes.

    `unknown` where something in it bars that is not in the copy which the command line reads.
    """

    name: str
    log: Log
    unknown: bool = False


OWN: Latest[Kept] = Latest()
OTHERS: Latest[Kept | None] = Latest()


def past(now: datetime) -> History:
    """What the planner needs to know of all sessions, on the clock of `now`. Raises FileError."""
    return _past(_kept(), now.tzinfo)


def alarms(lies: Mapping[str, Log] | None = None) -> dict[str, Alarm]:
    """The grave signs that were told of and not cleared, by the session; `lies` are the logs, where one has them.

    Raises FileError.
    """
    cleared = {row.log: row.at for row in Cleared.objects.all()}
    found, now = logs() if lies is None else lies, timezone.now()
    told = {name: replace(log, cleared_at=cleared[name]) if name in cleared else log for name, log in found.items()}
    there = {name: as_of(log, now) for name, log in told.items()}
    grave = grave_signs(there)
    return {name: sign for name, log in there.items() if (sign := grave.get(name) or _left_open(name, log))}


def left_open(lies: Mapping[str, Log]) -> int | None:
    """The session of the site among these that broke off over a question about grave signs; it comes before others."""
    waiting = (_number(name) for name, log in lies.items() if log.ended is None and open_question(log))
    return next((number for number in waiting if number is not None), None)


def in_the_terminal(now: datetime) -> datetime | None:
    """When the session was begun that is under way in the terminal, if one is. Raises FileError."""
    begun = (log.started for name, log in logs().items() if _number(name) is None and under_way(log, now))
    return max(begun, default=None)


def clear(now: datetime, *names: str) -> None:
    """What these sessions told of bars no more: all was answered anew, and where that was asked a clinician looked."""
    for name in names:
        if run := _run(name):
            run.rewrite(replace(run.read_log(), cleared_at=now))
        else:
            Cleared.objects.update_or_create(log=name, defaults={"at": now})


def logs() -> Mapping[str, Log]:
    """Every log by its name; a session of the site once, whatever lies beside it in the folder. Raises FileError."""
    return {kept.name: kept.log for kept in _kept()}


def keep(name: str, log: Log) -> None:
    """A log with what was answered about it since: in the database for a session of the site, else in its own file."""
    if run := _run(name):
        run.rewrite(log)
    else:
        folder.write(folder.place() / name, log)


def _run(name: str) -> Run | None:
    """The session of the site that bears this name; None for a log that is none of its own."""
    number = _number(name)
    return None if number is None else Run.objects.get(pk=number)


def _number(name: str) -> int | None:
    number = name.removeprefix(folder.OWN)
    return int(number) if number != name and number.isdecimal() else None


def _kept() -> tuple[Kept, ...]:
    place, zone = folder.place(), timezone.get_current_timezone()
    lies = names_in(place)
    rows = Run.objects.order_by("pk").values_list("pk", Cast("log", TextField()), "deleted")
    own = [
        _own(place, number, text, lies.pop(f"{folder.OWN}{number}.json", None), zone, deleted is not None)
        for number, text, deleted in rows
    ]
    for each in own:
        if each.unknown and (run := _run(each.name)):
            run.mirror(run.read_log())  # the folder could not be written when it was told
    others = (_other(place, name, stamp, zone) for name, stamp in sorted(lies.items()))
    return (*own, *filter(None, others))


def _own(place: Path, number: int, text: str, stamp: Stamp | None, zone: tzinfo, deleted: bool) -> Kept:
    """A session of the site with what the command line has added to its copy."""
    name = f"{folder.OWN}{number}"

    def read() -> Kept:
        copy = copied(place / f"{name}.json", stamp) if stamp else None
        log = whole(shapes.loads(Log, text, name=name), copy, deleted=deleted)
        bars = alarm(log) or open_question(log)
        unknown = bool(bars) and (copy is None or not (alarm(copy) or open_question(copy)))
        return Kept(name, shapes.moments(log, folder.here), unknown)

    return OWN.of(name, (place, text, stamp, zone, deleted), read)


def _other(place: Path, name: str, stamp: Stamp, zone: tzinfo) -> Kept | None:
    """A log that the command line wrote, or the site before its database was a new one; None for what is none."""

    def read() -> Kept | None:
        log = as_it_lies(place / name, stamp)
        return Kept(name, shapes.moments(log, folder.here)) if log else None

    return OTHERS.of(name, (place, stamp, zone), read)


@lru_cache(maxsize=FEW)
def _past(kept: tuple[Kept, ...], zone: tzinfo | None) -> History:
    return history(*(shapes.moments(each.log, lambda moment: moment.astimezone(zone)) for each in kept))


def _left_open(name: str, log: Log) -> Alarm | None:
    """A question about grave signs that nobody answered, unless its own session asks it again."""
    left = open_question(log)
    asks_itself = log.ended is None and _number(name) is not None
    if left is None or (log.cleared_at and log.cleared_at > left.at) or asks_itself:
        return None
    return Alarm(left.at, LEFT_OPEN, Verdict.SAME_DAY, before=True)
