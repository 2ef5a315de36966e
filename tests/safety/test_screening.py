"""From answers to a verdict."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.anatomy import Setting
from supple.catalogue import Tag, load
from supple.safety.direction import Direction
from supple.safety.limits import Allowance, judge, limits
from supple.safety.questions import (
    BadAnswer,
    Contradiction,
    MissingAnswer,
    QuestionKind,
    Value,
    load_questions,
    questions,
)
from supple.safety.rules import atom, atoms
from supple.safety.screening import GuardianNeeded, Screening, by_when, evaluate, meaning, screen
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict
from supple.shapes import build, plain
from tests.safety.people import VIGNETTES, person, today_of, well
from tests.safety.test_each_rule import true_value

RULES: list[dict[str, Any]] = table("screening")["rules"]
REFERRALS: list[dict[str, Any]] = table("screening")["referrals"]
MILDER_WHEN_YES = {"improving", "clinician_cleared"}
NOT_FOR_THE_VERDICT = {
    "can_kneel": "limits.judge refuses what is done on the knees",
    "can_use_floor": "the tag cannot_use_floor",
    "flexion_effect": "the direction",
    "knee_pain_or_replacement": "the tag of that name",
    "wrist_pain": "the tag of that name",
    "setting": "limits",
    "minutes_available": "the planner",
    "occiput_to_wall_cm": "the referral RR5",
}
BACKGROUNDS: list[dict[str, Value]] = [
    {},
    {"clinician_cleared": "yes"},
    {"age": 75},
    {"age": 52, "duration_weeks": 20, "improving": "no"},
    {"cancer_history": "yes", "leg_pain": "below_knee"},
    {"cancer_history": "unsure", "clinician_cleared": "yes"},
    {"pregnant": "yes", "bp_sys": 150, "bp_dia": 95},
    {"bp_sys": 185, "bp_dia": 125},
    {"sudden_severe_onset": "yes", "constant_progressive_pain": "yes"},
    {"fever_or_chills": "unsure", "immune_suppressed": "yes"},
    {"surgery_weeks": 6, "clinician_cleared": "yes"},
    {"saddle_numbness": "unsure"},
    {"nprs_rest": 8},
]
YES_NO_UNSURE = [key for key, asked in questions().items() if asked.kind is QuestionKind.YES_NO_UNSURE]


def values(key: str) -> st.SearchStrategy[Value]:
    """Answers to a question, with the edges that the rules know more often than others."""
    asked = questions()[key]
    if asked.range is None:
        return st.sampled_from([*asked.choices])
    low, high = asked.range
    edges = {edge for number in _edges(key) for edge in (number - 1, number) if low <= edge <= high}
    return st.sampled_from([low, *sorted(edges), high]) | st.integers(low, high)


def _edges(key: str) -> list[int]:
    rules = [*RULES, *REFERRALS, *table("tags")["tags"]]
    found = (a for rule in rules for a in atoms(rule["when"]) if a.key == key and a.sign in (">=", "<"))
    return [int(a.value) for a in found]


SCREENED = [q.key for s in load_questions()[:-1] for q in s.questions if q.kind is not QuestionKind.CHOICE_MANY]
anybody = st.fixed_dictionaries({}, optional={key: values(key) for key in SCREENED})
mostly_well = st.dictionaries(st.sampled_from(SCREENED), st.none(), max_size=6).flatmap(
    lambda keys: st.fixed_dictionaries({key: values(key) for key in keys})
)


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_a_vignette_gets_what_a_careful_physiotherapist_expects(vignette: str) -> None:
    expected = VIGNETTES[vignette]["expected"]

    found = screen(person(vignette))

    assert found.verdict == expected["verdict"]
    assert found.plan == expected["plan"]
    assert expected.get("direction", found.direction) == found.direction
    assert set(expected.get("population_tags", found.tags)) == set(found.tags)
    assert set(expected.get("referrals", ())) <= set(found.referrals)
    assert set(expected.get("reasons_include", ())) <= {reason.reason for reason in found.reasons}
    assert expected.get("booking_offered", found.offers_booking) == found.offers_booking
    assert expected.get("video_offered", found.offers_video) == found.offers_video
    assert expected.get("must_show", "") in found.say


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_the_bare_answers_of_a_vignette_give_the_same_verdict(vignette: str) -> None:
    assert evaluate(VIGNETTES[vignette]["answers"]).verdict == VIGNETTES[vignette]["expected"]["verdict"]


@pytest.mark.parametrize(
    ("vignette", "says"),
    [
        (
            "V01",
            [
                "Move regularly during the day",
                "1 to 3 out of 10 is fine; stop for sharp pain or tingling",
                "4 to 8 weeks",
            ],
        ),
        ("V02", ["emergency department now", "Go now, do not wait", "Do not stretch"]),
        ("V03", ["smallest comfortable arc and widen it later", "first two hours after getting up"]),
        (
            "V04",
            [
                "Stop if the pain moves further down the leg",
                "Numbness between the legs",
                "peeing or pooing",
                "weakness",
            ],
        ),
        (
            "V05",
            [
                "have the height loss checked for a spinal fracture before stretching",
                "Stay active",
                "bending and twisting",
            ],
        ),
        (
            "V06",
            [
                "call your maternity unit for bleeding",
                "fluid, contractions, the baby moving less, or dizziness that does not pass",
                "Call the emergency number for chest pain or breathlessness",
                "on your side, not flat on your back",
            ],
        ),
        ("V08", ["weakness is an emergency", "Numbness between the legs", "may come from the blood flow"]),
        ("V09", ["today", "within hours and not tomorrow", "unwell or confused, or if your legs go weak or numb"]),
        ("V10", ["control rather than more range"]),
    ],
)
def test_what_must_be_said_is_said(vignette: str, says: list[str]) -> None:
    found = screen(person(vignette)).say

    assert [part for part in says if part not in found] == []


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_nothing_is_promised_and_nobody_is_pushed(vignette: str) -> None:
    said = screen(person(vignette)).say.lower()

    for word in (
        "posture",
        "cure",
        "for good",
        "go deeper",
        "through the pain",
        "!",
        "_",
        "free stretch",
        "wait and see",
    ):
        assert word not in said


@pytest.mark.parametrize("verdict", Verdict)
def test_nobody_is_sold_anything_before_a_clinician_has_looked(verdict: Verdict) -> None:
    row = table("screening")["verdicts"][verdict]
    severe = verdict.severity >= Verdict.SEE_CLINICIAN.severity

    assert (row["plan"] == "none") == severe
    assert row["offers_video"] is not severe
    assert (row["offers_booking"] is True) is not severe


def made_true(rule: dict[str, Any]) -> dict[str, Value]:
    """The fewest answers that make a rule fire, in the first of its ways: all it needs, one of any, n to count."""
    when = rule["when"][0] if isinstance(rule["when"], list) else rule["when"]
    count = when.get("count", {"n": 0, "of": ()})
    texts = [*when.get("all", ()), *when.get("any", ())[:1], *count["of"][: count["n"]]]
    known = {found.key: true_value(found) for found in map(atom, texts)}
    return {key: value for key, value in known.items() if value is not None}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_every_rule_can_fire_and_decides_at_least_its_own_verdict(rule: dict[str, Any]) -> None:
    found = evaluate(made_true(rule))

    assert rule["id"] in {reason.rule for reason in found.reasons}
    assert found.verdict.severity >= Verdict(rule["verdict"]).severity


@pytest.mark.parametrize("rule", REFERRALS, ids=lambda rule: rule["id"])
def test_every_referral_can_be_made(rule: dict[str, Any]) -> None:
    assert rule["refer"] in evaluate(made_true(rule)).referrals


def test_the_ids_of_the_rules_count_up_without_a_gap() -> None:
    assert [rule["id"] for rule in RULES] == [f"RF{number:02}" for number in range(1, len(RULES) + 1)]


@given(anybody)
def test_the_most_severe_rule_decides_and_every_rule_that_fired_is_named(answers: dict[str, Value]) -> None:
    found = evaluate(answers)
    severity = {rule["id"]: Verdict(rule["verdict"]).severity for rule in RULES}
    fired = [reason.rule for reason in found.reasons]

    assert found.verdict.severity == max((severity[rule] for rule in fired), default=0)
    assert fired == sorted(fired, key=lambda rule: (-severity[rule], rule))


def is_ordered(key: str, background: dict[str, Value]) -> bool:
    """Whether the verdict never gets milder when an answer goes from no over unsure to yes; the other way for a few."""
    order = ("yes", "unsure", "no") if key in MILDER_WHEN_YES else ("no", "unsure", "yes")
    # without an operation, or RF78 would hide all that is milder than it
    people = ({"clinician_cleared": "no", "surgery_weeks": "none", **background, key: word} for word in order)
    severities = [evaluate(answers).verdict.severity for answers in people]
    return severities == sorted(severities)


@given(background=mostly_well, keys=st.lists(st.sampled_from(YES_NO_UNSURE), min_size=5, max_size=5))
def test_from_no_over_unsure_to_yes_a_verdict_never_gets_milder(background: dict[str, Value], keys: list[str]) -> None:
    assert [key for key in keys if not is_ordered(key, background)] == []


@pytest.mark.parametrize("background", BACKGROUNDS, ids=str)
def test_nor_does_it_for_any_question_beside_what_makes_others_count(background: dict[str, Value]) -> None:
    assert [key for key in YES_NO_UNSURE if not is_ordered(key, background)] == []


@pytest.mark.parametrize("key", YES_NO_UNSURE)
def test_unsure_never_has_fewer_tags_than_yes(key: str) -> None:
    having = "no" if key == "can_use_floor" else "yes"

    assert set(evaluate({key: having}).tags) <= set(evaluate({key: "unsure"}).tags)


@pytest.mark.parametrize("tag", Tag)
def test_every_tag_can_be_reached(tag: Tag) -> None:
    row = next(row for row in table("tags")["tags"] if row["tag"] == tag)
    condition = row["when"][0] if isinstance(row["when"], list) else row["when"]
    answers = (
        made_true({"when": condition})
        if atoms(condition)[0].key != "rule"
        else made_true(next(rule for rule in RULES if rule["id"] == "RF43"))
    )

    assert tag in evaluate(answers).tags


@pytest.mark.parametrize(
    ("answers", "tagged"),
    [
        ({"pregnant": "yes"}, True),
        ({"pregnant": "unsure"}, True),
        ({"pregnant": "yes", "pregnant_weeks": 13}, False),
        ({"pregnant": "yes", "pregnant_weeks": 14}, True),
        ({"pregnant": "yes", "pregnant_weeks": "unsure"}, True),
        ({"pregnant": "no"}, False),
    ],
)
def test_pregnancy_counts_from_week_14_or_when_the_week_is_not_known(answers: dict[str, Value], tagged: bool) -> None:
    assert (Tag.PREGNANCY_T2_T3 in evaluate(answers).tags) is tagged


@pytest.mark.parametrize("leg", ["below_knee", "unsure"])
@pytest.mark.parametrize("stenosis", ["yes", "no", "unsure"])
@pytest.mark.parametrize("forwards", ["worse", "same", "better", "unsure"])
def test_leg_pain_is_the_disc_unless_a_narrow_canal_is_eased_by_bending(leg: str, stenosis: str, forwards: str) -> None:
    found = evaluate({"leg_pain": leg, "spinal_stenosis": stenosis, "flexion_effect": forwards})

    spared = stenosis == "yes" and forwards == "better"
    assert (Tag.DISC_RELATED_LEG_PAIN in found.tags) is not spared


def test_every_key_of_a_rule_is_a_question() -> None:
    tables = [*RULES, *REFERRALS, *table("tags")["tags"]]

    used = {found.key for rule in tables for found in atoms(rule["when"])} - {"rule"}

    assert used <= set(questions())


def test_every_question_of_the_safety_screens_is_used_by_a_rule_or_has_its_reason() -> None:
    used = {found.key for rule in RULES for found in atoms(rule["when"])}
    asked = {question.key for page in load_questions()[:-1] for question in page.questions}

    assert asked - used == set(NOT_FOR_THE_VERDICT)


@pytest.mark.parametrize("rule", [*RULES, *REFERRALS], ids=lambda rule: rule["id"])
def test_a_rule_names_its_source_and_judgement_awaits_its_sign_off(rule: dict[str, Any]) -> None:
    judgement = "professional" in rule["source"] or "pain-monitoring" in rule["source"]

    assert rule["source"]
    assert rule.get("awaits_sign_off", False) is judgement


@pytest.mark.parametrize("code", sorted({r["reason"] for r in RULES} | {r["refer"] for r in REFERRALS}))
def test_every_reason_and_referral_has_its_sentence(code: str) -> None:
    assert meaning(code).endswith(".")
    assert "_" not in meaning(code)


EMERGENCIES = [rule for rule in RULES if rule["verdict"] == "emergency"]


@pytest.mark.parametrize("rule", EMERGENCIES, ids=lambda rule: rule["id"])
def test_an_emergency_is_shown_at_once_whatever_is_missing(rule: dict[str, Any]) -> None:
    assert screen(made_true(rule)).verdict is Verdict.EMERGENCY


@pytest.mark.parametrize(
    "rest",
    [{"age": 140}, {"no_such_question": 1}, {"pregnant": "no", "pregnant_weeks": 20}, {"bp_sys": 90, "bp_dia": 95}],
    ids=["unreadable", "unknown", "contradictory", "impossible"],
)
def test_an_emergency_is_shown_even_if_the_rest_is_broken(rest: dict[str, object]) -> None:
    assert screen({"saddle_numbness": True, **rest}).verdict is Verdict.EMERGENCY


def test_same_day_is_shown_once_its_screen_is_whole() -> None:
    first_two = {q.key: "no" for page in load_questions()[:2] for q in page.questions} | {"arm_weakness_new": "yes"}

    found = screen(first_two)

    assert found.verdict is Verdict.SAME_DAY
    assert found.direction is None


def test_same_day_waits_until_its_screen_is_whole() -> None:
    first_two = {q.key: "no" for page in load_questions()[:2] for q in page.questions} | {"leg_weakness_new": "unsure"}
    del first_two["electric_shock_neck"]

    with pytest.raises(MissingAnswer, match="electric_shock_neck"):
        screen(first_two)


def test_same_day_names_what_later_answers_found_too() -> None:
    found = screen(
        VIGNETTES["V09"]["answers"]
        | {q.key: "no" for page in load_questions()[:2] for q in page.questions}
        | {"very_unwell": "no", "swollen_hot_calf": "no", "pregnant": "no", "gca_signs": "no"}
    )

    assert {"infection", "infection_risk"} <= {reason.reason for reason in found.reasons}


def test_a_contradiction_is_no_verdict() -> None:
    with pytest.raises(Contradiction):
        screen({**well(), "pregnant": "no", "pregnant_weeks": 20})


def test_an_unreadable_answer_is_no_verdict() -> None:
    with pytest.raises(BadAnswer):
        screen({**well(), "age": 140})


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_nobody_under_18_gets_a_plan_without_a_guardian_who_agrees(answer: str) -> None:
    with pytest.raises(GuardianNeeded, match="a parent or guardian has to be with you"):
        screen(well(age=17, guardian_agrees=answer))


def test_a_guardian_who_is_not_asked_is_missing() -> None:
    with pytest.raises(MissingAnswer, match="guardian_agrees"):
        screen(well(age=17, guardian_agrees=None))


def test_with_a_guardian_there_is_a_gentle_plan() -> None:
    assert screen(well(age=17)).plan is PlanKind.RESTRICTED


@pytest.mark.parametrize("age", [0, 5, 15])
def test_a_child_sees_a_clinician_whether_or_not_a_guardian_agrees(age: int) -> None:
    assert screen(well(age=age, guardian_agrees="no")).verdict is Verdict.SEE_CLINICIAN


def test_somebody_well_is_fine() -> None:
    found = screen(well())

    assert (found.verdict, found.plan, found.tags, found.reasons) == (Verdict.FINE, PlanKind.FULL, (), ())


def test_a_screening_travels_as_json() -> None:
    found = screen(person("V08"))

    travelled = json.loads(json.dumps(plain(found)))

    assert build(Screening, travelled, place="screening") == found
    assert list(travelled) == [
        "verdict",
        "plan",
        "direction",
        "tags",
        "reasons",
        "referrals",
        "say",
        "offers_booking",
        "offers_video",
    ]
    assert set(travelled["reasons"][0]) == {"rule", "reason", "source"}


def test_two_unsure_answers_about_bladder_bowel_and_feeling_are_an_emergency() -> None:
    keys = ("saddle_numbness", "bladder_change", "bowel_change", "sexual_sensation_change")

    for one, other in itertools.combinations(keys, 2):
        assert evaluate({one: "unsure"}).verdict is Verdict.SAME_DAY
        assert evaluate({one: "unsure", other: "unsure"}).verdict is Verdict.EMERGENCY


def test_the_direction_and_the_settings_are_the_shared_words() -> None:
    assert set(questions()["setting"].choices) <= set(Setting)
    assert screen(person("V03")).direction is Direction.FLEXION_SENSITIVE_EXTENSION_PREFERENCE


@pytest.mark.parametrize("cleared", ["no", "unsure"])
def test_an_operation_of_unknown_date_that_nobody_has_cleared_sees_a_clinician_first(cleared: str) -> None:
    uncleared = screen(well(surgery_weeks="unsure", clinician_cleared=cleared))
    cleared_one = screen(well(surgery_weeks="unsure", clinician_cleared="yes"))

    assert (uncleared.verdict, uncleared.reasons[0].rule) == (Verdict.SEE_CLINICIAN, "RF78")
    assert cleared_one.plan is not PlanKind.NONE
    assert screen(well(surgery_weeks="none")).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"aaa_known": "yes"}, "Sudden or severe pain in your back or belly, or collapsing"),
        ({"aaa_known": "unsure"}, "Sudden or severe pain in your back or belly, or collapsing"),
        ({"age": 74, "gca_signs": "unsure"}, "Losing sight, even for a moment, is an emergency"),
        ({"age": 74, "gca_signs": "unsure"}, "today or tomorrow"),
        ({"bp_sys": 185, "bp_dia": 100, "bp_symptoms": "no"}, "blurred sight, confusion"),
        ({"unsteady_or_clumsy": "unsure"}, "the same day if it becomes certain"),
        ({"electric_shock_neck": "unsure"}, "within the next few days"),
        ({"arm_weakness_new": "unsure"}, "the same day if it becomes certain"),
        ({"surgery_weeks": "unsure", "clinician_cleared": "yes"}, "After your operation: fever"),
        ({"surgery_weeks": "unsure", "clinician_cleared": "no"}, "After your operation: fever"),
        ({"surgery_weeks": 4, "clinician_cleared": "no"}, "After your operation: fever"),
        (
            {"surgery_weeks": 6, "recent_spine_surgery": "yes", "clinician_cleared": "yes"},
            "call your surgical team before you go on",
        ),
        ({"surgery_weeks": 20}, "ask your surgical team first what you may do"),
        ({"pregnant": "yes", "pregnancy_warning_signs": "no"}, "belly pain that is strong or on one side, faintness"),
        ({"pregnant": "unsure", "pregnancy_warning_signs": "no"}, "early pregnancy unit or maternity unit at once"),
        (
            {"pregnant": "unsure", "pregnancy_warning_signs": "no", "bp_symptoms": "yes"},
            "A fit, strong pain just below the ribs, or a headache that grows",
        ),
        ({"pregnant": "unsure", "pregnancy_warning_signs": "no"}, "take a pregnancy test"),
        (
            {"pregnant": "yes", "pregnant_weeks": 34, "pregnancy_warning_signs": "no"},
            "a bad headache, blurred sight, fainting, or a swollen, hot or sore calf",
        ),
        ({"pregnant": "yes", "pregnant_weeks": 9, "pregnancy_warning_signs": "no"}, "a swollen, hot or sore calf"),
        ({"bp_sys": 175, "bp_dia": 105, "bp_symptoms": "no"}, "is an emergency: stop, and call the emergency number"),
        ({"uncontrolled_hypertension": "unsure"}, "a bad headache, blurred sight, confusion, chest pain"),
        (
            {"sitting_hours": 16, "balance_problem": "yes", "can_use_floor": "no"},
            "shift your weight",
        ),
        ({"sitting_hours": 16, "balance_problem": "yes"}, "stand up and walk a little"),
        ({"glaucoma_or_retina": "yes"}, "Sudden pain in an eye, flashes, a curtain before it or loss of sight"),
    ],
    ids=str,
)
def test_the_net_that_matters_is_said(changes: dict[str, object], said: str) -> None:
    assert said in screen(well(**changes)).say
    assert said not in screen(well()).say


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("RF79", {"aaa_known": "unsure", "nprs_rest": 7}),
        ("RF79", {"aaa_known": "unsure", "constant_progressive_pain": "yes"}),
        ("RF80", {"pregnant": "unsure", "bp_sys": 165, "bp_dia": 95}),
    ],
)
def test_what_is_an_emergency_for_the_sure_is_seen_the_same_day_for_the_unsure(
    rule: str, answers: dict[str, Any]
) -> None:
    found = screen(well(**answers))

    assert found.verdict in (Verdict.SAME_DAY, Verdict.EMERGENCY)
    assert rule in {reason.rule for reason in found.reasons}


def test_who_told_that_it_gets_worse_is_not_told_to_wait_until_it_does() -> None:
    said = screen(well(constant_progressive_pain="yes", improving="no", nprs_rest=3)).say

    assert "You told us that it gets worse week by week: let a doctor look at it" in said
    assert "See a doctor if it gets worse" not in said
    assert "See a doctor if it gets worse" in screen(well(night_pain_unrelieved="yes")).say


def test_who_is_pregnant_is_not_told_to_wait_two_weeks_and_who_has_a_weak_defence_hears_of_fever() -> None:
    assert "in two weeks" in screen(well(**NEW)).say
    assert "in two weeks" not in screen(well(**NEW | EXPECTING)).say
    assert "in waves" in screen(well(**NEW | EXPECTING)).say
    assert "maternity unit today" in screen(well(**NEW | EXPECTING)).say
    assert "in waves" in screen(well(**EXPECTING, nprs_rest=8)).say
    assert "With a fever or feeling ill" in screen(well(immune_suppressed="unsure")).say
    assert "With a fever or feeling ill" not in screen(well()).say


@pytest.mark.parametrize(
    "told", [{"pregnant": "unsure"}, {"pregnant": "yes"}, {"pregnant_weeks": 9}, {"pregnant_weeks": 30}], ids=str
)
def test_a_sign_in_pregnancy_has_one_answer(told: dict[str, object]) -> None:
    said = screen(well(**{"pregnant": "yes", "pregnancy_warning_signs": "no", **told})).say

    assert said.count("blurred sight") == said.count("sore calf") == said.count("bleeding") == 1


def test_who_has_new_strong_pain_hears_of_heart_and_vessels_and_who_may_be_very_ill_of_that() -> None:
    assert "cold and sweaty, or pain that suddenly grows" in screen(well(**NEW)).say
    assert (
        "cold and sweaty, or pain that suddenly grows" in screen(well(sudden_severe_onset="yes", duration_weeks=2)).say
    )
    assert "cold and sweaty" not in screen(well()).say
    assert "breathing fast, cold and clammy" in screen(well(very_unwell="unsure")).say


def test_a_weak_leg_and_both_legs_are_not_told_that_they_were_unsure_of_numbness() -> None:
    found = evaluate({"both_legs_symptoms": "yes", "leg_weakness_new": "yes", "saddle_numbness": "no"})

    assert "not sure" not in " ".join(meaning(reason.reason) for reason in found.reasons)


TODAY: dict[str, Any] = {"sudden_severe_onset": "yes", "duration_weeks": 0, "improving": "no"}
WEEKS_AGO: dict[str, Any] = TODAY | {"duration_weeks": 3}
PERHAPS: dict[str, Any] = {"pregnant": "unsure", "pregnancy_warning_signs": "no"}
CANCER: dict[str, Any] = {"age": 58, "cancer_history": "unsure", "clinician_cleared": "yes"}
NO_BETTER: dict[str, Any] = {"duration_weeks": 3, "improving": "no"}
NEW: dict[str, Any] = {"duration_weeks": 1, "improving": "no", "nprs_rest": 6}
PROCEDURE: dict[str, Any] = NEW | {"recent_infection_or_spinal_procedure": "yes", "immune_suppressed": "yes"}
AFTER_A_FALL: dict[str, Any] = {"minor_trauma_or_strain_onset": "yes", "pain_region": ("neck",)}
ARM: dict[str, Any] = {"arm_pain_or_tingling": "yes", "nprs_rest": 4}
EXPECTING: dict[str, Any] = {"age": 32, "pregnant": "yes", "pregnant_weeks": 32, "pregnancy_warning_signs": "no"}
OLD: dict[str, Any] = {"duration_weeks": 104, "improving": "yes"}
READ_BY_A_PHYSIOTHERAPIST: list[tuple[str, dict[str, Any], Verdict, str]] = [
    ("66, sudden today, pain 4", TODAY | {"age": 66, "nprs_rest": 4}, Verdict.SAME_DAY, "RF83"),
    ("61, the same, not sure whether it eases", TODAY | {"age": 61, "improving": "unsure"}, Verdict.SAME_DAY, "RF83"),
    ("66, sudden today, pain 7", TODAY | {"age": 66, "nprs_rest": 7}, Verdict.EMERGENCY, "RF84"),
    (
        "69, the same and constant",
        TODAY | {"age": 69, "nprs_rest": 4, "constant_progressive_pain": "yes"},
        Verdict.EMERGENCY,
        "RF84",
    ),
    (
        "45, sudden today, high blood pressure",
        TODAY | {"age": 45, "nprs_rest": 4, "uncontrolled_hypertension": "yes"},
        Verdict.SAME_DAY,
        "RF83",
    ),
    ("66, sudden today and easing", TODAY | {"age": 66, "improving": "yes"}, Verdict.GO_GENTLY, ""),
    ("66, the same, pain 7", TODAY | {"age": 66, "improving": "yes", "nprs_rest": 7}, Verdict.SAME_DAY, "RF83"),
    ("66, perhaps sudden, today", TODAY | {"age": 66, "sudden_severe_onset": "unsure"}, Verdict.SAME_DAY, "RF83"),
    ("66, sudden three weeks ago", WEEKS_AGO | {"age": 66, "nprs_rest": 4}, Verdict.SEE_CLINICIAN, "RF90"),
    ("66, the same, pain 7", WEEKS_AGO | {"age": 66, "nprs_rest": 7}, Verdict.SAME_DAY, "RF83"),
    (
        "66, the same, pain 4, constant and worse",
        WEEKS_AGO | {"age": 66, "nprs_rest": 4, "constant_progressive_pain": "yes"},
        Verdict.SAME_DAY,
        "RF83",
    ),
    ("66, sudden six weeks ago", WEEKS_AGO | {"age": 66, "duration_weeks": 6}, Verdict.GO_GENTLY, ""),
    ("59, sudden today, pain 7", TODAY | {"age": 59, "nprs_rest": 7}, Verdict.SEE_CLINICIAN, "RF90"),
    (
        "30, sudden today, pain 7, perhaps high blood pressure",
        TODAY | {"age": 30, "nprs_rest": 7, "uncontrolled_hypertension": "unsure"},
        Verdict.SAME_DAY,
        "RF83",
    ),
    ("62, a strain two days ago", {"age": 62, "duration_weeks": 0, "nprs_rest": 4}, Verdict.FINE, ""),
    ("45, sudden today", TODAY | {"age": 45, "nprs_rest": 4}, Verdict.FINE, ""),
    ("perhaps pregnant, headache", PERHAPS | {"bp_symptoms": "yes"}, Verdict.SAME_DAY, "RF85"),
    ("perhaps pregnant, perhaps headache", PERHAPS | {"bp_symptoms": "unsure"}, Verdict.SAME_DAY, "RF85"),
    ("perhaps pregnant, no headache", PERHAPS | {"bp_symptoms": "no"}, Verdict.GO_GENTLY, ""),
    ("perhaps cancer, worse on straining", CANCER | {"pain_worse_straining": "yes"}, Verdict.SAME_DAY, "RF86"),
    ("perhaps cancer, below the knee", CANCER | {"leg_pain": "below_knee"}, Verdict.SAME_DAY, "RF86"),
    ("perhaps cancer, sudden", CANCER | {"sudden_severe_onset": "yes"}, Verdict.SAME_DAY, "RF86"),
    ("perhaps cancer, pain 7", CANCER | {"nprs_rest": 7}, Verdict.SAME_DAY, "RF86"),
    ("perhaps cancer, cleared, none of it", CANCER, Verdict.GO_GENTLY, ""),
    (
        "68, night pain 7, no better",
        NO_BETTER | {"age": 68, "nprs_rest": 7, "night_pain_unrelieved": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    (
        "72, constant pain 7, no better",
        NO_BETTER | {"age": 72, "nprs_rest": 7, "constant_progressive_pain": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    (
        "49, constant pain 7, no better",
        NO_BETTER | {"age": 49, "nprs_rest": 7, "constant_progressive_pain": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    (
        "49, constant, perhaps thinner",
        NO_BETTER | {"age": 49, "constant_progressive_pain": "yes", "weight_loss_unexplained": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    (
        "49, night pain 7, no better",
        NO_BETTER | {"age": 49, "nprs_rest": 7, "night_pain_unrelieved": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    (
        "68, night pain 4, no better",
        NO_BETTER | {"age": 68, "nprs_rest": 4, "night_pain_unrelieved": "yes"},
        Verdict.GO_GENTLY,
        "",
    ),
    (
        "75, perhaps an aneurysm, night pain",
        NO_BETTER | {"age": 75, "nprs_rest": 6, "aaa_known": "unsure", "night_pain_unrelieved": "yes"},
        Verdict.SAME_DAY,
        "RF88",
    ),
    ("an aneurysm, night pain", {"aaa_known": "yes", "night_pain_unrelieved": "yes"}, Verdict.SAME_DAY, "RF88"),
    (
        "a loose neck, an arm tingles",
        {"atlantoaxial_risk": "yes", "arm_pain_or_tingling": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF89",
    ),
    ("a loose neck, no arm", {"atlantoaxial_risk": "yes"}, Verdict.GO_GENTLY, ""),
    (
        "52, inflamed spine, sudden a year ago",
        OLD | {"age": 52, "inflammatory_back_pain": "yes", "sudden_severe_onset": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF97",
    ),
    (
        "78, a lift long ago, pain 7 at night",
        OLD | {"age": 78, "minor_trauma_or_strain_onset": "yes", "nprs_rest": 7, "night_pain_unrelieved": "yes"},
        Verdict.SAME_DAY,
        "RF21",
    ),
    (
        "72, sudden long ago, pain 5",
        OLD | {"age": 72, "sudden_severe_onset": "yes", "nprs_rest": 5},
        Verdict.SAME_DAY,
        "RF22",
    ),
    (
        "83, thin bones, a lift long ago, fallen since",
        OLD | {"age": 83, "osteoporosis": "yes", "minor_trauma_or_strain_onset": "yes", "balance_problem": "yes"},
        Verdict.SAME_DAY,
        "RF21",
    ),
    (
        "83, a lift long ago, poor balance, bones said to be well",
        OLD | {"age": 83, "minor_trauma_or_strain_onset": "yes", "balance_problem": "yes"},
        Verdict.GO_GENTLY,
        "RF82",
    ),
    (
        "57, had cancer, down an arm",
        CANCER | {"cancer_history": "yes", "arm_pain_or_tingling": "yes"},
        Verdict.SAME_DAY,
        "RF91",
    ),
    ("57, perhaps cancer, down an arm", CANCER | {"arm_pain_or_tingling": "yes"}, Verdict.SAME_DAY, "RF91"),
    ("perhaps cancer, above the knee", CANCER | NO_BETTER | {"leg_pain": "above_knee"}, Verdict.SEE_CLINICIAN, "RF92"),
    ("perhaps cancer, above the knee, improving", CANCER | {"leg_pain": "above_knee"}, Verdict.GO_GENTLY, ""),
    (
        "had cancer, a lift last week",
        CANCER | NO_BETTER | {"cancer_history": "yes", "minor_trauma_or_strain_onset": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF92",
    ),
    ("69, thin bones, pain 6, a week", NEW | {"age": 69, "osteoporosis": "yes"}, Verdict.SEE_CLINICIAN, "RF93"),
    ("78, steroids, pain 6, a week", NEW | {"age": 78, "steroid_long_term": "yes"}, Verdict.SEE_CLINICIAN, "RF93"),
    ("84, bones said to be well, pain 6", NEW | {"age": 84}, Verdict.SEE_CLINICIAN, "RF93"),
    ("66, thin bones, pain 4", NEW | {"age": 66, "osteoporosis": "yes", "nprs_rest": 4}, Verdict.GO_GENTLY, ""),
    ("35, perhaps thin bones, pain 6", NEW | {"age": 35, "osteoporosis": "unsure"}, Verdict.GO_GENTLY, ""),
    (
        "a needle, weak defence, perhaps constant",
        PROCEDURE | {"constant_progressive_pain": "unsure"},
        Verdict.SAME_DAY,
        "RF94",
    ),
    ("a needle, weak defence, surely not constant", PROCEDURE, Verdict.SEE_CLINICIAN, "RF95"),
    ("a needle, pain 3", PROCEDURE | {"nprs_rest": 3}, Verdict.GO_GENTLY, ""),
    (
        "perhaps a fever, constant pain",
        {"fever_or_chills": "unsure", "constant_progressive_pain": "yes", "improving": "no"},
        Verdict.SAME_DAY,
        "RF94",
    ),
    (
        "operated on the spine, cleared, new strong pain",
        NEW | {"surgery_weeks": 5, "recent_spine_surgery": "yes", "clinician_cleared": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF95",
    ),
    ("week 32, sudden pain 7 today", TODAY | EXPECTING | {"nprs_rest": 7}, Verdict.SAME_DAY, "RF96"),
    ("week 32, sudden pain 3 today", TODAY | EXPECTING | {"nprs_rest": 3}, Verdict.SAME_DAY, "RF96"),
    (
        "week 32, perhaps sudden pain 3 today",
        TODAY | EXPECTING | {"nprs_rest": 3, "sudden_severe_onset": "unsure"},
        Verdict.GO_GENTLY,
        "",
    ),
    (
        "19, night pain 6, no better",
        NO_BETTER | {"age": 19, "nprs_rest": 6, "night_pain_unrelieved": "yes"},
        Verdict.SEE_CLINICIAN,
        "RF87",
    ),
    ("47, the same", NO_BETTER | {"age": 47, "nprs_rest": 6, "night_pain_unrelieved": "yes"}, Verdict.GO_GENTLY, ""),
    (
        "42, sore neck, sudden and dizzy",
        WEEKS_AGO | {"pain_region": ("neck",), "vertigo_or_dizziness": "yes", "nprs_rest": 6},
        Verdict.SEE_CLINICIAN,
        "RF90",
    ),
    (
        "52, inflamed spine, sudden a year ago, pain 5",
        OLD | {"age": 52, "inflammatory_back_pain": "yes", "sudden_severe_onset": "yes", "nprs_rest": 5},
        Verdict.SAME_DAY,
        "RF22",
    ),
    (
        "perhaps cancer, two perhaps",
        CANCER | {"pain_worse_straining": "unsure", "leg_pain": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF98",
    ),
    (
        "past cancer, one perhaps, no better",
        CANCER | NO_BETTER | {"cancer_history": "yes", "sudden_severe_onset": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF98",
    ),
    ("perhaps cancer, one perhaps, easing", CANCER | {"leg_pain": "unsure"}, Verdict.GO_GENTLY, ""),
    (
        "72, perhaps an aneurysm, perhaps night pain",
        NO_BETTER | {"age": 72, "nprs_rest": 6, "aaa_known": "unsure", "night_pain_unrelieved": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF99",
    ),
    ("72, no aneurysm, perhaps night pain", {"age": 72, "night_pain_unrelieved": "unsure"}, Verdict.GO_GENTLY, ""),
    ("74, known aneurysm, pain 6, a week", NEW | {"age": 74, "aaa_known": "yes"}, Verdict.SAME_DAY, "RF100"),
    ("72, known aneurysm, old and easing", {"age": 72, "aaa_known": "yes"}, Verdict.SEE_CLINICIAN, ""),
    ("69, perhaps an aneurysm, pain 6", NEW | {"age": 69, "aaa_known": "unsure"}, Verdict.SEE_CLINICIAN, "RF101"),
    ("weak defence, perhaps very ill", {"immune_suppressed": "yes", "very_unwell": "unsure"}, Verdict.SAME_DAY, "RF81"),
    ("perhaps very ill alone", {"very_unwell": "unsure"}, Verdict.SEE_CLINICIAN, "RF59"),
    (
        "a new hip 5 weeks ago, perhaps a fever",
        {"surgery_weeks": 5, "fever_or_chills": "unsure"},
        Verdict.SAME_DAY,
        "RF81",
    ),
    ("week 28, perhaps a fever", EXPECTING | {"fever_or_chills": "unsure"}, Verdict.SAME_DAY, "RF102"),
    ("67, a fall, sore neck", NEW | AFTER_A_FALL | {"age": 67}, Verdict.SAME_DAY, "RF103"),
    ("55, loose neck, a fall", NEW | AFTER_A_FALL | {"age": 55, "atlantoaxial_risk": "yes"}, Verdict.SAME_DAY, "RF103"),
    (
        "67, perhaps a fall, sore neck",
        NEW | AFTER_A_FALL | {"age": 67, "minor_trauma_or_strain_onset": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF104",
    ),
    ("40, a fall, sore neck", NEW | AFTER_A_FALL | {"age": 40}, Verdict.GO_GENTLY, ""),
    (
        "68, a fall, upper back, pain 7",
        NEW | AFTER_A_FALL | {"age": 68, "pain_region": ("upper_back",), "nprs_rest": 7},
        Verdict.SEE_CLINICIAN,
        "RF93",
    ),
    ("59, cancer, cleared, new pain 6", CANCER | NEW, Verdict.SEE_CLINICIAN, "RF92"),
    (
        "63, cancer, an arm for four years, easing",
        CANCER | {"cancer_history": "yes", "arm_pain_or_tingling": "yes", "duration_weeks": 208},
        Verdict.SEE_CLINICIAN,
        "RF92",
    ),
    (
        "48, a band, sudden today",
        TODAY | {"age": 48, "thoracic_band_pain": "yes", "nprs_rest": 7},
        Verdict.EMERGENCY,
        "RF106",
    ),
    (
        "48, perhaps a band, sudden today",
        TODAY | {"age": 48, "thoracic_band_pain": "unsure"},
        Verdict.SAME_DAY,
        "RF107",
    ),
    ("58, a band of days, pain 6", NEW | {"age": 58, "thoracic_band_pain": "yes"}, Verdict.SAME_DAY, "RF107"),
    ("58, a band of months", {"age": 58, "thoracic_band_pain": "yes"}, Verdict.SEE_CLINICIAN, "RF30"),
    ("31, week 32, very ill", EXPECTING | {"very_unwell": "yes"}, Verdict.EMERGENCY, "RF105"),
    (
        "70, known aneurysm, perhaps very ill",
        {"age": 70, "aaa_known": "yes", "very_unwell": "unsure", "duration_weeks": 1},
        Verdict.SAME_DAY,
        "RF100",
    ),
    (
        "24, perhaps meningitis, fever",
        {"age": 24, "meningitis_signs": "unsure", "fever_or_chills": "yes"},
        Verdict.EMERGENCY,
        "RF108",
    ),
    (
        "16, bending back hurts for nine weeks",
        {"age": 16, "extension_effect": "worse", "duration_weeks": 9, "improving": "no"},
        Verdict.SEE_CLINICIAN,
        "RF109",
    ),
    (
        "45, spine operated, a leg that is not easing",
        {
            "surgery_weeks": 5,
            "recent_spine_surgery": "yes",
            "clinician_cleared": "yes",
            "leg_pain": "below_knee",
            "improving": "no",
        },
        Verdict.SEE_CLINICIAN,
        "RF110",
    ),
    (
        "67, a fall today, neck 6, easing",
        AFTER_A_FALL | {"age": 67, "nprs_rest": 6, "duration_weeks": 0},
        Verdict.SAME_DAY,
        "RF103",
    ),
    (
        "66, a sneeze, stiff neck 2",
        NO_BETTER | AFTER_A_FALL | {"age": 66, "nprs_rest": 2},
        Verdict.SEE_CLINICIAN,
        "RF104",
    ),
    (
        "30, a strain last week, neck 4, arm tingling",
        NO_BETTER | AFTER_A_FALL | ARM | {"age": 30, "duration_weeks": 1},
        Verdict.SAME_DAY,
        "RF103",
    ),
    (
        "30, a strain five weeks ago, neck 4, arm tingling",
        NO_BETTER | AFTER_A_FALL | ARM | {"age": 30, "duration_weeks": 5},
        Verdict.SEE_CLINICIAN,
        "RF104",
    ),
    ("30, neck and arm, no strain", NO_BETTER | ARM | {"age": 30, "pain_region": ("neck",)}, Verdict.GO_GENTLY, ""),
    (
        "60, perhaps a loose neck, pain 7 for two weeks",
        NO_BETTER
        | {"age": 60, "pain_region": ("neck",), "nprs_rest": 7, "duration_weeks": 2, "atlantoaxial_risk": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF114",
    ),
    (
        "62, neck, arm, poor balance",
        NO_BETTER | ARM | {"age": 62, "pain_region": ("neck",), "balance_problem": "yes", "duration_weeks": 10},
        Verdict.SEE_CLINICIAN,
        "RF115",
    ),
    ("72, 82 mmHg, pain 6 today", NEW | {"age": 72, "bp_sys": 82, "duration_weeks": 0}, Verdict.EMERGENCY, "RF111"),
    ("40, 88 mmHg, dizzy", {"age": 40, "bp_sys": 88, "vertigo_or_dizziness": "yes"}, Verdict.SAME_DAY, "RF112"),
    ("40, 90 mmHg", {"age": 40, "bp_sys": 90}, Verdict.SEE_CLINICIAN, "RF113"),
    ("40, 91 mmHg", {"age": 40, "bp_sys": 91}, Verdict.FINE, ""),
    (
        "40, a sudden sore neck today, dizzy, easing",
        {
            "age": 40,
            "pain_region": ("neck",),
            "sudden_severe_onset": "yes",
            "duration_weeks": 0,
            "vertigo_or_dizziness": "yes",
            "nprs_rest": 4,
        },
        Verdict.SEE_CLINICIAN,
        "RF90",
    ),
    (
        "35, a strain two weeks ago, neck 4, easing",
        AFTER_A_FALL | {"age": 35, "duration_weeks": 2, "nprs_rest": 4},
        Verdict.GO_GENTLY,
        "RF117",
    ),
    (
        "66, two doubts for ten weeks",
        NO_BETTER
        | {"age": 66, "duration_weeks": 10, "night_pain_unrelieved": "unsure", "weight_loss_unexplained": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF116",
    ),
    (
        "41, an inflamed spine, new pain 6",
        NEW | {"age": 41, "inflammatory_back_pain": "yes", "duration_weeks": 1},
        Verdict.SEE_CLINICIAN,
        "RF93",
    ),
    (
        "50, perhaps pregnant, perhaps a fever",
        PERHAPS | {"age": 50, "fever_or_chills": "unsure"},
        Verdict.SEE_CLINICIAN,
        "RF59",
    ),
]


@pytest.mark.parametrize(
    ("answers", "verdict", "rule"),
    [row[1:] for row in READ_BY_A_PHYSIOTHERAPIST],
    ids=[row[0] for row in READ_BY_A_PHYSIOTHERAPIST],
)
def test_whom_a_sceptical_physiotherapist_would_stop_is_stopped_and_nobody_else(
    answers: dict[str, Any], verdict: Verdict, rule: str
) -> None:
    found = screen(well(**answers))

    assert found.verdict is verdict
    assert not rule or rule in {reason.rule for reason in found.reasons}


@pytest.mark.parametrize("told", [{"pregnant_weeks": 10}, {"pregnant_weeks": 20}, {}], ids=str)
def test_what_is_said_of_a_pregnancy_is_true_of_the_plan(told: dict[str, Value]) -> None:
    given = well(pregnant="yes", **told)
    flat = judge(
        load().stretch("constructive_rest"), limits(screen(given), given, today_of(given, settings=(Setting.BED,)))
    )

    assert "from week 14, or while the week is not known, nothing in it is done flat on the back" in meaning(
        "pregnancy"
    )
    assert isinstance(flat, Allowance) is (told.get("pregnant_weeks") == 10)


OLD_LIFT: dict[str, Value] = {"age": 72, "minor_trauma_or_strain_onset": "yes", "duration_weeks": 500}


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, Verdict.GO_GENTLY),
        ({"improving": "unsure"}, Verdict.SAME_DAY),
        ({"improving": "no"}, Verdict.SAME_DAY),
        ({"duration_weeks": 51}, Verdict.SAME_DAY),
        ({"minor_trauma_or_strain_onset": "unsure"}, Verdict.GO_GENTLY),
        ({"minor_trauma_or_strain_onset": "unsure", "duration_weeks": 51}, Verdict.SEE_CLINICIAN),
        ({"minor_trauma_or_strain_onset": "no", "sudden_severe_onset": "yes"}, Verdict.GO_GENTLY),
        ({"height_loss_or_new_hump": "yes"}, Verdict.SEE_CLINICIAN),
        ({"vertebral_fracture": "yes", "clinician_cleared": "no"}, Verdict.SEE_CLINICIAN),
    ],
    ids=str,
)
def test_a_lift_of_years_ago_that_is_getting_better_bars_nobody_for_ever(
    told: dict[str, Value], verdict: Verdict
) -> None:
    found = screen(well(**{**OLD_LIFT, **told}))

    assert found.verdict is verdict
    if verdict is Verdict.GO_GENTLY:
        assert Tag.VERTEBRAL_FRACTURE in found.tags
        assert "Ask your doctor for a check of your bones." in found.say


@pytest.mark.parametrize(
    ("told", "within"),
    [
        ({"age": 70, "gca_signs": "unsure"}, "today or tomorrow"),
        ({"nprs_rest": 9}, "today or tomorrow"),
        ({"weight_loss_unexplained": "yes"}, "within the next few days"),
        ({"height_loss_or_new_hump": "yes"}, ""),
        ({"nprs_rest": 5}, ""),
        ({"fever_or_chills": "yes", "nprs_rest": 9}, ""),
    ],
    ids=str,
)
def test_who_is_sent_to_a_clinician_hears_by_when_where_days_matter(told: dict[str, Value], within: str) -> None:
    found = screen(well(**told))

    assert by_when(found) == within
    assert within in found.say


def test_every_reason_for_which_days_matter_says_by_when() -> None:
    for row in table("words")["soon"]:
        for reason in row["reasons"]:
            rule = next(rule for rule in RULES if rule["reason"] == reason and rule["verdict"] == "see_clinician")
            found = evaluate(
                {"age": 70, **made_true(rule)} if reason == "giant_cell_arteritis_unsure" else made_true(rule)
            )
            assert by_when(found) in found.say, reason
            assert by_when(found)


@pytest.mark.parametrize("risk", ["iv_drug_use", "immune_suppressed", "recent_infection_or_spinal_procedure"])
def test_perhaps_a_fever_and_perhaps_a_raised_risk_of_infection_are_seen_the_same_day(risk: str) -> None:
    assert evaluate({"fever_or_chills": "unsure", risk: "unsure"}).verdict is Verdict.SAME_DAY
    assert evaluate({"fever_or_chills": "unsure"}).verdict is Verdict.SEE_CLINICIAN
