"""The free times of a provider: half-hours within the opening hours, by the clock of the place."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from supple.web.practice.providers import Hours, Provider

VISIT_MIN = 30  # the first session lasts half an hour and costs nothing (S23)
VISIT = timedelta(minutes=VISIT_MIN)
STEP_MIN = 30


def free(provider: Provider, now: datetime, taken: Collection[datetime]) -> dict[date, list[datetime]]:
    """The free times of each day that has one, in order; `taken` are the beginnings of visits that are booked."""
    found: dict[date, list[datetime]] = {}
    today = now.astimezone(provider.zone).date()
    earliest = now + timedelta(hours=provider.notice_hours)
    for after in range(provider.days_ahead + 1):
        day = today + timedelta(days=after)
        times = [at for at in of_day(provider, day) if at >= earliest and not any(_meet(at, other) for other in taken)]
        if times:
            found[day] = times
    return found


def of_day(provider: Provider, day: date) -> list[datetime]:
    """Every time of a day at which a visit may begin, in the zone of the provider.

    A time that the clocks skip in spring does not exist; the hour that comes twice in autumn is offered once.
    """
    if day in provider.closed:
        return []
    begins = {at.astimezone(UTC): at for hours in provider.open[day.weekday()] for at in _within(provider, day, hours)}
    kept: list[datetime] = []
    for moment in sorted(begins):
        if not kept or moment - kept[-1].astimezone(UTC) >= VISIT:
            kept.append(begins[moment])
    return kept


def _within(provider: Provider, day: date, hours: Hours) -> Iterator[datetime]:
    closes = datetime.combine(day, hours.ends, provider.zone).astimezone(UTC)
    minute = hours.begins.hour * 60 + hours.begins.minute
    while minute < hours.ends.hour * 60 + hours.ends.minute:
        at = datetime.combine(day, time(minute // 60, minute % 60), provider.zone)
        if exists(at) and at.astimezone(UTC) + VISIT <= closes:
            yield at
        minute += STEP_MIN


def exists(at: datetime) -> bool:
    """Whether the clock of its zone shows this time at all on that day."""
    return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) == at.replace(tzinfo=None)


def _meet(one: datetime, other: datetime) -> bool:
    return abs(one.astimezone(UTC) - other.astimezone(UTC)) < VISIT
