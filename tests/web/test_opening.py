"""The questions before a session: the day after the last one, being faint, and what each answer leads to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from supple import shapes
from supple.anatomy import Side
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Hurt, Log, Recheck
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.play import folder
from supple.web.play.history import alarms
from supple.web.today.models import Day
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of
from tests.web.runs import log_at


@dataclass(frozen=True)
class Kept:
    """One session that the command line kept."""

    name: str

    @property
    def log(self) -> Log:
        """As it lies now."""
        return log_at(folder.place() / self.name)


def lies(name: str, log: Log) -> Kept:
    """A log, beside the others."""
    folder.write(folder.place() / name, log)
    return Kept(name)


def session(started: datetime) -> Log:
    """A session of one stretch."""
    return Log(started, 2, entries=(Entry("cat_camel", Side.NONE, started, 40, Ending.DONE),), ended=started)


@pytest.fixture
def yesterday(client: Client) -> Kept:
    """Somebody screened, who had a session yesterday."""
    answer_all(client, answers_of("V01"))
    return lies("yesterday.json", session(timezone.localtime() - timedelta(hours=20)))


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
    told = {"rechecks": (Recheck(yesterday.log.started, "W9", "faint"),)}
    after = {"day_after": Outcome.MAY_PROGRESS, "day_after_at": timezone.localtime()}
    lies(yesterday.name, shapes.build(Log, shapes.plain(yesterday.log) | shapes.plain(told | after), place="log"))
    assert "Last time you were faint or dizzy." in client.get("/today/").content.decode()

    answer = client.post("/today/opening/", {"of-last": "yes"})

    assert answer["Location"] == "/verdict/"
    assert client.get("/today/")["Location"] == "/verdict/"
    assert "dizziness with neck pain" in client.get("/verdict/").content.decode()


def test_a_nerve_that_has_not_settled_since_last_time_waits_for_a_clinician(client: Client, yesterday: Kept) -> None:
    tingled = Hurt(yesterday.log.started, "wall_angel", Side.NONE, 2, 2, Quality.TINGLING_OR_NUMB, "T1", Colour.RED)
    after = {"hurts": (tingled,), "day_after": Outcome.MAY_PROGRESS, "day_after_at": timezone.localtime()}
    lies(yesterday.name, shapes.build(Log, shapes.plain(yesterday.log) | shapes.plain(after), place="log"))
    assert "Is it still there" in client.get("/today/").content.decode()

    client.post("/today/opening/", {"of-last": "yes"})

    assert [sign.verdict for sign in alarms().values()] == [Verdict.SEE_CLINICIAN]
    assert "spreading pain that stayed or came back" in client.get("/verdict/").content.decode()


def test_two_sessions_a_day_are_asked_about_and_still_sore_is_asked_again(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    now = timezone.localtime()
    first = lies("1.json", session(now - timedelta(hours=22)))
    lies("2.json", session(now - timedelta(hours=2)))
    still = {**WITH_NOTHING_NEW, "new-since": "no", "change": "2", "how-long": "4"}
    assert "Since your last sessions" in client.get("/today/").content.decode()

    client.post("/today/opening/", still)

    assert first.log.day_after is None
    assert [check.answer.partition(":")[0] for check in first.log.rechecks] == ["still_sore"]
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


@pytest.mark.parametrize("told", [{"pain": "9"}, {"new-since": "yes"}], ids=["pain of 9", "new numbness"])
def test_what_is_grave_bars_from_an_older_page_that_is_asked_no_more(
    client: Client, yesterday: Kept, told: dict[str, str]
) -> None:
    client.post("/today/opening/", WITH_NOTHING_NEW | {"new-since": "no", "change": "0"})
    assert "Start, " in client.get("/today/").content.decode()

    answer = client.post("/today/opening/", WITH_NOTHING_NEW | {"new-since": "no", "change": "0"} | told)

    assert answer["Location"] == "/verdict/"
    assert client.post("/play/start/")["Location"] == "/verdict/"


@pytest.mark.parametrize("told", [{"pain": "9"}, {"new-since": "yes"}], ids=["pain of 9", "new numbness"])
def test_what_is_grave_is_kept_though_another_question_has_no_answer(
    client: Client, yesterday: Kept, told: dict[str, str]
) -> None:
    told_at = (timezone.localtime() - timedelta(hours=3)).isoformat()
    Answers.objects.update(given_at=dict.fromkeys(answers_of("V01"), told_at))  # so that pain and news are asked too

    assert client.post("/today/opening/", told)["Location"] == "/verdict/"


def test_after_dizziness_in_a_session_that_went_on_after_a_break_all_is_asked_again(
    client: Client, yesterday: Kept
) -> None:
    client.post("/today/opening/", WITH_NOTHING_NEW | {"new-since": "no", "change": "0"})
    now = timezone.localtime()
    dizzy = Hurt(now, "cat_camel", Side.NONE, 2, 2, Quality.DIZZINESS, "T1", Colour.RED)
    before_the_break = now - timedelta(hours=1)
    lies("today.json", replace(session(before_the_break), entries=(), hurts=(dizzy,), ended=now))

    assert "Last time you were faint or dizzy." in client.get("/today/").content.decode()
