"""The questions: which apply, what is missing, and what cannot be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.safety.questions import (
    AnswersError,
    BadAnswer,
    Contradiction,
    MissingAnswer,
    Question,
    QuestionKind,
    UnknownQuestion,
    Value,
    applies,
    ask_again,
    check,
    facts,
    load_questions,
    question,
    questions,
    read,
    readable,
    settle,
)
from supple.safety.rules import atoms
from tests.safety.people import VIGNETTES, person, well, whole

ASKED = [q for screen in load_questions() for q in screen.questions]
every_question = pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.key)


def answers_to(asked: Question) -> list[Value]:
    """Some answers that fit: all choices, or both ends and the middle of a range and the words beside it."""
    if asked.kind is QuestionKind.TEXT:
        return ["words"]
    if asked.range is None:
        return [(word,) for word in asked.choices] if asked.kind is QuestionKind.CHOICE_MANY else [*asked.choices]
    low, high = asked.range
    return [low, (low + high) // 2, high, *asked.also]


@every_question
def test_a_question_asks_and_is_answered(asked: Question) -> None:
    assert asked.ask
    assert asked.kind in (QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.SESSION) or len(asked.choices) >= 3
    for value in answers_to(asked):
        assert read({asked.key: value}) == {asked.key: value}


def test_no_key_is_asked_twice() -> None:
    assert len(ASKED) == len(questions())


@every_question
def test_a_question_is_skipped_only_by_earlier_answers(asked: Question) -> None:
    earlier = list(questions())[: list(questions()).index(asked.key)]

    assert {atom.key for atom in atoms(asked.skip_when or [])} <= {*earlier, *(["age"] if asked.screen > "3" else [])}


@pytest.mark.parametrize(
    ("given_value", "key", "stored"),
    [
        (True, "fever_or_chills", "yes"),
        (False, "fever_or_chills", "no"),
        ("Unsure", "fever_or_chills", "unsure"),
        (False, "leg_pain", "none"),
        ("none", "leg_pain", "none"),
        (False, "surgery_weeks", "none"),
        ("unsure", "surgery_weeks", "unsure"),
        ("unsure", "bp_sys", "unsure"),
        ("34", "age", 34),
        (34.0, "age", 34),
        (0.5, "duration_weeks", 0.5),
        ("neck", "pain_region", ("neck",)),
        (["neck", "neck"], "pain_region", ("neck",)),
    ],
)
def test_answers_are_taken_as_yaml_reads_them(given_value: object, key: str, stored: Value) -> None:
    assert read({key: given_value}) == {key: stored}


def test_null_is_not_given() -> None:
    assert read({"age": None}) == {}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("age", 140, "age: 140 is outside 0 to 120 years; give a number between them."),
        ("age", -1, "age: -1 is outside 0 to 120 years; give a number between them."),
        ("age", True, "age: true is no answer here; give a number from 0 to 120 years."),
        ("age", "unsure", "age: unsure is no answer here; give a number from 0 to 120 years."),
        ("age", float("nan"), "age: NaN is no answer here; give a number from 0 to 120 years."),
        ("age", float("inf"), "age: Infinity is no answer here; give a number from 0 to 120 years."),
        ("age", [30], "age: [30] is no answer here; give a number from 0 to 120 years."),
        ("fever_or_chills", "maybe", "fever_or_chills: maybe is no answer here; give one of yes, no, unsure."),
        ("fever_or_chills", 1, "fever_or_chills: 1 is no answer here; give one of yes, no, unsure."),
        ("fever_or_chills", "", 'fever_or_chills: "" is no answer here; give one of yes, no, unsure.'),
        ("leg_pain", "left", "leg_pain: left is no answer here; give one of none, above_knee, below_knee, unsure."),
        ("goals", ["fly"], "goals: fly is no answer here; give one of sit_comfortably, "),
        ("surgery_weeks", 60, "surgery_weeks: 60 is outside 0 to 52 weeks; give a number between them."),
        ("minutes_available", 1, "minutes_available: 1 is outside 2 to 30 minutes; give a number between them."),
    ],
)
def test_a_bad_answer_is_named_with_the_remedy(key: str, value: object, said: str) -> None:
    with pytest.raises(BadAnswer) as found:
        read({key: value})

    assert str(found.value).startswith(said)


@pytest.mark.parametrize(
    ("typed", "meant"), [("agee", "age"), ("fever", "fever_or_chills"), ("bladder", "bladder_change")]
)
def test_an_unknown_question_comes_with_the_nearest_there_is(typed: str, meant: str) -> None:
    with pytest.raises(UnknownQuestion, match=f"{typed}: there is no such question; did you mean {meant}"):
        check({typed: 3})


def test_a_key_that_is_no_text_is_named_too() -> None:
    no: Any = False
    with pytest.raises(UnknownQuestion, match="False: there is no such question"):
        read({no: 3})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pregnant": "no", "pregnant_weeks": 20}, "pregnant_weeks: 20 cannot be while pregnant is no"),
        ({"age": 70, "pregnant": "yes"}, "pregnant: yes cannot be while age is 70"),
        (
            {"leg_weakness_new": "no", "leg_weakness_progressive": "yes"},
            "leg_weakness_progressive: yes cannot be while leg_weakness_new is no",
        ),
        (
            {"leg_weakness_new": "no", "leg_weakness_progressive": "unsure"},
            "leg_weakness_progressive: unsure cannot be while leg_weakness_new is no",
        ),
        (
            {"surgery_weeks": "none", "recent_spine_surgery": "yes"},
            "recent_spine_surgery: yes cannot be while surgery_weeks is none",
        ),
        (
            {"surgery_weeks": 20, "recent_spine_surgery": "yes"},
            "recent_spine_surgery: yes cannot be while surgery_weeks is 20",
        ),
        ({"bp_dia": 80}, "bp_dia: 80 cannot be while bp_sys is not given"),
        ({"bp_sys": 120, "bp_dia": 120}, "bp_dia: 120 is not below bp_sys, which is 120"),
        (
            {"age": 30, "duration_weeks": 20, "onset_under_40": "no"},
            "onset_under_40: no cannot be while age is 30",
        ),
        (
            {"age": 56, "duration_weeks": 10, "constant_progressive_pain": "yes", "improving": "yes"},
            "improving: yes cannot be while constant_progressive_pain is yes",
        ),
        ({"nprs_rest": 4, "nprs_worst_week": 2}, "nprs_worst_week: 2 cannot be while nprs_rest is 4"),
    ],
)
def test_answers_that_cannot_both_be_are_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Contradiction, match=said):
        check({**well(), **changes})


def test_a_short_pain_at_30_says_nothing_of_when_it_first_began() -> None:
    assert check(well(age=30, duration_weeks=3))["onset_under_40"] == "no"


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_a_person_with_every_question_answered_passes(vignette: str) -> None:
    checked = check(person(vignette))

    assert check(checked) == checked
    assert list(checked) == [key for key in questions() if key in checked]


NEEDED = [
    (vignette, asked.key)
    for vignette in ("V01", "V05", "V06", "V08")
    for asked in ASKED
    if not asked.optional and applies(asked, person(vignette))
]


@pytest.mark.parametrize(("vignette", "key"), NEEDED)
def test_what_is_missing_is_refused_by_name(vignette: str, key: str) -> None:
    answers = person(vignette)

    with pytest.raises(MissingAnswer) as found:
        check({other: value for other, value in answers.items() if other != key})

    assert found.value.key == key
    assert str(found.value).startswith(f"{key}: this question is not answered yet")


def test_nothing_answered_names_the_first_ones_and_counts_the_rest() -> None:
    with pytest.raises(MissingAnswer) as found:
        check({})

    assert found.value.key == "chest_pain_or_breathless"
    assert "nor are " in str(found.value)
    assert f"and {found.value.more - 6} more; give one of yes, no, unsure." in str(found.value)
    assert found.value.more > 60


@pytest.mark.parametrize(
    ("key", "answers", "asked"),
    [
        ("leg_weakness_progressive", {"leg_weakness_new": "no"}, False),
        ("leg_weakness_progressive", {"leg_weakness_new": "unsure"}, True),
        ("pregnant", {"age": 10}, False),
        ("pregnant", {"age": 11}, True),
        ("pregnant", {"age": 59}, True),
        ("pregnant", {"age": 60}, False),
        ("gca_signs", {"age": 49}, False),
        ("gca_signs", {"age": 50}, True),
        ("onset_under_40", {"duration_weeks": 11}, False),
        ("onset_under_40", {"duration_weeks": 12}, True),
        ("recent_spine_surgery", {"surgery_weeks": 12}, True),
        ("recent_spine_surgery", {"surgery_weeks": 13}, False),
        ("recent_spine_surgery", {"surgery_weeks": "unsure"}, True),
        ("recent_shoulder_surgery", {"surgery_weeks": 26}, True),
        ("recent_shoulder_surgery", {"surgery_weeks": 27}, False),
        ("recent_abdominal_surgery", {"surgery_weeks": "none"}, False),
        ("bp_dia", {}, False),
        ("bp_dia", {"bp_sys": "unsure"}, False),
        ("bp_dia", {"bp_sys": 150}, True),
        ("bp_symptoms", {"pregnant": "no"}, False),
        ("bp_symptoms", {"pregnant": "no", "bp_sys": 159, "bp_dia": 99}, False),
        ("bp_symptoms", {"pregnant": "no", "bp_sys": 160, "bp_dia": 99}, True),
        ("bp_symptoms", {"pregnant": "no", "bp_sys": 159, "bp_dia": 100}, True),
        ("bp_symptoms", {"pregnant": "no", "bp_sys": 159}, False),
        ("bp_symptoms", {"pregnant": "unsure"}, True),
        ("clinician_cleared", {"surgery_weeks": "none"}, True),
        ("pregnancy_warning_signs", {"age": 70}, False),
        (
            "clinician_cleared",
            {"vertebral_fracture": "no", "cancer_history": "no", "recent_spine_surgery": "no", "surgery_weeks": "none"},
            False,
        ),
        (
            "clinician_cleared",
            {"vertebral_fracture": "no", "cancer_history": "no", "recent_spine_surgery": "no", "surgery_weeks": 12},
            True,
        ),
        (
            "clinician_cleared",
            {"vertebral_fracture": "unsure", "cancer_history": "no", "recent_spine_surgery": "no", "surgery_weeks": 20},
            True,
        ),
        ("can_kneel", {"can_use_floor": "unsure"}, True),
        ("guardian_agrees", {"age": 17}, True),
        ("guardian_agrees", {"age": 18}, False),
    ],
    ids=str,
)
def test_when_a_question_applies(key: str, answers: dict[str, Value], asked: bool) -> None:
    assert applies(question(key), answers) is asked


def test_a_skipped_question_is_stored_as_no_and_a_skipped_number_not_at_all() -> None:
    settled = settle(well())

    assert settled["leg_weakness_progressive"] == "no"
    assert "pregnant_weeks" not in settled


def test_a_number_that_is_not_known_counts_as_not_given() -> None:
    known = facts(check(well(surgery_weeks="unsure", bp_sys="unsure")))

    assert "surgery_weeks" not in known
    assert "bp_sys" not in known


def test_what_is_readable_stays_when_the_rest_is_broken() -> None:
    assert readable({"saddle_numbness": True, "age": 140, "nonsense": 1}) == {"saddle_numbness": "yes"}


anything = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["yes", "no", "unsure"])
)


@given(st.dictionaries(st.sampled_from(list(questions())) | st.text(), anything))
def test_whatever_is_typed_either_passes_or_is_refused_in_one_sentence(answers: dict[str, object]) -> None:
    try:
        check(whole_or_raw(answers))
    except AnswersError as error:
        assert str(error).endswith((".", "?"))
        assert "\n" not in str(error)


def whole_or_raw(answers: dict[str, object]) -> dict[str, Any]:
    """The answers filled up where they can be read."""
    try:
        return whole(answers)
    except AnswersError:
        return answers


def test_what_is_asked_again_are_questions_or_screens() -> None:
    known = {*questions(), *(f"screen_{screen.id}" for screen in load_questions())}
    sentences = {"any change in screen 1 or 2?", "everything"}

    assert {asked for occasion in ask_again().values() for asked in occasion} <= known | sentences


@pytest.mark.parametrize(
    "changes", [{"can_use_floor": "no", "can_kneel": "yes"}, {"osteoporosis": "yes", "clinician_cleared": "yes"}]
)
def test_a_truthful_yes_that_makes_nothing_milder_is_let_be(changes: dict[str, object]) -> None:
    key = list(changes)[-1]

    assert settle(read(well(**{**changes, key: None}) | {key: "yes"}))[key] == "no"
