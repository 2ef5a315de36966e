"""One trail for both doors: what is told on the site bars the terminal, and what the terminal wrote bars the site."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from supple import shapes
from supple.anatomy import Side
from supple.cli import before
from supple.cli.before import heed_signs
from supple.cli.logs import logs_in
from supple.planner import PlanRefused
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict
from supple.session import NOT_ANSWERED, Ending, Entry, Hurt, Log, Recheck, alarm
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.play import folder, history
from supple.web.play.models import Run
from tests.people import planned, vignette
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of
from tests.web.runs import begun, log_at, plan_of

PART = {"x-part": "plan"}


@pytest.fixture
def opened(client: Client) -> Client:
    """Somebody who answered everything three hours ago, and is asked the short questions now."""
    answer_all(client, answers_of("V01"))
    ago(hours=3)
    return client


def ago(hours: float) -> None:
    """All was answered so long ago."""
    told = Answers.of(Person.here())
    told.given_at = dict.fromkeys(told.given_at, (timezone.localtime() - timedelta(hours=hours)).isoformat())
    told.save()


def terminal() -> None:
    """What the terminal does first with a plan of this morning; raises PlanRefused."""
    heed_signs(planned(vignette("V07", 5)), {folder.place()}, timezone.localtime())


def faint_yesterday() -> None:
    """A session of the terminal in which somebody was faint."""
    at = timezone.localtime() - timedelta(hours=10)
    entry = Entry("cat_camel", Side.NONE, at, 40, Ending.DONE)
    told = Recheck(at, "W5", "faint or dizzy")
    folder.write(
        folder.place() / "1.json", Log(at, 2, entries=(entry,), rechecks=(told,), ended=at, ending=Ending.STOPPED)
    )


def at_the_opening(**told: str) -> Callable[[Client], object]:
    return lambda client: client.post("/today/opening/", WITH_NOTHING_NEW | told)


def faint_that_lasted(client: Client) -> None:
    faint_yesterday()
    client.post("/today/opening/", WITH_NOTHING_NEW | {"of-last": "yes"})


def strong_on_the_slider(client: Client) -> None:
    client.post("/today/opening/", WITH_NOTHING_NEW)
    client.post("/today/wishes/", {"pain": "9", "rests": "1"}, headers=PART)


TOLD: dict[str, Callable[[Client], object]] = {
    "an emergency": at_the_opening(**{"new-0": "yes"}),
    "a sign of the same day": at_the_opening(**{"new-1": "yes"}),
    "pain of 9": at_the_opening(pain="9"),
    "faint for long": faint_that_lasted,
    "the slider at 9": strong_on_the_slider,
}


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_a_sign_told_on_the_site_bars_the_terminal_too(opened: Client, told: Callable[[Client], object]) -> None:
    told(opened)

    assert opened.get("/today/")["Location"] == "/verdict/"
    with pytest.raises(PlanRefused, match="this was told before a session"):
        terminal()


@pytest.mark.parametrize("told", ["an emergency", "pain of 9", "the slider at 9"])
def test_a_slip_taken_back_is_taken_back_at_both_doors(opened: Client, told: str) -> None:
    TOLD[told](opened)
    assert "I tapped the wrong answer" in opened.get("/verdict/").content.decode()

    opened.post("/verdict/slip/")

    assert not logs_in(folder.place())
    assert "Before you start" in opened.get("/today/").content.decode()


def test_no_slip_is_offered_for_what_the_terminal_was_told(opened: Client) -> None:
    at = timezone.localtime()
    told = Recheck(at, "before_session", "chest pain", Verdict.EMERGENCY)
    folder.write(folder.place() / "now.json", Log(at, 2, rechecks=(told,), ended=at, ending=Ending.STOPPED))

    assert "I tapped the wrong answer" not in opened.get("/verdict/").content.decode()


def test_answering_everything_anew_clears_at_both_doors_what_asks_for_no_clinician(opened: Client) -> None:
    TOLD["pain of 9"](opened)

    all_anew(opened, "V01")

    assert "Start, " in opened.get("/today/").content.decode()
    terminal()


def test_answers_anew_that_allow_no_plan_clear_nothing(opened: Client) -> None:
    TOLD["pain of 9"](opened)

    all_anew(opened, "V05")

    with pytest.raises(PlanRefused):
        terminal()


def test_a_clinician_who_looked_is_told_of_once_for_both_doors(opened: Client) -> None:
    TOLD["an emergency"](opened)
    all_anew(opened, "V01")

    opened.post("/verdict/clinician/", {"looked": "yes"})

    assert opened.get("/today/").status_code == 200
    terminal()


def all_anew(client: Client, vignette: str) -> None:
    """An hour after a sign was told somebody answers every question again."""
    told = Run.objects.get()
    told.rewrite(earlier(told.read_log()))
    client.post("/check/again/")
    answer_all(client, answers_of(vignette))


def earlier(log: Log) -> Log:
    """A sign as it was told an hour ago."""
    at = log.started - timedelta(hours=1)
    return replace(log, started=at, rechecks=tuple(replace(check, at=at) for check in log.rechecks))


def test_what_the_terminal_cleared_is_cleared_on_the_site(opened: Client) -> None:
    TOLD["pain of 9"](opened)
    file = folder.own(Run.objects.get().pk)
    found = log_at(file)

    folder.write(file, replace(found, cleared_at=timezone.localtime()))

    assert opened.get("/today/").status_code == 200


def test_a_log_that_the_terminal_wrote_a_moment_ago_bars_the_very_next_request(opened: Client) -> None:
    at = timezone.localtime() - timedelta(minutes=1)
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    clean = Log(at, 2, rechecks=(Recheck(at, "none", "", None),), ended=at, ending=Ending.STOPPED)
    grave = replace(clean, rechecks=(Recheck(at, "W1", "chest", Verdict.EMERGENCY),))
    file = folder.place() / "now.json"
    for log, there in ((clean, 200), (grave, 302), (clean, 200), (grave, 302)):
        folder.write(file, log)
        assert opened.get("/today/").status_code == there


def test_a_sign_of_a_database_that_is_gone_still_bars_and_is_not_written_over(opened: Client) -> None:
    at = timezone.localtime() - timedelta(days=1)
    told = Recheck(at, "W1", "chest pain", Verdict.EMERGENCY)
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    number = begun(plan_of("V01")).pk + 1
    folder.write(folder.own(number), Log(at, 2, rechecks=(told,), ended=at, ending=Ending.STOPPED))
    assert opened.get("/today/")["Location"] == "/verdict/"

    assert begun(plan_of("V01")).pk == number

    assert [found.told for log in logs_in(folder.place()).values() if (found := alarm(log))] == ["chest pain"]
    assert opened.get("/today/")["Location"] == "/verdict/"


WRONG: dict[str, dict[str, object]] = {
    "a pain of 99": {"pain_before": 99},
    "a step of years": {"entries": [10**9]},
    "the year 1": {"started": "0001-01-01T00:00:00+14:00"},
    "the year 9999": {"started": "9999-12-31T23:59:59-14:00"},
    "an unknown stretch": {"hurts": ["sfinx"]},
    "another version": {"version": 7},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_log_that_cannot_be_is_the_same_sentence_at_both_doors(opened: Client, wrong: str) -> None:
    at = timezone.localtime()
    entry = Entry("cat_camel", Side.NONE, at, 1_000_000_000 if "entries" in WRONG[wrong] else 40, Ending.DONE)
    hurt = Hurt(at, "sfinx", Side.NONE, 2, 3, Quality.ACHE, "T1", Colour.AMBER)
    log = Log(at, 2, entries=(entry,), hurts=(hurt,) if "hurts" in WRONG[wrong] else (), ended=at, ending=Ending.DONE)
    more = {key: value for key, value in WRONG[wrong].items() if key not in ("entries", "hurts")}
    write_raw(folder.place() / "wrong.json", log, more)

    with pytest.raises(ValueError, match="use an earlier copy of this log") as told:
        logs_in(folder.place())
    answer = opened.get("/today/")

    assert answer.status_code == 503
    assert str(told.value).partition(": ")[2].partition(";")[0].replace("'", "&#x27;") in answer.content.decode()


def test_a_folder_of_logs_that_became_a_file_is_named_and_lets_nobody_by(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    folder.place().write_text("mine", encoding="utf-8")
    try:
        answer = opened.get("/today/")
    finally:
        folder.place().unlink()

    assert answer.status_code == 503
    assert f"{folder.place()}: the logs in it cannot be read (Not a directory)" in answer.content.decode()


def write_raw(file: Path, log: Log, more: dict[str, object]) -> None:
    """A log with something in it that no log can have."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(shapes.plain(log) | more), encoding="utf-8")


def test_the_slider_that_moves_by_a_strong_pain_keeps_nothing(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)

    said = opened.post("/today/wishes/", {"pain": "9"}, headers=PART).content.decode()

    assert "No plan right now" in said
    opened.post("/today/wishes/", {"pain": "2"}, headers=PART)
    assert "Start, " in opened.get("/today/").content.decode()


def test_without_scripts_a_strong_pain_is_kept_when_it_is_sent(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)

    assert opened.post("/today/wishes/", {"pain": "8"})["Location"] == "/verdict/"
    assert [sign.told for sign in history.alarms().values()] == ["pain of 8 of 10"]


@pytest.fixture
def left_open(opened: Client) -> Run:
    """A session whose tab was closed over the question about grave signs."""
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    run = Run.objects.get()
    opened.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "worse"})
    return run


@pytest.mark.parametrize("hours", [0, 30])
def test_a_grave_question_left_open_is_asked_before_the_next_session(
    opened: Client, left_open: Run, hours: int
) -> None:
    left_open.refresh_from_db()
    log = left_open.read_log()
    then = log.started - timedelta(hours=hours)
    left_open.rewrite(replace(log, started=then, rechecks=(Recheck(then, NOT_ANSWERED),)))
    folder.own(left_open.pk).unlink(missing_ok=True)

    player = f"/session/{left_open.pk}/"
    for address in ("/today/", "/handout.pdf"):
        assert opened.get(address)["Location"] == player
    assert opened.post("/play/start/")["Location"] == player
    assert "Is any of these so" in opened.get(player).content.decode()
    left_open.refresh_from_db()
    opened.post(f"{player}act/", {"revision": left_open.revision, "act": "none"})
    assert opened.get("/today/").status_code == 200


def test_a_sign_that_the_terminal_adds_to_the_session_on_the_page_stops_it(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    run = Run.objects.get()
    told = Recheck(timezone.localtime(), "left_open", "new weakness", Verdict.EMERGENCY)
    copy = log_at(folder.own(run.pk))
    folder.write(folder.own(run.pk), replace(copy, rechecks=(told,)))

    assert opened.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "done"})["Location"] == "/verdict/"

    run.refresh_from_db()
    assert run.read_log().entries == ()


@pytest.mark.parametrize("lost", [True, False], ids=["the copy is gone", "the copy is from before"])
def test_a_sign_that_could_not_be_written_is_written_as_soon_as_somebody_looks(opened: Client, lost: bool) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    run = Run.objects.get()
    copy = folder.own(run.pk)
    before = copy.read_bytes()
    opened.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "worse"})
    copy.write_bytes(before)  # what a full disk leaves
    if lost:
        copy.unlink()

    opened.get("/today/")

    left = log_at(copy)
    assert left.rechecks


def test_a_session_that_broke_off_too_long_ago_does_not_go_on_by_its_address(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    run = Run.objects.get()
    run.rewrite(replace(run.read_log(), started=timezone.localtime() - timedelta(hours=5)))
    opened.post("/today/opening/", WITH_NOTHING_NEW)

    assert opened.get(f"/session/{run.pk}/")["Location"] == "/today/"
    told = opened.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "done"})

    assert told["Location"] == "/today/"


def test_one_tap_too_many_begins_no_second_session(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)

    first, second = (opened.post("/play/start/")["Location"] for _ in range(2))

    assert first == second
    assert Run.objects.count() == 1


def test_another_session_begins_only_where_the_one_under_way_is_ended(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    left = Run.objects.get()
    opened.post("/today/opening/", WITH_NOTHING_NEW)  # again: those of before were for the one under way

    assert f'name="instead_of" value="{left.pk}"' in opened.get("/today/").content.decode()
    places = [opened.post("/play/start/", {"instead_of": left.pk})["Location"] for _ in range(2)]

    left.refresh_from_db()
    assert left.read_log().ending is Ending.STOPPED
    assert places[0] == places[1] != f"/session/{left.pk}/"
    assert Run.objects.filter(ended=None).count() == 1


def test_a_session_that_is_not_finished_in_the_terminal_is_told_on_the_site(opened: Client) -> None:
    now = timezone.localtime()
    log = Log(now - timedelta(hours=1), 2, rest=planned(vignette("V07", 5)))
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    folder.write(folder.place() / "terminal.json", log)
    opened.post("/today/opening/", WITH_NOTHING_NEW)

    assert "in the terminal is not finished" in opened.get("/today/").content.decode()
    folder.write(folder.place() / "terminal.json", replace(log, started=now - timedelta(hours=5)))
    assert "in the terminal is not finished" not in opened.get("/today/").content.decode()


@pytest.mark.parametrize("another", ["n", "y"])
def test_a_session_that_is_not_finished_on_the_site_is_told_in_the_terminal(
    opened: Client, another: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str, **_: object) -> bool:
        asked.append(question)
        return another == "y"

    monkeypatch.setattr(before, "yes", answer)
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/play/start/")
    now = timezone.localtime()

    with pytest.raises(PlanRefused, match="on the site") if another == "n" else nullcontext():
        before.heed_the_site(logs_in(folder.place()), now)
    before.heed_the_site(logs_in(folder.place()), now + timedelta(hours=5))

    assert len(asked) == 1


@pytest.mark.parametrize("place", ["ODD.JSON", "older/1.json"])
@pytest.mark.parametrize("cleared_in_years", [0, 70])
def test_a_sign_bars_wherever_it_lies_and_whatever_says_that_it_will_be_cleared(
    opened: Client, place: str, cleared_in_years: int
) -> None:
    now = timezone.localtime()
    sign = Recheck(now - timedelta(hours=4), "W1", "chest pain", Verdict.EMERGENCY)
    later = now + timedelta(days=365 * cleared_in_years) if cleared_in_years else None
    folder.write(folder.place() / place, Log(sign.at, 2, rechecks=(sign,), ended=sign.at, cleared_at=later))

    with pytest.raises(PlanRefused):
        terminal()
    assert opened.get("/today/")["Location"] == "/verdict/"


def test_one_slip_takes_back_what_was_told_last_and_all_is_asked_again(opened: Client) -> None:
    opened.post("/today/opening/", WITH_NOTHING_NEW)
    opened.post("/today/opening/", WITH_NOTHING_NEW | {"new-0": "yes"})
    meant = Run.objects.get()
    meant.started -= timedelta(minutes=3)
    meant.save()
    Run.told("weak", Verdict.SAME_DAY, pain=2, at=timezone.localtime())

    opened.post("/verdict/slip/")
    assert opened.get("/today/")["Location"] == "/verdict/"
    opened.post("/verdict/slip/")

    assert 'name="new-0"' in opened.get("/today/").content.decode()
