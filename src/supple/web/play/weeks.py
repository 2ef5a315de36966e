"""The last six weeks of the diary at a glance: how pain before the sessions went, and on which days there was one.

The change is that of the mean of the last four sessions against the first four, with Student's interval for two means.
It knows nothing of what else happened in those weeks, and pain of one day is not independent of that of the day before,
so that the true interval is wider: the words say "likely" and never that it was the stretching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import mean, variance

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from supple.safety.aftercare import felt
from supple.web.play.afterwards import ENOUGH

WEEKS = 6
WEEK_DAYS = 7
FEW = 4  # sessions at either end that are compared
T_95 = 2.447  # Student's t for 95 % and 2 * FEW - 2 degrees of freedom
SMOOTH = 2  # sessions before and after that the line is the mean of
WORST = 10


@dataclass(frozen=True)
class Day:
    """A session: its day, the pain before it, and whether it was broken off."""

    on: date
    pain: int
    stopped: bool


@dataclass(frozen=True)
class Finding:
    """What the weeks say: in a line, and how sure that is."""

    title: str
    say: str


@dataclass(frozen=True)
class Dot:
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    """Pain by day as it is drawn; `start` and `band` are where it began and the two points below, from the top."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    line: str
    start: float
    band: float
    scale: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Cell:
    """A day of the calendar: full, stopped, or empty for one of rest; `words` for who hears the page."""

    number: int
    weekday: str
    kind: str
    words: str
    today: bool
    later: bool


LEFT, TOP, BELOW = 30, 14, 14  # room for the numbers of the scale


def finding(days: Sequence[Day]) -> Finding:
    """What pain did, with how far one may believe it.

    >>> finding([Day(date(2026, 11, day), pain, False) for day, pain in enumerate([6, 6, 6, 5, 3, 3, 2, 3], 1)]).title
    'Your pain is about 3 points lower'
    """
    if len(days) < ENOUGH:
        more = ENOUGH - len(days)
        say = ngettext(
            "After %(n)d more session we can say how your pain goes. A few days say little.",
            "After %(n)d more sessions we can say how your pain goes. A few days say little.",
            more,
        )
        return Finding(gettext("Not sure yet how your pain goes"), say % {"n": more})
    first, last = [day.pain for day in days[:FEW]], [day.pain for day in days[-FEW:]]
    change, half = mean(last) - mean(first), T_95 * sqrt((variance(first) + variance(last)) / FEW)
    told = gettext(
        "From %(first).1f to %(last).1f before your sessions, the first four against the last four. The true change is "
        "likely from %(low)s to %(high)s. Two points is where most people feel a difference. Backs also get "
        "better on their own, so we cannot say the stretching did it."
    ) % {"first": mean(first), "last": mean(last), "low": _moved(change - half), "high": _moved(change + half)}
    return Finding(_title(change, half), told)


def _moved(change: float) -> str:
    words = gettext("%(n).1f lower") if change < 0 else gettext("%(n).1f higher")
    return words % {"n": abs(change)}


def _title(change: float, half: float) -> str:
    points = {"n": round(abs(change))}
    if change + half < 0 and change <= -felt():
        return gettext("Your pain is about %(n)d points lower") % points
    if change - half > 0 and change >= felt():
        return gettext("Your pain is about %(n)d points higher") % points
    if abs(change) + half < felt():
        return gettext("Your pain is about the same")
    return gettext("Not sure yet whether your pain has changed")


def chart(days: Sequence[Day], today: date, width: int, height: int) -> Chart:
    """Pain by day over six weeks, from 0 to 10."""
    begins = _begins(today)

    def at(day: date) -> float:
        return round(LEFT + (width - LEFT - TOP) * (day - begins).days / (WEEKS * WEEK_DAYS - 1), 1)

    def up(pain: float) -> float:
        return round(TOP + (height - TOP - BELOW) * (1 - pain / WORST), 1)

    start = mean(day.pain for day in days[:FEW])
    around = [days[max(0, n - SMOOTH) : n + SMOOTH + 1] for n in range(len(days))]
    line = [f"{at(day.on)},{up(mean(one.pain for one in some))}" for day, some in zip(days, around, strict=True)]
    return Chart(
        width,
        height,
        tuple(Dot(at(day.on), up(day.pain)) for day in days),
        " ".join(line) if len(days) >= ENOUGH else "",
        up(start),
        up(max(0, start - felt())) - up(start),
        tuple((pain, up(pain)) for pain in range(0, WORST + 1, 2)),
    )


def calendar(days: Sequence[Day], today: date) -> list[list[Cell]]:
    """Six weeks of days, Monday first."""
    kinds = {day.on: "stopped" if day.stopped else "full" for day in sorted(days, key=lambda day: not day.stopped)}
    said = {"full": gettext("session"), "stopped": gettext("stopped early"), "": gettext("rest")}
    begins = _begins(today)

    def cell(day: date) -> Cell:
        kind = kinds.get(day, "")
        return Cell(
            day.day, date_format(day, "l"), kind, f"{date_format(day, 'F')}, {said[kind]}", day == today, day > today
        )

    return [[cell(begins + timedelta(days=WEEK_DAYS * week + n)) for n in range(WEEK_DAYS)] for week in range(WEEKS)]


def within(day: date, today: date) -> bool:
    """Whether a day is one of the six weeks."""
    return _begins(today) <= day <= today


def _begins(today: date) -> date:
    return today - timedelta(days=today.weekday() + WEEK_DAYS * (WEEKS - 1))
