"""A session on the site: every act is kept, "It hurts" leads where the rules lead, and nothing is lost on the way."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from supple.safety.verdicts import Verdict
from supple.session import Ending
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.play import folder
from supple.web.play.history import alarms, past
from supple.web.play.models import Run
from supple.web.today.models import Day
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of
from tests.web.runs import begun, plan_of


def act(client: Client, run: Run, **given: object) -> Any:
    """What the page's script hears after a tap."""
    run.refresh_from_db()
    sent = {"revision": run.revision} | given
    answer = client.post(f"/session/{run.pk}/act/", sent, headers={"Accept": "application/json"})
    run.refresh_from_db()
    return answer.json()


HIDDEN = re.compile(r"<input[^>]*>")  # what a form carries for itself


def start_of(state: Any, step: int) -> int:
    return next(int(cue["at_s"]) for cue in state["cues"] if cue["step"] == step)


@pytest.fixture
def run(client: Client) -> Run:
    return begun(plan_of("V01"))


def test_the_player_shows_the_first_stretch_and_the_whole_list(client: Client, run: Run) -> None:
    page = client.get(f"/session/{run.pk}/").content.decode()

    assert page.count(run.read_plan().steps[0].name) >= 2
    assert "It hurts" in page


def test_a_step_is_kept_as_it_ends(client: Client, run: Run) -> None:
    first = act(client, run, act="reach", at_s=0)

    act(client, run, act="reach", at_s=start_of(first, 1))

    assert [entry.ending for entry in run.read_log().entries] == [Ending.DONE]
    assert run.at_s == start_of(first, 1)


@pytest.mark.parametrize("told", ["weakness", "sharp", "worse"])
def test_what_hurts_is_heeded_from_a_page_that_is_behind(client: Client, run: Run, told: str) -> None:
    act(client, run, act="reach", at_s=5)

    state = act(client, run, revision=1, act=told)

    assert state["sheet"]
    assert run.read_log().hurts or run.read_log().rechecks


@pytest.mark.parametrize("tap", ["return", "none", "stretch_pull_"])
def test_no_other_answer_counts_from_a_page_that_is_behind(client: Client, run: Run, tap: str) -> None:
    act(client, run, act="worse")
    before = run.revision

    act(client, run, revision=1, act=tap)

    assert run.revision == before


def test_a_page_that_is_behind_is_told_so_and_changes_nothing(client: Client, run: Run) -> None:
    act(client, run, act="reach", at_s=5)

    answer = client.post(
        f"/session/{run.pk}/act/", {"revision": 1, "act": "skip"}, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 409
    assert "another window" in answer.json()["say"]
    assert Run.objects.get(pk=run.pk).at_s == 5


@pytest.mark.parametrize("told", ["weakness", "sharp", "spreading", "worse"])
@pytest.mark.parametrize("ends", ["end", "reach"], ids=["broken off", "done to its end"])
def test_what_hurts_is_heeded_though_another_page_has_ended_the_session(
    client: Client, run: Run, told: str, ends: str
) -> None:
    act(client, run, act="reach", at_s=30)
    act(client, run, act=ends, at_s=float(run.scene().playback.timeline.seconds) if ends == "reach" else 31)
    assert run.ended

    state = act(client, run, revision=1, act=told)

    assert state["leave"] == f"/session/{run.pk}/after/"
    page = client.get(state["leave"]).content.decode()
    assert "Please have this looked at today" in page
    assert 'name="country"' in page
    assert {alarm.verdict for alarm in alarms().values()} == {Verdict.SAME_DAY}


@pytest.mark.parametrize("told", ["ache", "skip", "none", "3"])
def test_nothing_else_is_added_to_a_session_that_has_ended(client: Client, run: Run, told: str) -> None:
    act(client, run, act="end")
    before = run.log

    act(client, run, revision=1, act=told)

    assert run.log == before


def test_without_scripts_a_step_is_done_by_hand(client: Client, run: Run) -> None:
    answer = client.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "done"})

    run.refresh_from_db()
    assert answer.headers["Location"] == f"/session/{run.pk}/"
    assert len(run.read_log().entries) == 1


def test_an_ache_of_four_that_settles_makes_the_stretch_smaller(client: Client, run: Run) -> None:
    name, arc = run.read_plan().steps[0].name, run.read_plan().steps[0].arc_percent
    act(client, run, act="reach", at_s=20)
    act(client, run, act="ache")
    act(client, run, act="4")

    told = act(client, run, act="yes")

    assert "half as far" in told["sheet"]
    assert run.read_plan().steps[0].name == name
    assert run.read_plan().steps[0].arc_percent == max(10, arc // 2)
    assert act(client, run, act="on")["sheet"] == ""


@pytest.mark.parametrize("given", ["ache", "ache 4", "ache 4 yes", "ache 7 none", "dizziness"])
def test_something_worse_can_be_told_on_every_sheet(client: Client, run: Run, given: str) -> None:
    act(client, run, act="reach", at_s=20)
    (*_, asked) = [act(client, run, act=told)["sheet"] for told in given.split()]

    signs = act(client, run, act="worse")["sheet"]
    again = act(client, run, act="none")["sheet"]

    assert 'value="worse"' in asked
    assert 'value="W1"' in signs
    assert HIDDEN.sub("", again) == HIDDEN.sub("", asked)


def test_going_back_takes_it_back(client: Client, run: Run) -> None:
    act(client, run, act="tingling_or_numb")
    assert run.read_log().hurts

    assert "What does it feel like" in act(client, run, act="return")["sheet"]

    assert act(client, run, act="return")["sheet"] == ""
    assert not run.read_log().hurts
    assert not run.read_log().rechecks


def test_a_sign_ends_the_session_and_leads_nowhere_but_to_help(client: Client, run: Run) -> None:
    act(client, run, act="worse")

    told = act(client, run, act="W2")

    page = client.get(told["leave"]).content.decode()
    assert "Please get help now" in page
    assert 'href="tel:' in page
    assert 'href="/' not in page.replace('href="/static', "")
    assert [sign.verdict for sign in alarms().values()] == ["emergency"]
    assert client.get(f"/session/{run.pk}/").headers["Location"] == "/verdict/"


def test_who_is_weak_is_told_to_sit_is_asked_no_number_and_is_led_to_help(client: Client, run: Run) -> None:
    act(client, run, act="reach", at_s=20)

    told = act(client, run, act="weakness")

    assert "Sit down now" in told["sheet"]
    assert "How strong" not in told["sheet"]
    assert "fine" not in told["sheet"]
    act(client, run, act="down")
    told = act(client, run, act="none")
    assert told["sheet"] == ""
    assert "looked at today" in client.get(told["leave"]).content.decode()


def test_the_open_question_is_there_again_after_a_reload(client: Client, run: Run) -> None:
    act(client, run, act="worse")

    page = client.get(f"/session/{run.pk}/").content.decode()

    assert "data-open" in page
    assert "Is any of these so" in page


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 422),
        ({"act": "reach", "at_s": "nan"}, 422),
        ({"act": "a" * 41}, 422),
        ({"act": "fly"}, 409),
        ({"act": "3"}, 409),
        ({"act": "none"}, 409),
        ({"act": "on"}, 409),
    ],
)
def test_what_is_no_act_is_refused(client: Client, run: Run, given: dict[str, object], code: int) -> None:
    answer = client.post(f"/session/{run.pk}/act/", {"revision": 1} | given, headers={"Accept": "application/json"})

    assert answer.status_code == code
    assert Run.objects.get(pk=run.pk).revision == 1


def test_a_leg_is_asked_after_a_set_that_moves_the_low_back(client: Client) -> None:
    run = begun(plan_of("V04"))
    assert run.read_plan().limits.ask_after_each_set
    state = act(client, run, act="reach", at_s=0)

    while not state["sheet"]:
        step = run.scene().playback.cue.step
        state = act(client, run, act="reach", at_s=start_of(state, step + 1))

    assert "How is the leg" in state["sheet"]
    assert "another" not in act(client, run, act="unchanged")["say"]
    assert [leg.value for leg in run.read_log().legs] == ["unchanged"]


def test_the_end_leads_to_afterwards(client: Client, run: Run) -> None:
    state = act(client, run, act="reach", at_s=0)

    told = act(client, run, act="reach", at_s=state["seconds"])

    page = client.get(told["leave"]).content.decode()
    assert "That is done" in page
    assert Run.unfinished() is None
    assert len(past(run.started).done) == len(run.read_log().entries)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["first", "next", "other side"])
def test_who_goes_on_later_begins_the_step_again_with_the_way_into_it_and_no_second_counts_twice(
    client: Client, number: int
) -> None:
    run = begun(plan_of("V03"))
    steps = run.read_plan().steps
    first = act(client, run, act="reach", at_s=0)
    in_the_work = next(c["at_s"] for c in first["cues"] if c["step"] == number and c["kind"] in ("hold", "move")) + 9
    act(client, run, act="reach", at_s=in_the_work)

    state = act(client, run, act="begin", at_s=in_the_work)
    done = act(client, run, act="reach", at_s=start_of(state, 1))

    assert (state["at_s"], state["behind"]) == (0, min(number, 1))  # its two sides are one stretch
    assert (state["steps"][0]["id"], state["steps"][0]["side"]) == (steps[number].stretch, steps[number].side)
    assert state["cues"][0]["kind"] == "get_ready"
    assert sum(entry.seconds for entry in run.read_log().entries) == sum(s.work_s for s in steps[: number + 1])
    assert act(client, run, act="begin", at_s=done["at_s"])["steps"][0]["id"] == steps[number + 1].stretch


def test_a_stretch_that_is_left_for_pain_counts_as_one_behind(client: Client, run: Run) -> None:
    for tap in ("sharp", "4", "none", "on"):
        state = act(client, run, act=tap)

    assert state["behind"] == 1
    assert run.read_log().entries[0].stretch not in {step["id"] for step in state["steps"]}


def test_a_session_that_was_only_opened_begins_as_it_is(client: Client, run: Run) -> None:
    before = run.read_plan()

    act(client, run, act="begin", at_s=0)

    assert run.read_plan() == before


def test_each_log_lies_beside_those_of_the_command_line_and_counts_once(client: Client, run: Run) -> None:
    act(client, run, act="done")

    lies = json.loads(folder.own(run.pk).read_text())
    assert len(lies["entries"]) == 1
    assert len(past(run.started).done) == 1


@pytest.fixture
def left(client: Client) -> Run:
    """A session that somebody left half an hour ago."""
    answer_all(client, answers_of("V01"))
    before = (timezone.localtime() - timedelta(hours=1)).isoformat()
    answers = Answers.objects.get()
    answers.given_at = dict.fromkeys(answers.given_at, before)
    answers.save()
    at = timezone.localtime() - timedelta(minutes=30)
    Day.of(Person.here()).begin(at)
    return Run.begin(plan_of("V01"), pain=2, at=at)


def test_whoever_was_away_is_asked_as_before_any_session_and_then_goes_on(client: Client, left: Run) -> None:
    assert client.get(f"/session/{left.pk}/")["Location"] == "/today/"
    assert "Before you start" in client.get("/today/").content.decode()

    client.post("/today/opening/", WITH_NOTHING_NEW)

    assert "Go on with it" in client.get("/today/").content.decode()
    assert client.get(f"/session/{left.pk}/").status_code == 200


def test_a_tab_that_lay_open_for_long_goes_on_after_the_same_questions_and_hears_of_pain_at_once(
    client: Client, left: Run
) -> None:
    assert act(client, left, act="done") == {"leave": "/today/"}
    assert not left.read_log().entries

    assert "How strong" in act(client, left, act="sharp")["sheet"]


def test_who_comes_back_in_more_pain_goes_on_with_less(client: Client, left: Run) -> None:
    client.post("/today/opening/", WITH_NOTHING_NEW | {"pain": "6"})

    client.get(f"/session/{left.pk}/")

    before = left.read_plan()
    left.refresh_from_db()
    assert left.pain == 6
    assert left.read_plan().limits.today.pain_now == 6
    assert left.read_plan().seconds < before.seconds


def test_a_sign_told_on_coming_back_ends_it(client: Client, left: Run) -> None:
    client.post("/today/opening/", WITH_NOTHING_NEW | {"new-0": "yes"})

    assert client.get(f"/session/{left.pk}/")["Location"] == "/verdict/"


def test_an_emergency_in_the_questions_ends_a_session_under_way(client: Client, run: Run) -> None:
    answer_all(client, answers_of("V01"))
    client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    assert client.get(f"/session/{run.pk}/")["Location"] == "/verdict/"
    assert client.get(f"/session/{run.pk}/it-hurts/")["Location"] == "/verdict/"
    assert act(client, run, act="done") == {"leave": "/verdict/"}
    assert client.post(f"/session/{run.pk}/act/", {"revision": run.revision, "act": "done"})["Location"] == "/verdict/"
    assert not run.read_log().entries
