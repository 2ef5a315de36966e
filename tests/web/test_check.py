"""The questions and what they come to: whoever must not stretch ends on their page, and no address leads to a plan."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from supple.safety.questions import questions
from supple.safety.verdicts import Verdict
from supple.web.check.models import Answers
from supple.web.person.models import Person
from supple.web.play.models import Run
from tests.safety.people import well
from tests.web.people import answer_all, answers_of, fields

BEHIND_THE_GATE = ("/today/", "/play/start/", "/today/wishes/", "/today/change/", "/today/opening/")


@pytest.mark.parametrize(
    ("vignette", "title"),
    [
        ("V02", "Please get help now"),
        ("V05", "Please let somebody look at your back first"),
        ("V09", "Please speak to a doctor today"),
    ],
)
def test_who_must_not_stretch_ends_on_their_page_and_no_address_leads_to_a_plan(
    client: Client, vignette: str, title: str
) -> None:
    ended = answer_all(client, answers_of(vignette))
    said = client.get("/verdict/").content.decode()

    assert ended == "/verdict/"
    assert title in said
    assert "/today/" not in said.partition("<main")[2]
    for address in BEHIND_THE_GATE:
        for ask in (client.get, client.post):
            answer = ask(address)
            assert answer.status_code == 302
            assert answer["Location"] == "/verdict/"
            assert "no-store" in answer["Cache-Control"]
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/verdict/"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ({"age": 70, "gca_signs": "unsure"}, "Please see a doctor today or tomorrow"),
        ({"nprs_rest": 9}, "Please see a doctor today or tomorrow"),
        ({"weight_loss_unexplained": "yes"}, "Please see a doctor within the next few days"),
    ],
    ids=str,
)
def test_where_days_matter_the_title_says_by_when(client: Client, told: dict[str, object], title: str) -> None:
    answer_all(client, well(**told))

    said = client.get("/verdict/").content.decode()

    assert f"<h1>{title}</h1>" in said
    assert "Find somebody near you" not in said
    assert said.index("<strong>") < said.index("keep gently active as you are able")


def test_what_to_say_tells_how_old_one_is_and_how_long_it_has_been(client: Client) -> None:
    answer_all(client, well(age=72, minor_trauma_or_strain_onset="yes", duration_weeks=3))

    said = client.get("/verdict/").content.decode()

    assert "I am 72 years old." in said
    assert "It began 3 weeks ago." in said


def test_an_emergency_shows_after_its_screen_whatever_else_is_open(client: Client) -> None:
    first = {**fields(answers_of("V01"), "1_right_now"), "chest_pain_or_breathless": "yes"}

    answer = client.post("/check/1_right_now/", first)
    said = client.get("/verdict/").content.decode()

    assert answer["Location"] == "/verdict/"
    assert "Call 112" in said
    assert "chest pain or tightness" in said
    assert 'class="menu"' not in said


def test_an_emergency_shows_at_once_where_scripts_run(client: Client) -> None:
    answer = client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    assert answer.json()["alarm"] == "/verdict/"


def test_a_slip_leads_back_to_the_question_and_can_be_mended(client: Client) -> None:
    answers = answers_of("V01")
    client.post("/check/1_right_now/", {**fields(answers, "1_right_now"), "stroke_signs": "yes"})

    assert "/check/1_right_now/?then=verdict#stroke_signs" in client.get("/verdict/").content.decode()
    client.post("/check/1_right_now/", fields(answers, "1_right_now"))
    assert answer_all(client, answers) == "/verdict/"
    assert client.get("/today/").status_code == 200


@pytest.mark.parametrize("vignette", ["V01", "V03"])
def test_who_may_stretch_comes_to_today(client: Client, vignette: str) -> None:
    ended = answer_all(client, answers_of(vignette))

    assert ended == "/verdict/"
    assert 'href="/today/"' in client.get("/verdict/").content.decode().partition("<main")[2]
    assert "for today" in client.get("/today/").content.decode()
    assert client.get("/")["Location"] == "/today/"


def test_what_is_missing_is_named_and_what_was_answered_is_kept(client: Client) -> None:
    answer = client.post("/check/1_right_now/", {"chest_pain_or_breathless": "no"})
    said = answer.content.decode()

    assert answer.status_code == 422
    assert said.count("Please answer this one, too.") == 5
    assert Answers.of(Person.here()).given == {"chest_pain_or_breathless": "no"}


def test_no_to_all_the_rest_of_the_conditions_is_an_explicit_no(client: Client) -> None:
    answers = answers_of("V01")
    answer_all(client, {key: value for key, value in answers.items() if questions()[key].screen < "7"} | answers)

    client.post("/check/7_conditions/", {"wrist_pain": "unsure", "none_of_the_rest": "1"})
    given = Answers.of(Person.here()).given

    assert given["wrist_pain"] == "unsure"
    assert given["hip_replacement"] == "no"


@pytest.mark.parametrize("screen", ["5_pattern", "6_history"])
def test_nothing_answers_cancer_and_fractures_in_one_tap(client: Client, screen: str) -> None:
    client.post(f"/check/{screen}/", {"none_of_the_rest": "1"})

    assert "all the rest" not in client.get(f"/check/{screen}/").content.decode()
    assert Answers.of(Person.here()).given == {}


FOLLOW_UPS: list[tuple[str, dict[str, str], str, dict[str, str], bool]] = [
    ("2_nerves", {}, "leg_weakness_progressive", {"leg_weakness_new": "yes"}, True),
    ("2_nerves", {}, "leg_weakness_progressive", {"leg_weakness_new": "unsure"}, True),
    ("2_nerves", {}, "leg_weakness_progressive", {"leg_weakness_new": "no"}, False),
    ("3_ill", {}, "pregnant", {"age": "30"}, True),
    ("3_ill", {"age": "30"}, "pregnant_weeks", {"age": "30", "pregnant": "yes"}, True),
    ("3_ill", {"age": "30"}, "pregnancy_warning_signs", {"age": "30", "pregnant": "unsure"}, True),
    ("3_ill", {}, "gca_signs", {"age": "60"}, True),
    ("6_history", {}, "pain_worse_straining", {"cancer_history": "yes"}, True),
    ("6_history", {}, "recent_abdominal_surgery", {"surgery_weeks": "6"}, True),
    ("6_history", {}, "recent_abdominal_surgery", {"surgery_weeks-instead": "none"}, False),
]


@pytest.mark.parametrize(("screen", "before", "asked", "then", "shows"), FOLLOW_UPS, ids=str)
def test_a_follow_up_is_asked_and_counted_only_after_what_it_follows(
    client: Client, screen: str, before: dict[str, str], asked: str, then: dict[str, str], shows: bool
) -> None:
    at_first = client.post(f"/check/{screen}/so-far/", before).json()
    later = client.post(f"/check/{screen}/so-far/", then).json()

    assert asked not in at_first["asked"]
    assert (asked in later["asked"]) is shows
    assert at_first["left"] == sum(not questions()[key].optional for key in at_first["asked"] if key not in before)


@pytest.mark.parametrize(("pressure", "open_"), [(None, False), ("no", False), ("yes", True), ("unsure", True)])
def test_the_blood_pressure_takes_a_line_unless_it_may_be_high(
    client: Client, pressure: str | None, *, open_: bool
) -> None:
    told = client.post("/check/7_conditions/so-far/", {"uncontrolled_hypertension": pressure or ""}).json()
    page = client.get("/check/7_conditions/").content.decode()

    assert ("bp_sys" in told["unfolded"]) is open_
    assert ('data-fold="bp_sys" open' in page) is open_
    assert "bp_sys" in told["asked"]


def test_answers_grow_old_and_are_asked_again_with_what_was_said(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    told = Answers.of(Person.here())
    told.given_at = {key: (timezone.localtime() - timedelta(days=15)).isoformat() for key in told.given_at}
    told.save()

    assert client.get("/today/")["Location"] == "/check/"
    assert client.get("/check/")["Location"].startswith("/check/1_right_now/")
    assert "Last time you answered: no." in client.get("/check/1_right_now/").content.decode()


def test_an_answer_can_be_corrected_later_and_what_no_longer_applies_goes(client: Client) -> None:
    answers = answers_of("V01", pregnant="yes", pregnant_weeks=20, pregnancy_warning_signs="no", bp_symptoms="no")
    answer_all(client, answers)

    third = fields(answers_of("V01"), "3_ill") | {"pregnant": "no", "pregnant_weeks": "20"}
    answer = client.post("/check/3_ill/", {**third, "then": "verdict"})

    assert answer["Location"] == "/verdict/"
    assert "pregnant_weeks" not in Answers.of(Person.here()).given


def test_two_answers_that_cannot_both_be_true_are_said_in_plain_words(client: Client) -> None:
    numbers = {**fields(answers_of("V01"), "7_conditions"), "bp_sys": "80", "bp_dia": "120"}

    answer = client.post("/check/7_conditions/", numbers)

    assert answer.status_code == 422
    assert "The lower number has to be smaller" in answer.content.decode()


def test_the_number_is_that_of_the_country_one_chooses(client: Client) -> None:
    client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    client.post("/settings/country/", {"country": "AU", "back": "/verdict/"})

    assert "Call 000" in client.get("/verdict/").content.decode()


def test_a_browser_in_britain_is_told_the_british_number_and_for_which_country(client: Client) -> None:
    client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    said = client.get("/verdict/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()

    assert "Call 999" in said
    assert "Your browser says: United Kingdom." in said


@override_settings(COUNTRY="GB")
def test_where_the_country_is_set_no_browser_is_asked(client: Client) -> None:
    client.post("/check/1_right_now/so-far/", {"chest_pain_or_breathless": "yes"})

    said = client.get("/verdict/", headers={"accept-language": "en-US,en;q=0.9"}).content.decode()

    assert "Call 999" in said
    assert "Your browser says" not in said


def test_after_a_grave_sign_all_is_answered_anew_and_a_clinician_has_looked(client: Client) -> None:
    answers = answers_of("V01")
    answer_all(client, answers)
    told = Answers.of(Person.here())
    told.given_at = dict.fromkeys(told.given_at, (timezone.localtime() - timedelta(hours=1)).isoformat())
    told.save()
    Run.told("chest pain", Verdict.EMERGENCY, pain=2, at=timezone.localtime() - timedelta(minutes=30))

    assert "chest pain" in client.get("/verdict/").content.decode()
    assert client.get("/today/")["Location"] == "/verdict/"
    client.post("/check/again/")
    answer_all(client, answers)
    assert "Has a clinician looked at it?" in client.get("/verdict/").content.decode()
    assert client.get("/today/")["Location"] == "/verdict/"
    client.post("/verdict/clinician/", {"looked": "no"})
    assert client.get("/today/")["Location"] == "/verdict/"
    client.post("/verdict/clinician/", {"looked": "yes"})
    assert client.get("/today/").status_code == 200


def test_bleeding_in_pregnancy_sends_to_the_maternity_unit_and_to_nobody_before_it(client: Client) -> None:
    answer_all(client, answers_of("V01", pregnant="yes", pregnant_weeks=28, pregnancy_warning_signs="yes"))

    page = client.get("/verdict/").content.decode()

    assert "<h1>Please call your maternity unit now</h1>" in page
    assert "Call your doctor or urgent-care line first" not in page
    assert "I am in week 28 of a pregnancy." in page


def token(client: Client, address: str) -> str:
    """What a page says that its form was filled with."""
    found = re.search(r'name="as_of" value="(\w+)"', client.get(address).content.decode())
    assert found
    return str(found[1])


def test_an_old_window_takes_no_emergency_back(client: Client) -> None:
    answers = answers_of("V01")
    answer_all(client, answers)
    first = fields(answers, "1_right_now")
    old = token(client, "/check/1_right_now/")
    client.post("/check/1_right_now/", first | {"chest_pain_or_breathless": "yes"})

    for sent in (first, first | {"major_trauma_recent": "unsure"}):
        told = client.post("/check/1_right_now/", sent | {"as_of": old})
        by_the_way = client.post("/check/1_right_now/so-far/", sent | {"as_of": old})

        assert told["Location"] == "/verdict/"
        assert by_the_way.json() == {"leave": "/verdict/"}
        assert Answers.of(Person.here()).given["chest_pain_or_breathless"] == "yes"


def test_an_old_window_sees_what_another_one_has_answered(client: Client) -> None:
    answers = answers_of("V01")
    answer_all(client, answers)
    old = token(client, "/check/8_movement/")
    client.post("/check/8_movement/", {"flexion_effect": "worse", "extension_effect": "same"})

    told = client.post("/check/8_movement/", {"flexion_effect": "same", "extension_effect": "better", "as_of": old})

    assert told["Location"] == "/check/8_movement/?newer=1"
    given = Answers.of(Person.here()).given
    assert (given["flexion_effect"], given["extension_effect"]) == ("worse", "same")
    assert "answered in another window" in client.get("/check/8_movement/?newer=1").content.decode()


@pytest.mark.parametrize("way", ["", "so-far/"])
def test_a_grave_sign_is_heeded_in_an_old_window_too(client: Client, way: str) -> None:
    answers = answers_of("V01")
    answer_all(client, answers)
    first = fields(answers, "1_right_now")
    old = token(client, "/check/1_right_now/")
    client.post("/check/1_right_now/", first | {"major_trauma_recent": "unsure"})

    client.post(f"/check/1_right_now/{way}", first | {"chest_pain_or_breathless": "yes", "as_of": old})

    given = Answers.of(Person.here()).given
    assert (given["chest_pain_or_breathless"], given["major_trauma_recent"]) == ("yes", "unsure")
    assert "Please get help now" in client.get("/verdict/").content.decode()
