"""A practitioner near you: one visit at a time, never against the verdict, and the clock right all year."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from supple.exchange.ical import loads
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.practice import desk
from supple.web.practice.desk import SlotTaken, Visitor, book, cancel
from supple.web.practice.limit import MOST_TRIES
from supple.web.practice.models import Booking
from supple.web.practice.providers import FILE, Hours, Provider, ProviderKind, ProvidersError, load
from supple.web.practice.slots import free, of_day
from tests.web.axe import faults
from tests.web.conftest import Site
from tests.web.journey import has_answered
from tests.web.people import answer_all, answers_of

SAMPLE = Path(__file__).parents[2] / "samples" / FILE
BERLIN = ZoneInfo("Europe/Berlin")
ALWAYS = tuple((Hours(time(0), time(23, 59)),) for _ in range(7))
NIGHT_OWL = Provider("owl", "Olga Owl", ProviderKind.STRETCH, "Nights", "", "Anywhere", BERLIN, ALWAYS)
VISITOR = Visitor("Ann", "ann@example.org")


@pytest.fixture
def providers(database: None) -> Iterator[None]:
    """The operator has copied the sample."""
    file = Path(settings.DATA) / FILE
    file.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    yield
    file.unlink()


def first_free(name: str = "marta-example") -> datetime:
    """The first time that is free."""
    found = next(provider for provider in load(Path(settings.DATA)) if provider.id == name)
    now = timezone.now()
    return next(iter(free(found, now, desk.taken(found, now)).values()))[0]


def form(at: datetime, **changes: str) -> dict[str, str]:
    return {"at": at.isoformat(), "name": "Ann", "contact": "ann@example.org", **changes}


def test_without_a_file_nobody_is_offered_and_it_says_so(client: Client) -> None:
    answer_all(client, answers_of("V03"))

    page = client.get("/practitioner/").content.decode()

    assert "Nobody can be booked here yet" in page


def test_each_provider_says_whether_a_law_regulates_them(client: Client, providers: None) -> None:
    answer_all(client, answers_of("V03"))

    page = client.get("/practitioner/").content.decode()

    assert page.count("Regulated health professional") == 1
    assert page.count("Stretch practitioner, not a health profession") == 1
    assert "Check the registration" in page


def test_a_free_time_is_booked_shown_put_into_a_calendar_and_cancelled(client: Client, providers: None) -> None:
    answer_all(client, answers_of("V03"))
    at = first_free()

    address = client.post("/practitioner/marta-example/", form(at))["Location"]
    page = client.get(address).content.decode()
    (entry,) = loads(client.get(address.rstrip("/") + ".ics").content)

    assert f"{at:%H:%M}" in page
    assert "free of charge" in page
    assert entry.begins == at
    assert entry.minutes == 30
    assert first_free() != at

    client.post(address)

    (again,) = loads(client.get(address.rstrip("/") + ".ics").content)
    assert again.cancelled
    assert again.uid == entry.uid
    assert again.revision > entry.revision
    assert first_free() == at


@pytest.mark.parametrize("vignette", ["V02", "V05", "V09"])
def test_against_the_verdict_nothing_can_be_booked(client: Client, providers: None, vignette: str) -> None:
    answer_all(client, answers_of(vignette))

    for address in ("/practitioner/", "/practitioner/marta-example/"):
        page = client.get(address)
        assert page.status_code == 302 or "doctor or physiotherapist first" in page.content.decode()
    client.post("/practitioner/marta-example/", form(first_free()))

    assert not Booking.objects.exists()


def test_who_has_not_answered_is_asked_first(client: Client, providers: None) -> None:
    page = client.get("/practitioner/marta-example/").content.decode()
    client.post("/practitioner/marta-example/", form(first_free()))

    assert "A few questions first" in page
    assert not Booking.objects.exists()


def test_a_time_taken_a_moment_ago_is_one_sentence_and_nothing_is_lost(client: Client, providers: None) -> None:
    answer_all(client, answers_of("V03"))
    at = first_free()
    client.post("/practitioner/marta-example/", form(at, name="Bob"))

    answer = client.post("/practitioner/marta-example/", form(at))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody took that time a moment ago." in page
    assert 'value="Ann"' in page
    assert 'value="ann@example.org"' in page
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"name": " "},
        {"contact": ""},
        {"contact": "ask my neighbour"},
        {"at": ""},
        {"at": "tomorrow"},
        {"at": "2026-12-01T09:00"},
        {"name": "x" * 10_000},
    ],
    ids=["no name", "no contact", "no way to reach them", "no time", "no moment", "no zone", "a long name"],
)
def test_what_is_missing_is_said_and_what_was_written_is_kept(
    client: Client, providers: None, bad: dict[str, str]
) -> None:
    answer_all(client, answers_of("V03"))

    answer = client.post("/practitioner/marta-example/", {**form(first_free()), **bad})

    assert answer.status_code == 422
    assert "Please" in answer.content.decode()
    assert not Booking.objects.exists()


def test_a_time_that_is_not_offered_cannot_be_smuggled_in(client: Client, providers: None) -> None:
    answer_all(client, answers_of("V03"))

    for at in (
        datetime(2026, 1, 1, 9, tzinfo=UTC),
        first_free() + timedelta(minutes=7),
        datetime.max.replace(tzinfo=UTC),
    ):
        assert client.post("/practitioner/marta-example/", form(at)).status_code in (409, 422)

    assert not Booking.objects.exists()


def test_of_200_who_try_at_the_same_moment_one_wins(providers: None) -> None:
    from django.utils.timezone import localtime

    now = localtime().isoformat()
    given = {key: list(v) if isinstance(v, tuple) else v for key, v in answers_of("V03").items()}
    Answers.objects.update_or_create(
        person=Person.here(), defaults={"given": given, "given_at": dict.fromkeys(given, now)}
    )
    at = first_free()

    def attempt(number: int) -> int:
        try:
            return (
                Client(REMOTE_ADDR=f"10.0.0.{number}")
                .post("/practitioner/marta-example/", form(at, name=f"Number {number}"))
                .status_code
            )
        finally:
            connections.close_all()

    try:
        with ThreadPoolExecutor(32) as tries:
            codes = list(tries.map(attempt, range(200)))

        assert codes.count(302) == 1
        assert set(codes) <= {302, 409, 503}  # who waited too long on a busy machine is asked to try again
        assert Booking.objects.filter(begins=at, cancelled_at=None).count() == 1
    finally:
        Booking.objects.all().delete()
        Answers.objects.all().delete()
        connection.close()


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.2"}),
        (  # what a browser says itself stands before what the server on this machine adds
            {"HTTP_X_FORWARDED_FOR": "made up, 192.0.2.1"},
            {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 192.0.2.2"},
        ),
    ],
    ids=["by itself", "behind a server", "behind a server, with an address made up"],
)
def test_one_address_cannot_take_every_free_time(
    client: Client, providers: None, first: dict[str, str], other: dict[str, str]
) -> None:
    answer_all(client, answers_of("V03"))

    def book_next(address: dict[str, str], **changes: str) -> HttpResponse:
        return client.post("/practitioner/marta-example/", form(first_free(), **changes), **address)  # type: ignore[arg-type,return-value]

    codes = [book_next(first).status_code for _ in range(MOST_TRIES)]
    refused = book_next(first, name="Bea")

    assert codes == [302] * MOST_TRIES
    assert refused.status_code == 429
    assert "wait an hour" in refused.content.decode()
    assert 'value="Bea"' in refused.content.decode()
    assert book_next({**first, **other}).status_code == 302


def test_visits_never_overlap_even_when_the_opening_hours_have_changed(client: Client) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    book(NIGHT_OWL, datetime(2026, 6, 3, 10, 0, tzinfo=BERLIN), VISITOR, now)
    later = replace(NIGHT_OWL, open=tuple((Hours(time(0, 15), time(23)),) for _ in range(7)))

    with pytest.raises(SlotTaken):
        book(later, datetime(2026, 6, 3, 10, 15, tzinfo=BERLIN), VISITOR, now)


def test_a_visit_that_has_begun_is_not_cancelled(client: Client) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    made = book(NIGHT_OWL, datetime(2026, 6, 3, 10, 0, tzinfo=BERLIN), VISITOR, now)

    cancel(made, made.begins + timedelta(minutes=1))

    assert made.cancelled_at is None


def test_times_that_the_clocks_skip_are_not_offered() -> None:
    times = [at.time() for at in of_day(NIGHT_OWL, date(2026, 3, 29))]

    assert time(1, 30) in times
    assert time(2) not in times
    assert time(2, 30) not in times
    assert time(3) in times


def test_the_hour_that_comes_twice_is_offered_once() -> None:
    times = of_day(NIGHT_OWL, date(2026, 10, 25))

    assert [at.time() for at in times].count(time(2, 30)) == 1
    assert len({at.astimezone(UTC) for at in times}) == len(times)
    gaps = [later.astimezone(UTC) - at.astimezone(UTC) for at, later in pairwise(times)]
    assert min(gaps) == timedelta(minutes=30)


def test_ten_oclock_is_ten_oclock_on_both_sides_of_the_change() -> None:
    before, after = (of_day(NIGHT_OWL, day)[20] for day in (date(2026, 3, 28), date(2026, 3, 30)))

    assert before.time() == after.time() == time(10)
    assert before.utcoffset() != after.utcoffset()


def test_days_off_and_short_notice_are_not_offered() -> None:
    off = replace(NIGHT_OWL, closed=frozenset({date(2026, 6, 2)}), days_ahead=3)
    now = datetime(2026, 6, 1, 10, tzinfo=UTC)

    found = free(off, now, [])

    assert date(2026, 6, 2) not in found
    assert min(found) == date(2026, 6, 3)
    assert max(found) == date(2026, 6, 4)
    assert all(at >= now + timedelta(hours=24) for times in found.values() for at in times)


BROKEN = {
    "no TOML": ("providers = [", "not whole TOML"),
    "a key too few": ("place = ", "'place' is missing"),
    "a key too many": ("name = ", "nickname"),
    "a wrong kind": ("regulated_health_professional", "'kind'"),
    "no register": ("register = ", "'register' is missing"),
    "a wrong zone": ("Europe/London", "'time_zone' is 'Europe/Londres'"),
    "a wrong day": ("monday", "no day 'moonday'"),
    "wrong hours": ("09:00-12:00", "'9 to 5'"),
    "hours turned round": ("13:30-17:00", "ends before it begins"),
    "a wrong day off": ("2026-12-25", "'closed' has 'Christmas'"),
    "an id twice": ("jo-example", "twice"),
    "an id for no address": ("marta-example", "goes into an address"),
}
CHANGES = {
    "no TOML": lambda text: text + "providers = [",
    "a key too few": lambda text: text.replace("place = ", "# place = ", 1),
    "a key too many": lambda text: text.replace("name = ", 'nickname = "M"\nname = ', 1),
    "a wrong kind": lambda text: text.replace("regulated_health_professional", "guru", 1),
    "no register": lambda text: text.replace("register = ", "# register = ", 1),
    "a wrong zone": lambda text: text.replace("Europe/London", "Europe/Londres", 1),
    "a wrong day": lambda text: text.replace("monday", "moonday", 1),
    "wrong hours": lambda text: text.replace("09:00-12:00", "9 to 5", 1),
    "hours turned round": lambda text: text.replace("13:30-17:00", "17:00-13:30", 1),
    "a wrong day off": lambda text: text.replace("2026-12-25", "Christmas", 1),
    "an id twice": lambda text: text.replace("jo-example", "marta-example", 1),
    "an id for no address": lambda text: text.replace("marta-example", "Marta/../x", 1),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_fault_in_the_operators_file_names_file_key_and_remedy(tmp_path: Path, fault: str) -> None:
    (tmp_path / FILE).write_text(CHANGES[fault](SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ProvidersError, match=r"^providers\.toml: ") as told:
        load(tmp_path)

    assert BROKEN[fault][1] in str(told.value)
    assert "; " in str(told.value)


def test_the_sample_can_be_read() -> None:
    assert [provider.id for provider in load(SAMPLE.parent)] == ["marta-example", "jo-example"]


def test_a_broken_file_is_said_on_the_page(client: Client, providers: None) -> None:
    answer_all(client, answers_of("V03"))
    (Path(settings.DATA) / FILE).write_text("providers = [", encoding="utf-8")

    answer = client.get("/practitioner/")

    assert answer.status_code == 503
    assert "not whole TOML" in answer.content.decode()


@pytest.mark.parametrize(
    ("near", "headers"),
    [
        ("192.168.0.7", {"host": "localhost"}),
        ("127.0.0.1", {"host": "evil.example"}),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "10.0.0.9"}),
    ],
    ids=["another machine", "another name for this one", "through a proxy"],
)
def test_the_operators_list_opens_on_this_machine_only(client: Client, near: str, headers: dict[str, str]) -> None:
    assert client.get("/practitioner/bookings/", headers={"host": "localhost:8000"}).status_code == 200
    assert client.get("/practitioner/bookings/", REMOTE_ADDR=near, headers=headers).status_code in (400, 404)


def test_a_visit_is_booked_in_a_browser(page: Page, site: Site) -> None:
    (site.data / FILE).write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    has_answered(page, site, answers_of("V03"))
    page.goto(f"{site.url}/practitioner/")

    page.get_by_role("link", name="Free first session with Marta Example").click()
    page.locator(".times label").first.click()
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Phone number or e-mail address").fill("ann@example.org")
    page.get_by_role("button", name="Book this time").click()

    expect(page.get_by_text("30 minutes with Marta Example, free of charge.")).to_be_visible()
    visit = page.url
    with page.expect_download() as got:
        page.get_by_role("link", name="Put it into your calendar").click()
    assert loads(Path(got.value.path()).read_bytes())[0].minutes == 30
    for address in ("/practitioner/", "/practitioner/jo-example/", "/practitioner/bookings/"):
        page.goto(site.url + address)
        assert faults(page) == []
    page.goto(visit)
    assert faults(page) == []
    page.get_by_role("button", name="Cancel this visit").click()
    expect(page.get_by_role("heading", name="Cancelled")).to_be_visible()
