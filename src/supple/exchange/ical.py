"""Sessions and visits as a calendar file (iCalendar, RFC 5545), with ids that stay: brought in twice, an entry is one.

An entry begins by the clock of its own time zone, so that 18:00 stays 18:00 when the clocks change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from supple.catalogue import load
from supple.planner.doses import is_rest
from supple.planner.plan import Plan

PRODUCT = "-//Supple//Careful stretching//EN"
SUMMARY, WHAT = "Stretch your back", "About {minutes}: {names}."
REST, ONLY_REST = "Rest your back", "A day of rest. {names}, about {minutes}."
LATER = "About {minutes}. What it holds is planned on the day, for how you are then; it may be a day of rest."
MINUTE_S = 60
A_YEAR = timedelta(days=366)  # around the entries, so that both changes of the clock are told


class NoCalendar(ValueError):
    """This is no calendar file that can be read."""


class NoClock(ValueError):
    """A moment has no time zone."""


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. `begins` has a time zone; `alarm_min` is how long before it one is told, None for never.

    `revision` counts the changes since it was first given out, so that calendars take the latest.
    """

    uid: str
    begins: datetime
    minutes: int
    title: str
    say: str = ""
    address: str = ""
    place: str = ""
    alarm_min: int | None = 15
    cancelled: bool = False
    revision: int = 0


def dumps(entries: Iterable[Entry], *, stamp: datetime) -> bytes:
    """The calendar file; `stamp` is the moment at which it is made. Raises NoClock."""
    kept = list(entries)
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for entry in kept:
        calendar.add_component(_event(entry, stamp))
    days = [entry.begins.date() for entry in kept] or [stamp.date()]
    calendar.add_missing_timezones(min(days) - A_YEAR, max(days) + A_YEAR)
    return bytes(calendar.to_ical())


def loads(content: bytes) -> tuple[Entry, ...]:
    """The entries of a calendar file, in its order; raises NoCalendar."""
    try:
        calendar = icalendar.Calendar.from_ical(content)
        return tuple(_entry(event) for event in calendar.walk("VEVENT"))
    except (ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise NoCalendar(f"This is no calendar file that can be read ({error}); save it again as .ics.") from error


def sessions(plan: Plan, at: Sequence[datetime], *, owner: str, address: str = "") -> list[Entry]:
    """The sessions of a plan at these moments; `owner` is something that stays and that no other installation has.

    Its stretches, or its rest, are those of the day that it was made for, which has none where it holds nothing: of
    another nobody knows yet.
    """
    names = ", ".join(dict.fromkeys(step.name for step in plan.steps))
    rests = all(is_rest(load().stretch(step.stretch)) for step in plan.steps)
    lasts, usual = max(1, -(-plan.seconds // MINUTE_S)), plan.minutes
    entries = []
    for moment in at:
        its_day = moment.date() == (plan.made_for or at[0].date())
        if its_day and not plan.steps:
            continue
        says = (ONLY_REST if rests else WHAT) if its_day else LATER
        minutes = lasts if its_day or not rests else usual
        entry = Entry(
            uid=uid(owner, f"session {moment.date()}"),
            begins=moment,
            minutes=minutes,
            title=REST if its_day and rests else SUMMARY,
            say=says.format(minutes=f"{minutes} minute{'' if minutes == 1 else 's'}", names=names),
            address=address,
        )
        entries.append(entry)
    return entries


def daily(first: date, days: int, clock: time, zone: ZoneInfo) -> list[datetime]:
    """The moment at which it is `clock` in `zone`, on each day; where the clocks skip it, as much later as they skip.

    >>> [str(moment) for moment in daily(date(2026, 3, 28), 2, time(2, 30), ZoneInfo("Europe/Berlin"))]
    ['2026-03-28 02:30:00+01:00', '2026-03-29 03:30:00+02:00']
    """
    wanted = (datetime.combine(first + timedelta(days=after), clock, zone) for after in range(days))
    return [moment.astimezone(UTC).astimezone(zone) for moment in wanted]


def uid(owner: str, what: str) -> str:
    """An id that is the same each time, for one thing of one owner.

    >>> uid("me", "session 2026-11-28") == uid("me", "session 2026-11-28") != uid("you", "session 2026-11-28")
    True
    """
    return f"{uuid5(NAMESPACE_URL, f'supple {owner} {what}')}@supple"


def _event(entry: Entry, stamp: datetime) -> icalendar.Event:
    if entry.begins.tzinfo is None or stamp.tzinfo is None:
        raise NoClock(f"{entry.title} has no time zone; give its moment with one.")
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", _sure(entry.begins))
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("summary", entry.title)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, text in (("description", entry.say), ("url", entry.address), ("location", entry.place)):
        if text:
            event.add(name, text)
    if entry.alarm_min is not None and not entry.cancelled:
        event.add_component(_alarm(entry))
    return event


def _sure(moment: datetime) -> datetime:
    """The moment by its own clock; by that of UTC in the hour that comes a second time in autumn."""
    return moment.astimezone(UTC) if moment.fold else moment


def _alarm(entry: Entry) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(minutes=-(entry.alarm_min or 0)))
    return alarm


def _entry(event: icalendar.Component) -> Entry:
    begins = event.decoded("dtstart")
    if not isinstance(begins, datetime):
        raise NoCalendar("An entry lasts whole days; only entries with a time of day can be read.")
    lasts = event.decoded("duration") if "duration" in event else event.decoded("dtend") - begins
    alarms = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    return Entry(
        uid=str(event["uid"]),
        begins=begins,
        minutes=lasts // timedelta(minutes=1),
        title=str(event.get("summary", "")),
        say=str(event.get("description", "")),
        address=str(event.get("url", "")),
        place=str(event.get("location", "")),
        alarm_min=alarms[0] // timedelta(minutes=-1) if alarms else None,
        cancelled=str(event.get("status", "")) == "CANCELLED",
        revision=int(event.get("sequence", 0)),
    )
