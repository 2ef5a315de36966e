"""The questions before a session: the day after the last one, being faint, and what each answer leads to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from supple.anatomy import Side
from supple.safety.aftercare import Outcome
from supple.session import Ending, Entry, Log, Recheck
from supple.web.person.models import Person
from supple.web.play import history
from supple.web.today.models import Day
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of


class Kept:
    """One session in the place of the player's."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def keep(self, _name: str, log: Log) -> None:
        """Takes the log as it is now."""
        self.log = log


def session(started: datetime) -> Log:
    """A session of one stretch."""
    return Log(started, 2, entries=(Entry("cat_camel", Side.NONE, started, 40, Ending.DONE),), ended=started)


@pytest.fixture
def yesterday(client: Client, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Somebody screened, who had a session yesterday."""
    answer_all(client, answers_of("V01"))
    kept = Kept(session(timezone.localtime() - timedelta(hours=20)))
    monkeypatch.setattr(history, "logs", lambda: {"site-1": kept.log})
    monkeypatch.setattr(history, "keep", kept.keep)
    return kept


def test_the_day_after_is_asked_once_and_kept(client: Client, yesterday: Kept) -> None:
    assert "the day after" in client.get("/today/").content.decode()

    client.post("/today/opening/", {"new-since": "no", "change": "1", "how-long": "1"})

    assert yesterday.log.day_after is Outcome.REPEAT_SAME_DOSE
    assert "Start, " in client.get("/today/").content.decode()


def test_who_was_no_worse_need_not_say_how_long(client: Client, yesterday: Kept) -> None:
    assert client.post("/today/opening/", {"new-since": "no", "change": "0"}).status_code == 302
    assert yesterday.log.day_after is not None


def test_new_numbness_the_day_after_asks_for_a_new_screening(client: Client, yesterday: Kept) -> None:
    client.post("/today/opening/", {"new-since": "yes", "change": "0"})

    assert yesterday.log.day_after is Outcome.RESCREEN


def test_who_was_faint_last_time_is_asked_about_it_and_a_yes_bars(client: Client, yesterday: Kept) -> None:
    yesterday.log = replace(
        yesterday.log,
        rechecks=(Recheck(yesterday.log.started, "W9", "faint"),),
        day_after=Outcome.MAY_PROGRESS,
        day_after_at=timezone.localtime(),
    )
    assert "Last time you were faint or dizzy." in client.get("/today/").content.decode()

    answer = client.post("/today/opening/", {"faint": "yes"})

    assert answer["Location"] == "/verdict/"
    assert client.get("/today/")["Location"] == "/verdict/"
    assert "dizziness with neck pain" in client.get("/verdict/").content.decode()


def test_two_sessions_a_day_are_asked_about_and_still_sore_is_asked_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(client, answers_of("V01"))
    now = timezone.localtime()
    logs = {"site-1": session(now - timedelta(hours=22)), "site-2": session(now - timedelta(hours=2))}
    monkeypatch.setattr(history, "logs", lambda: logs)
    monkeypatch.setattr(history, "keep", logs.__setitem__)
    still = {**WITH_NOTHING_NEW, "new-since": "no", "change": "2", "how-long": "4"}
    assert "Since your last sessions" in client.get("/today/").content.decode()

    client.post("/today/opening/", still)

    assert logs["site-1"].day_after is None
    assert [check.answer.partition(":")[0] for check in logs["site-1"].rechecks] == ["still_sore"]
    assert "you were still sore" in client.get("/today/").content.decode()


def test_pain_too_strong_for_any_session_bars_until_all_is_answered_anew(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    Day.of(Person.here()).begin(timezone.localtime())

    answer = client.post("/today/opening/", WITH_NOTHING_NEW | {"pain": "9"})

    assert answer["Location"] == "/verdict/"
    assert "pain of 9 of 10" in client.get("/verdict/").content.decode()
    assert client.get("/today/")["Location"] == "/verdict/"


def test_a_sign_on_an_old_page_counts_though_it_is_asked_no_more(client: Client) -> None:
    answer_all(client, answers_of("V01"))

    answer = client.post("/today/opening/", {"new-0": "yes", "pain": "2"})

    assert answer["Location"] == "/verdict/"
    assert client.get("/today/")["Location"] == "/verdict/"


def test_a_sign_on_a_page_from_before_the_day_after_was_due_is_not_lost(client: Client, yesterday: Kept) -> None:
    answer = client.post("/today/opening/", {"new-0": "yes", "pain": "2"})

    assert answer["Location"] == "/verdict/"
    assert yesterday.log.day_after is None
