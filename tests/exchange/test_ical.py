"""A calendar file: what is written is read again, ids stay, and the clock stays right when the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.anatomy import Setting
from supple.exchange.ical import Entry, NoCalendar, NoClock, daily, dumps, loads, sessions, uid
from tests.people import planned, vignette

BERLIN, NEW_YORK, LORD_HOWE = (ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
NOW = datetime(2026, 11, 28, 7, tzinfo=UTC)
VISIT = Entry(
    uid=uid("here", "visit 1"),
    begins=datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN),
    minutes=30,
    title="A first session, with Marta; free",
    say="Bring what you like.\nSecond line, with a comma; and more \\ of it.",
    address="http://127.0.0.1:8000/practitioner/",
    place="12 Hill Street, second floor",
)
# icalendar 7.3.2 takes a backslash and the letter after it for a sign of its own when it reads
text = st.text(st.characters(exclude_categories=["C"], exclude_characters="\\"), max_size=80).map(str.strip)
entries = st.builds(
    Entry,
    uid=st.uuids().map(str),
    begins=st.integers(946_684_800, 2_114_380_800).map(lambda second: datetime.fromtimestamp(second, BERLIN)),
    minutes=st.integers(1, 600),
    title=text,
    say=text,
    place=text,
    alarm_min=st.one_of(st.none(), st.integers(0, 600)),
    revision=st.integers(0, 9),
)


def test_what_is_written_is_read_again() -> None:
    assert loads(dumps([VISIT], stamp=NOW)) == (VISIT,)


@given(st.lists(entries, max_size=3))
def test_anything_that_is_written_is_read_again(written: list[Entry]) -> None:
    read = loads(dumps(written, stamp=NOW))

    assert [entry.begins.astimezone(UTC) for entry in read] == [entry.begins.astimezone(UTC) for entry in written]
    assert [replace(entry, begins=NOW) for entry in read] == [replace(entry, begins=NOW) for entry in written]


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_in_autumn_is_told_apart(hour: int) -> None:
    night = replace(VISIT, begins=datetime(2026, 10, 25, hour, 30, tzinfo=UTC).astimezone(BERLIN))

    (read,) = loads(dumps([night], stamp=NOW))

    assert read.begins.astimezone(UTC) == night.begins.astimezone(UTC)


def test_a_cancelled_visit_says_so_and_rings_no_more() -> None:
    (read,) = loads(dumps([replace(VISIT, cancelled=True, revision=1)], stamp=NOW))

    assert read.cancelled
    assert read.revision == 1
    assert read.alarm_min is None


def test_the_file_carries_its_time_zone_and_an_alarm() -> None:
    calendar = icalendar.Calendar.from_ical(dumps([VISIT], stamp=NOW))

    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert [alarm.decoded("trigger") for alarm in calendar.walk("VALARM")] == [timedelta(minutes=-15)]
    assert b"DTSTART;TZID=Europe/Berlin:20261201T143000" in dumps([VISIT], stamp=NOW)


def test_no_line_is_too_long_and_the_same_entry_gives_the_same_bytes() -> None:
    long = replace(VISIT, say="Ä long word " * 60)

    assert dumps([long], stamp=NOW) == dumps([long], stamp=NOW)
    assert max(len(line) for line in dumps([long], stamp=NOW).split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("first", "zone", "offsets"),
    [
        (date(2026, 3, 28), BERLIN, [1, 2, 2]),
        (date(2026, 10, 24), BERLIN, [2, 1, 1]),
        (date(2026, 3, 7), NEW_YORK, [-5, -4, -4]),
        (date(2026, 10, 31), NEW_YORK, [-4, -5, -5]),
        (date(2026, 10, 3), LORD_HOWE, [10.5, 11, 11]),
    ],
    ids=["Berlin in spring", "Berlin in autumn", "New York in spring", "New York in autumn", "half an hour"],
)
def test_six_in_the_evening_stays_six_when_the_clocks_change(first: date, zone: ZoneInfo, offsets: list[float]) -> None:
    moments = daily(first, 3, time(18), zone)

    assert [moment.time() for moment in moments] == [time(18)] * 3
    assert [(moment.utcoffset() or timedelta()) / timedelta(hours=1) for moment in moments] == offsets


def test_a_session_has_the_same_id_each_time_it_is_exported() -> None:
    plan = planned(vignette("V03"))
    at = daily(date(2026, 11, 28), 14, time(18), BERLIN)

    once, again = sessions(plan, at, owner="me"), sessions(plan, at, owner="me")

    assert [entry.uid for entry in once] == [entry.uid for entry in again]
    assert len({entry.uid for entry in once}) == 14
    assert {entry.uid for entry in once}.isdisjoint(entry.uid for entry in sessions(plan, at, owner="you"))
    assert once[0].minutes * 60 >= plan.seconds
    assert plan.steps[0].name in once[0].say


def test_only_the_day_of_the_plan_names_its_stretches() -> None:
    plan = planned(vignette("V03"))

    today, tomorrow = sessions(plan, daily(date(2026, 11, 28), 2, time(18), BERLIN), owner="me")

    assert plan.steps[0].name not in tomorrow.say
    assert "planned on the day" in tomorrow.say
    assert today.title == tomorrow.title == "Stretch your back"


def test_a_day_that_holds_only_rest_says_so_and_the_days_after_do_not() -> None:
    plan = planned(vignette("V03", 12, (Setting.FLOOR, Setting.CHAIR_DESK), wanted=("constructive_rest",)))
    rests = tuple(step for step in plan.steps if step.stretch == "constructive_rest")
    rest = replace(plan, steps=rests, seconds=100, made_for=date(2026, 11, 28))

    today, tomorrow = sessions(rest, daily(date(2026, 11, 28), 2, time(18), BERLIN), owner="me")

    assert (today.title, tomorrow.title) == ("Rest your back", "Stretch your back")
    assert today.say == f"A day of rest. {rests[0].name}, about 2 minutes."
    assert (today.minutes, tomorrow.minutes) == (2, 12)
    (only,) = sessions(replace(rest, steps=()), daily(date(2026, 11, 28), 2, time(18), BERLIN), owner="me")
    assert only == tomorrow


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NoClock, match="has no time zone"):
        dumps([replace(VISIT, begins=datetime(2026, 12, 1, 14, 30))], stamp=NOW)  # noqa: DTZ001 - that is the fault


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR", b"\xff\xfe"],
    ids=["nothing", "no calendar", "cut short", "an empty entry", "no text"],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NoCalendar, match=r"\.ics"):
        loads(content)
