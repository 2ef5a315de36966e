"""The diary: sessions by month, and what is corrected, deleted and put back in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from supple.catalogue import load
from supple.safety.traffic_light import Colour
from supple.session import Ending, Hurt, Log, alarm
from supple.session.asking import FEELINGS
from supple.web.play import folder, history, weeks
from supple.web.play.afterwards import worked_s
from supple.web.play.models import Run

ON_A_PAGE = 30
DRAWN = ((560, 260), (366, 240))  # for a wide window, and for a narrow one
NOT_SHOWN = ("plan", "log", "held", "asking")  # what is long, and stands in no line


@dataclass(frozen=True)
class Line:
    """One session of the diary; `hurts` tells in which stretch it hurt, and how it felt."""

    run: Run
    seconds: int
    stretches: int
    pain_before: int
    hurts: tuple[str, ...]
    sign: bool


def months(number: int) -> list[tuple[str, list[Line]]]:
    """The sessions that are over, the latest first, month by month: the first page of them, the second and so on."""
    runs, lies = _over().defer(*NOT_SHOWN)[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], history.logs()
    lines = [line(run, lies[f"{folder.OWN}{run.pk}"]) for run in runs]
    return [(month, list(some)) for month, some in groupby(lines, key=_month)]


@dataclass(frozen=True)
class Weeks:
    """The last six weeks: what they say, drawn for a wide and for a narrow window, and their days."""

    finding: weeks.Finding
    charts: tuple[weeks.Chart, ...]
    calendar: list[list[weeks.Cell]]
    sessions: int


def lately(today: date) -> Weeks | None:
    """The sessions of six weeks together; None where there is none."""
    about = timezone.now() - timedelta(weeks=weeks.WEEKS + 1)  # a day too many is left out below
    lies, runs = history.logs(), _over().filter(started__gte=about).defer(*NOT_SHOWN).order_by("started")
    days = [
        weeks.Day(timezone.localtime(run.started).date(), log.pain_before, log.ending is Ending.STOPPED)
        for run in runs
        for log in (lies[f"{folder.OWN}{run.pk}"],)
        if weeks.within(timezone.localtime(run.started).date(), today)
    ]
    if not days:
        return None
    charts = tuple(weeks.chart(days, today, *size) for size in DRAWN)
    return Weeks(weeks.finding(days), charts, weeks.calendar(days, today), len(days))


def pages() -> int:
    """How many pages the diary has."""
    return max(1, -(-_over().count() // ON_A_PAGE))


def _over() -> QuerySet[Run]:
    return Run.sessions().exclude(ended=None)


def line(run: Run, log: Log) -> Line:
    """A session in a line."""
    return Line(
        run,
        worked_s(log),
        len({entry.stretch for entry in log.entries if entry.seconds}),
        log.pain_before,
        told(log),
        alarm(log) is not None,
    )


def told(log: Log) -> tuple[str, ...]:
    """In which stretch it hurt, and how it felt."""
    return tuple(dict.fromkeys(_told(hurt) for hurt in log.hurts if hurt.colour is not Colour.GREEN))


def _told(hurt: Hurt) -> str:
    felt = FEELINGS[hurt.quality.value]
    return f"{load().stretch(hurt.stretch).name}: {felt[:1].lower()}{felt[1:]}"


def correct(run: Run, given: Mapping[str, Any], felt: dict[str, str]) -> None:
    """Pain, note and how each stretch felt, as they are told now."""
    run.pain_after, run.note, run.felt = given["pain_after"], given["note"], felt
    run.rewrite(replace(run.read_log(), pain_after=run.pain_after))


def delete(run: Run, at: datetime) -> None:
    """Out of the diary, until it is put back."""
    run.deleted = at
    run.rewrite(run.read_log())


def restore(run: Run) -> None:
    """Back in the diary."""
    run.deleted = None
    run.rewrite(run.read_log())


def _month(shown: Line) -> str:
    return date_format(timezone.localtime(shown.run.started), "F Y")
