"""Today: the questions before a session, and a plan that follows one's wishes and nothing else that a page sends."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import PlanRefused
from supple.planner.plan import LeftOut, Nearest
from supple.safety.verdicts import Verdict
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.play.models import Run
from supple.web.today import page, rows
from supple.web.today.current import plan_now
from supple.web.today.models import Day
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of
from tests.web.runs import begun, plan_of

NAMES = re.compile(r"<h3>(?:<a[^>]*>)?([^<]+)")
IDS = re.compile(r'name="out" value="(\w+)"')
PART = {"x-part": "plan"}


@pytest.fixture
def screened(client: Client) -> Client:
    """Somebody well, who has answered everything a moment ago."""
    answer_all(client, answers_of("V01"))
    return client


def long_ago(hours: float) -> None:
    """Everything was answered so long ago."""
    told = Answers.of(Person.here())
    told.given_at = {k: (timezone.localtime() - timedelta(hours=hours)).isoformat() for k in told.given_at}
    told.save()


def test_left_out_counts_its_reasons_and_names_every_stretch_behind_a_fold(screened: Client) -> None:
    said = screened.get("/today/").content.decode().partition("Left out today")[2]
    counted, _, named = said.partition('class="every"')

    assert 1 <= len(re.findall(r"<strong>\d+ stretch(?:es)?\.</strong>", counted)) <= 2
    assert named.count('class="why"') >= 3


@pytest.mark.parametrize(
    ("name", "place", "ticked", "needs"),
    [
        ("constructive_rest", Setting.FLOOR, [Setting.FLOOR], "chair or couch"),
        ("constructive_rest", Setting.FLOOR, [Setting.FLOOR, Setting.CHAIR_DESK], ""),
        ("constructive_rest", Setting.BED, [Setting.BED], ""),
        ("standing_side_bend", Setting.WALL, [Setting.WALL], ""),
        ("standing_quadriceps", Setting.OPEN_SPACE, [Setting.OPEN_SPACE, Setting.WALL], ""),
        ("standing_quadriceps", Setting.OPEN_SPACE, [Setting.OPEN_SPACE], "wall or chair"),
        ("cat_camel", Setting.FLOOR, [Setting.FLOOR], ""),
    ],
)
def test_a_chair_that_nobody_ticked_is_said(name: str, place: Setting, ticked: list[Setting], needs: str) -> None:
    made = plan_of("V03")
    step = replace(made.steps[0], stretch=name, setting=place)
    today = replace(made.limits.today, settings=tuple(ticked))

    (row,) = rows.rows(replace(made, steps=(step,), limits=replace(made.limits, today=today)))

    assert row.needs == needs


def test_the_plan_has_stills_doses_and_reasons(screened: Client) -> None:
    said = screened.get("/today/").content.decode()

    assert len(IDS.findall(said)) >= 3
    assert said.count('class="dose"') == said.count('class="mat"') == len(IDS.findall(said))
    assert ", each side" in said
    assert "Prepare the room" in said
    assert re.search(r"Start, \d+ minutes", said)


def test_the_slider_plans_anew(screened: Client) -> None:
    short = screened.post("/today/wishes/", {"minutes": "3", "pain": "2", "place": ["chair_desk"]}, headers=PART)
    long = screened.post("/today/wishes/", {"minutes": "15", "pain": "2", "place": ["chair_desk"]}, headers=PART)

    assert len(IDS.findall(long.content.decode())) > len(IDS.findall(short.content.decode())) >= 1
    assert Day.of(Person.here()).minutes == 15


def test_more_pain_makes_it_gentler_and_the_strongest_ends_it(screened: Client) -> None:
    screened.post("/today/wishes/", {"pain": "6"})
    gentle = plan_now(Person.here(), timezone.localtime())
    said = screened.post("/today/wishes/", {"pain": "9"}, headers=PART).content.decode()

    assert gentle.limits.gentle_only
    assert "No plan right now" in said
    with pytest.raises(PlanRefused):
        plan_now(Person.here(), timezone.localtime())


def test_without_scripts_the_same_button_leads_back_to_today(screened: Client) -> None:
    answer = screened.post("/today/wishes/", {"minutes": "5", "place": ["wall"]})

    assert answer["Location"] == "/today/"
    assert "Start, " in screened.get("/today/").content.decode()


def test_a_stretch_can_be_left_out_swapped_and_put_in_and_each_undone(screened: Client) -> None:
    before = IDS.findall(screened.get("/today/").content.decode())

    without = screened.post("/today/change/", {"out": before[0], "into": ""}, headers=PART).content.decode()
    assert before[0] not in IDS.findall(without)
    assert "is left out today" in without
    undone = screened.post("/today/change/", {"undo": "1"}, headers=PART).content.decode()
    assert IDS.findall(undone) == before

    other = re.findall(r'name="into" value="(\w+)"', undone)[0]
    swapped = IDS.findall(
        screened.post("/today/change/", {"out": before[0], "into": other}, headers=PART).content.decode()
    )
    assert before[0] not in swapped
    assert other in swapped
    screened.post("/today/change/", {"undo": "1"})

    choice = re.findall(r'<option value="(\w+)">', undone)[-1]
    added = screened.post("/today/change/", {"into": choice}, headers=PART).content.decode()
    assert choice in IDS.findall(added) or "You asked for" in added


def test_a_stretch_that_is_not_allowed_cannot_be_put_in(client: Client) -> None:
    answer_all(client, answers_of("V03"))  # bending forwards hurts

    client.post("/today/change/", {"into": "seated_forward_fold"})
    client.post("/today/change/", {"into": "no_such_stretch"})

    assert "seated_forward_fold" not in {step.stretch for step in plan_now(Person.here(), timezone.localtime()).steps}


@pytest.mark.parametrize("place", [Setting.FLOOR, Setting.CHAIR_DESK])
def test_on_the_day_of_pain_that_spread_it_says_why_there_is_only_rest(screened: Client, place: Setting) -> None:
    run = begun(plan_of("V01"))
    for revision, act in enumerate(("spreading", "3", "none", "end"), start=1):
        screened.post(f"/session/{run.pk}/act/", {"revision": revision, "act": act})
    screened.post("/today/opening/", WITH_NOTHING_NEW | {"of-last": "no"})

    page = screened.post("/today/wishes/", {"pain": "2", "minutes": "8", "place": [place.value]}, follow=True)

    said = page.content.decode()
    assert '<p class="note measure">Pain spread today: only rest is left until tomorrow.</p>' in said
    assert set(IDS.findall(said)) <= {"constructive_rest", "side_lying_rest", "seated_supported_rest"}


def test_after_enough_it_says_that_enough_is_done_and_not_that_nothing_is_safe(client: Client) -> None:
    answer_all(client, answers_of("V03", setting="chair_desk"))
    made = plan_now(Person.here(), timezone.localtime())
    run = begun(made)
    client.post(f"/session/{run.pk}/act/", {"revision": 1, "act": "reach", "at_s": made.seconds})
    client.post("/today/opening/", WITH_NOTHING_NEW)

    said = client.get("/today/").content.decode()

    assert "Enough is done for now" in said
    assert "come back later, or tomorrow" in said
    assert "Nothing safe fits" not in said
    assert "These muscles were worked" in said.partition("Left out today")[2]
    for address in ("/handout.pdf", "/calendar.ics"):
        assert "There is no session now" in client.get(address).content.decode()


def test_where_the_time_is_too_short_it_still_says_so(screened: Client) -> None:
    made = plan_of("V01")
    short = replace(made, steps=(), nearest=Nearest(8, made.limits.today.settings, "But with 8 minutes."))
    here = next(s.id for s in load().stretches.values() if set(s.settings) & set(made.limits.today.settings))
    waits = (LeftOut(here, "Enough is done today for the neck."),)

    assert not page.enough(replace(short, left_out=waits))
    assert page.enough(replace(short, left_out=waits, nearest=None))
    assert not page.enough(replace(short, left_out=(), nearest=None))


def test_a_bad_day_holds_only_what_eases(screened: Client) -> None:
    usual = plan_now(Person.here(), timezone.localtime())
    screened.post("/today/wishes/", {"bad": "yes"})
    easy = plan_now(Person.here(), timezone.localtime())

    assert {s.stretch for s in easy.steps} <= set(easy.background.easy or {})
    assert easy.steps != usual.steps
    screened.post("/today/wishes/", {"bad": "no"})
    assert plan_now(Person.here(), timezone.localtime()).steps == usual.steps


def test_two_hours_later_it_is_asked_whether_anything_is_new(screened: Client) -> None:
    long_ago(3)

    said = screened.get("/today/").content.decode()

    assert "is anything of this new or changed?" in said
    assert "Start, " not in said
    with pytest.raises(PlanRefused):
        plan_now(Person.here(), timezone.localtime())
    screened.post("/today/opening/", {"new-0": "no", "new-1": "no", "pain": "4"})
    assert "Start, " in screened.get("/today/").content.decode()
    assert plan_now(Person.here(), timezone.localtime()).limits.today.pain_now == 4


def test_an_opening_without_every_answer_is_shown_again(screened: Client) -> None:
    long_ago(3)

    answer = screened.post("/today/opening/", {"new-0": "no", "pain": "4"})

    assert answer.status_code == 422
    assert "One answer is missing" in answer.content.decode()


def test_anything_new_bars_every_plan(screened: Client) -> None:
    long_ago(3)

    answer = screened.post("/today/opening/", {"new-0": "yes", "new-1": "no", "pain": "4"})

    assert answer["Location"] == "/verdict/"
    assert "Please get help now" in screened.get("/verdict/").content.decode()
    assert screened.get("/today/")["Location"] == "/verdict/"
    assert [run.read_log().rechecks[-1].verdict for run in Run.objects.all()] == [Verdict.EMERGENCY]


def test_a_slip_of_the_finger_before_a_session_is_asked_again(screened: Client) -> None:
    long_ago(3)
    screened.post("/today/opening/", {"new-0": "yes", "new-1": "no", "pain": "4"})

    screened.post("/verdict/slip/")

    assert "is anything of this new or changed?" in screened.get("/today/").content.decode()


def test_in_the_morning_it_asks_how_long_one_has_been_up_and_bends_nothing_until_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(client, answers_of("V08", minutes_available=8, setting="chair_desk"))
    morning = timezone.localtime().replace(hour=6, minute=30)
    monkeypatch.setattr("django.utils.timezone.localtime", lambda *_: morning)
    told = Answers.of(Person.here())
    told.given_at = dict.fromkeys(told.given_at, morning.isoformat())
    told.save()

    assert "How long have you been up?" in client.get("/today/").content.decode()
    assert plan_now(Person.here(), morning).limits.today.minutes_since_rising == 0
    client.post("/today/wishes/", {"up": "2"})
    assert "How long have you been up?" not in client.get("/today/").content.decode()
    assert (plan_now(Person.here(), morning).limits.today.minutes_since_rising or 0) >= 24 * 60


def test_nothing_of_a_form_gets_into_the_plan_that_is_not_a_wish(screened: Client) -> None:
    screened.post("/today/wishes/", {"minutes": "9999", "pain": "-1", "place": ["moon"], "up": "x"})
    day = Day.of(Person.here())

    assert (day.minutes, day.pain, day.settings, day.up) == (None, None, [], None)


def test_start_waits_for_the_player(screened: Client) -> None:
    assert screened.post("/play/start/").status_code == 302
