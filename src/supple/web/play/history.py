"""What the sessions so far tell the planner, those of the site and those of the command line alike."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from supple import shapes
from supple.planner import Alarm, History
from supple.safety.verdicts import Verdict
from supple.session import Log, alarm, history, open_question
from supple.web.play import folder
from supple.web.play.models import Cleared, Run

LEFT_OPEN = "a question about grave signs that nobody answered"


def past(now: datetime) -> History:
    """What the planner needs to know of all sessions, on the clock of `now`. Raises folder.LogUnreadable."""
    return history(*(_on_clock(log, now) for log in logs().values()))


def alarms() -> dict[str, Alarm]:
    """The grave signs that were told of and not cleared, by the session. Raises folder.LogUnreadable."""
    cleared = {row.log: row.at for row in Cleared.objects.all()}
    return {name: sign for name, log in logs().items() if (sign := _sign(log, cleared.get(name)))}


def clear(now: datetime) -> None:
    """Every question has been answered anew, and a clinician has looked where that was asked: no sign bars any more."""
    for name in alarms():
        if name.startswith(folder.OWN):
            run = Run.objects.get(pk=int(name.removeprefix(folder.OWN)))
            before = run.read_log()
            run.log = shapes.plain(replace(before, cleared_at=now))
            run.save()
            run.mirror(before)
        else:
            Cleared.objects.update_or_create(log=name, defaults={"at": now})


def logs() -> Mapping[str, Log]:
    """Every log by its name; a session of the site once, whatever lies beside it in the folder."""
    own = {f"{folder.OWN}{run.pk}": run.whole_log() for run in Run.objects.all()}
    return own | {file.name: log for file, log in folder.others().items()}


def keep(name: str, log: Log) -> None:
    """A log with what was answered about it since: in the database for a session of the site, else in its own file."""
    if not name.startswith(folder.OWN):
        folder.write(folder.place() / name, log)
        return
    run = Run.objects.get(pk=int(name.removeprefix(folder.OWN)))
    before = run.read_log()
    run.log = shapes.plain(log)
    run.revision += 1
    run.save()
    run.mirror(before)


def _sign(log: Log, cleared: datetime | None) -> Alarm | None:
    log = replace(log, cleared_at=cleared or log.cleared_at)
    left = open_question(log)
    if found := alarm(log):
        return found
    if (
        left is None
        or (log.cleared_at and log.cleared_at > left.at)
        or (log.ended is None and log.of_plan.startswith(folder.OWN))
    ):
        return None  # one that is under way asks it itself
    return Alarm(left.at, LEFT_OPEN, Verdict.SAME_DAY, before=True)


def _on_clock(log: Log, now: datetime) -> Log:
    return shapes.moments(log, lambda moment: moment.astimezone(now.tzinfo))
