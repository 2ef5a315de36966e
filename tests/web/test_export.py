"""Today's plan taken away: only from behind the gate, with today's plan in it, and ids that stay."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from supple.exchange import handout
from supple.exchange.ical import loads
from supple.planner import PlanRefused
from supple.web.export import views
from tests.exchange.test_handout import blank
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of

ADDRESSES = ["/handout.pdf", "/calendar.ics"]


@pytest.fixture
def ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody with a plan, and pictures that are drawn at once."""
    monkeypatch.setattr(views, "_drawn", blank)
    answer_all(client, answers_of("V03"))
    client.post("/today/opening/", WITH_NOTHING_NEW)
    return client


def test_the_handout_is_a_pdf_of_two_pages(ready: Client) -> None:
    answer = ready.get("/handout.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(handout.WHEN_PAGES.findall(answer.content)) == 2


@pytest.mark.parametrize(
    ("host", "language", "address", "number"),
    [
        ("127.0.0.1:8000", "en-US,en", "", "911"),
        ("localhost:8000", "en-GB", "", "999"),
        ("192.168.0.7", "en", "http://192.168.0.7/today/", "112"),
    ],
)
def test_the_handout_has_a_code_only_for_an_address_that_a_phone_reaches_and_the_number_of_the_verdict(
    ready: Client, monkeypatch: pytest.MonkeyPatch, host: str, language: str, address: str, number: str
) -> None:
    sheets: list[handout.Sheet] = []

    def keep(_plan: object, sheet: handout.Sheet, _drawn: object) -> bytes:
        sheets.append(sheet)
        return b""

    monkeypatch.setattr(handout, "dumps", keep)
    monkeypatch.setattr(django_settings, "ALLOWED_HOSTS", ["*"])

    ready.get("/handout.pdf", headers={"host": host, "accept-language": language})

    assert sheets[0].address == address
    assert sheets[0].emergency.number == number


def test_the_calendar_has_the_sessions_of_two_weeks_at_the_hour_asked_for(ready: Client) -> None:
    answer = ready.get("/calendar.ics?at=18:30")

    entries = loads(answer.content)
    assert len(entries) in (13, 14)
    assert {f"{entry.begins:%H:%M}" for entry in entries} == {"18:30"}
    assert all(entry.begins > timezone.now() - timedelta(minutes=1) for entry in entries)
    assert {entry.uid for entry in entries} == {
        entry.uid for entry in loads(ready.get("/calendar.ics?at=18:30").content)
    }


@pytest.mark.parametrize("hour", ["", "tea", "25:00", "18:00+01:00"])
def test_an_hour_that_is_none_gives_the_next_half_hour(ready: Client, hour: str) -> None:
    entries = loads(ready.get(f"/calendar.ics?at={hour}").content)

    assert re.fullmatch(r"\d\d:(00|30)", f"{entries[0].begins:%H:%M}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_answers_there_is_nothing_to_take_away(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == "/check/"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("vignette", ["V02", "V05", "V09"])
def test_against_the_verdict_there_is_nothing_to_take_away(client: Client, vignette: str, address: str) -> None:
    answer_all(client, answers_of(vignette))

    assert client.get(address).headers["Location"] == "/verdict/"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_cannot_be_planned_is_said_in_a_sentence(
    ready: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def refuse(*_: object) -> None:
        raise PlanRefused("Before a session there are a few short questions; please answer them first.")

    monkeypatch.setattr(views, "plan_now", refuse)

    answer = ready.get(address)

    assert answer.status_code == 409
    assert "please answer them first" in answer.content.decode()
