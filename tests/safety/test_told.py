"""What is told of a session is understood whole, or refused by name: a red light is never lost to a slip of the pen."""

import pytest

from supple.safety.questions import BadAnswer, read
from supple.safety.screening import call_first, screen
from supple.safety.told import Told, told
from supple.safety.traffic_light import Quality
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import CallFirst
from tests.safety.people import well

WELL = {"exercise": "sphinx", "before": 2, "during": 6, "quality": "sharp"}


def test_a_session_told_of_reads_back_as_it_was_written() -> None:
    said = told(WELL)

    assert said == Told("sphinx", 2, 6, Quality.SHARP)
    assert told(said.dumps()) == said
    assert said.is_red


def test_a_pull_is_no_red_light() -> None:
    assert not told({**WELL, "during": 3, "quality": "stretch_pull"}).is_red


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("it hurt", "write it like"),
        ({"during": 3}, "write it like"),
        ({**WELL, "more": 1}, "write it like"),
        ({**WELL, "exercise": "sphynx"}, "did you mean sphinx"),
        ({**WELL, "during": 11}, "during: 11 is not a whole number from 0 to 10"),
        ({**WELL, "before": "2"}, "before: '2' is not a whole number"),
        ({**WELL, "quality": "odd"}, "'odd' is no quality; give one of stretch_pull"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(wrong: object, said: str) -> None:
    with pytest.raises(BadAnswer, match=said) as found:
        read({"session_log": wrong})

    assert str(found.value).startswith("session_log: ")


def test_who_tells_of_weakness_in_a_session_is_sent_to_a_doctor_today() -> None:
    found = screen(well(session_log={**WELL, "quality": "weakness"}))

    assert (found.verdict, found.plan, found.offers_booking) == (Verdict.SAME_DAY, PlanKind.NONE, False)
    assert "weakness in a session, and that has to be looked at today" in found.say
    assert "where it grows, or is in both legs, call the emergency number at once" in found.say
    assert found.reasons[0].reason == "told_of_weakness"


@pytest.mark.parametrize(
    ("who", "verdict"),
    [
        ({"osteoporosis": "yes"}, Verdict.SAME_DAY),
        ({"age": 70}, Verdict.SAME_DAY),
        ({"hip_replacement": "unsure"}, Verdict.SAME_DAY),
        ({"steroid_long_term": "yes"}, Verdict.SAME_DAY),
        ({"age": 69}, Verdict.GO_GENTLY),
    ],
    ids=str,
)
def test_who_tells_of_sharp_pain_where_something_may_break_sees_a_doctor_today(
    who: dict[str, object], verdict: Verdict
) -> None:
    found = screen(well(session_log=WELL, **who))

    assert found.verdict is verdict
    assert ("that for you has to be looked at first" in found.say) is (verdict is Verdict.SAME_DAY)


@pytest.mark.parametrize(
    "besides", ["thoracic_band_pain", "aaa_known", "weight_loss_unexplained", "height_loss_or_new_hump"]
)
def test_weakness_in_a_session_is_for_today_whatever_else_was_for_later(besides: str) -> None:
    found = screen(well(session_log={**WELL, "quality": "weakness"}, **{besides: "yes"}))

    assert found.verdict.severity >= Verdict.SAME_DAY.severity
    assert "weakness in a session" in found.say


def test_weakness_in_a_session_waits_for_no_guardian() -> None:
    told = well(age=16, guardian_agrees="no", session_log={**WELL, "quality": "weakness"})

    assert screen(told).verdict is Verdict.SAME_DAY


def test_what_was_told_after_an_operation_leads_to_the_surgical_team_in_its_own_words() -> None:
    operated = {"surgery_weeks": 8, "recent_spine_surgery": "yes", "clinician_cleared": "yes"}
    found = screen(well(session_log={**WELL, "quality": "spreading"}, **operated))

    assert call_first(found) is CallFirst.SURGICAL_TEAM
    assert "tingling, numbness or spreading pain in a stretch, soon after an operation on the spine" in found.say
    assert found.say.startswith("Call your surgical team today")


def test_whom_to_call_first_is_known_whichever_of_the_signs_says_so() -> None:
    both = {"age": 60, "hip_replacement": "yes", "surgery_weeks": 8, "clinician_cleared": "yes"}
    found = screen(well(session_log={**WELL, "exercise": "seated_cat_cow"}, **both))

    assert call_first(found) is CallFirst.SURGICAL_TEAM
    assert found.say.startswith("Call your surgical team today")
    assert "Do not turn or cross the leg." in found.say


def test_who_tells_of_sharp_pain_still_gets_a_plan() -> None:
    assert screen(well(session_log=WELL)).verdict is screen(well()).verdict
