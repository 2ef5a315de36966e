"""What follows "It hurts" and how the leg is: every path, what stands in the log meanwhile, and where it ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from supple.anatomy import Setting
from supple.catalogue import Kind, load
from supple.planner import Plan
from supple.safety.tables import table
from supple.safety.traffic_light import LegResponse, Quality, tripwires
from supple.safety.verdicts import Verdict
from supple.session import (
    LEG_NOT_ANSWERED,
    NOT_ANSWERED,
    WEAK,
    Ending,
    NotAsked,
    Recheck,
    Scene,
    What,
    advance,
    alarm,
    answered,
    done,
    go_on,
    history,
    hurting,
    kept,
    loads_low_back,
    open_question,
    pause,
    reach,
    skipped,
    start,
    stopped,
    told_late,
)
from supple.session.asking import Open, answers
from supple.session.going_on import as_one_is, bounds_now
from supple.session.opening import left_open, with_open_answer
from supple.session.wanted import Barred
from tests.people import EVENING, Person, planned, vignette
from tests.safety.people import well

LATER = EVENING + timedelta(minutes=2)
DOWN, NUMB = LegResponse.MOVED_DOWN_OR_LARGER, LegResponse.NEW_NUMBNESS_OR_WEAKNESS
BONES = {
    "age": 72,
    "osteoporosis": "yes",
    "vertebral_fracture": "yes",
    "clinician_cleared": "yes",
    "duration_weeks": 50,
}

SCIATICA = {
    "age": 41,
    "disc_related_leg_pain": "yes",
    "leg_pain": "below_knee",
    "flexion_effect": "worse",
    "extension_effect": "better",
}


@cache
def made_for(identifier: str) -> Plan:
    if identifier == "sciatica":
        return planned(Person(well(**SCIATICA), 10, (Setting.FLOOR,), wanted=("constructive_rest",)))
    if identifier == "loose neck":
        return planned(Person(well(atlantoaxial_risk="yes"), 10, (Setting.FLOOR,)))
    if identifier == "operated":
        return planned(Person(well(surgery_weeks=20), 10, (Setting.FLOOR,)))
    if identifier == "new hip":
        return planned(Person(well(hip_replacement="yes"), 10, (Setting.FLOOR,)))
    if identifier == "bones":
        return planned(Person(well(**BONES), 10, (Setting.FLOOR,)))
    wanted = ("constructive_rest",) if identifier == "V04" else ()  # which is left whatever a leg says
    return planned(vignette(identifier, 8, (Setting.FLOOR, Setting.CHAIR_DESK), wanted=wanted))


def into_work(identifier: str = "V07", *, into_s: int = 10, pain: int = 4, index: int = 0) -> Scene:
    """A session so many seconds into the work of a step, the steps before it done."""
    made = made_for(identifier)
    begun = start(made, load(), EVENING, pain)
    at_s = begun.timeline.start_of(index) + made.steps[index].transition_s + into_s
    return Scene(advance(begun, at_s, LATER))


def at_the_leg(*, into_s: int = 20) -> Scene:
    """A session of V04 in a step that moves the low back."""
    made = made_for("V04")
    index = next(n for n, step in enumerate(made.steps[:-1]) if loads_low_back(step.stretch, load()))
    return into_work("V04", into_s=into_s, pain=2, index=index)


def after(scene: Scene, *given: str) -> Scene:
    """The session after these answers."""
    for answer in given:
        scene = answered(scene, answer, LATER)
    return scene


def hurt(*given: str, who: str = "V07", pain: int = 4) -> Scene:
    return after(hurting(into_work(who, pain=pain)), *given)


NUMBERED = ("stretch_pull", "ache", "sharp", "tingling_or_numb", "spreading")
ON, EASED, OVER, HELP = "goes on", "goes on smaller", "nothing but the end", "ended, with help told"
# pain before, then the answers; what is asked next, or how what is told leaves the session
PATHS: list[tuple[int, str, What | str]] = [
    (4, "", What.KIND),
    *[(4, kind, What.STRENGTH) for kind in NUMBERED],
    *[(4, f"{kind} return", What.KIND) for kind in (*NUMBERED, "weakness", "dizziness")],
    (4, "return", What.NOTHING),
    (4, "worse", What.SIGNS),
    (4, "worse none", What.KIND),
    (4, "worse none return", What.NOTHING),
    *[(4, f"worse {sign}", HELP) for sign in ("W1", "W2", "W3", "W5", "W7")],
    (4, "sharp worse", What.SIGNS),
    (4, "sharp worse none", What.STRENGTH),
    (4, "sharp worse W1", HELP),
    (4, "ache worse none", What.STRENGTH),
    (4, "stretch_pull 3", ON),
    (4, "stretch_pull 3 on", What.NOTHING),
    (4, "ache 4", What.SETTLES),
    (4, "ache 5 yes", EASED),
    (4, "ache 5 yes on", What.NOTHING),
    (4, "ache 5 yes skip", What.NOTHING),
    (4, "ache 5 no", What.SIGNS),
    (4, "ache 5 worse", What.SIGNS),
    (4, "ache 5 worse none", What.SETTLES),
    (4, "ache 5 worse none yes", EASED),
    (4, "ache 5 worse W2", HELP),
    (4, "ache 5 yes worse", What.SIGNS),
    (4, "ache 5 yes worse none", EASED),
    (4, "ache 5 yes worse W1", HELP),
    (4, "ache 7 none worse W3", HELP),
    (4, "ache 5 no none", ON),
    (4, "ache 5 no W2", HELP),
    (0, "ache 3", EASED),
    (1, "ache 4", What.SIGNS),
    (4, "ache 7", What.SIGNS),
    (4, "ache 7 none", ON),
    (4, "ache 8 none", OVER),
    *[(4, f"{kind} 0", What.SIGNS) for kind in ("sharp", "tingling_or_numb", "spreading")],
    *[(4, f"{kind} 0 none", ON) for kind in ("sharp", "tingling_or_numb")],
    (4, "spreading 0 none", OVER),  # all that is left of this session moves the low back
    (4, "sharp 0 W3", HELP),
    (4, "weakness", What.SIT_DOWN),
    (4, "weakness down", What.SIGNS),
    (4, "weakness down none", HELP),
    (4, "dizziness", What.SIT_DOWN),
    (4, "dizziness worse none", What.SIT_DOWN),
    (4, "weakness worse W1", HELP),
    (4, "dizziness down", What.SIGNS),
    (4, "dizziness down none", OVER),
    (4, "dizziness down W5", HELP),
]


def leads_to(scene: Scene) -> What | str:
    if scene.open.what is not What.TOLD:
        return scene.open.what
    if scene.ending:
        return HELP
    return OVER if scene.open.only_end else EASED if scene.open.eased else ON


@pytest.mark.parametrize(("pain", "given", "leads"), PATHS, ids=lambda told: str(told) or "it hurts")
def test_each_answer_leads_to_one_next_question_or_to_one_end(pain: int, given: str, leads: What | str) -> None:
    found = hurt(*given.split(), pain=pain)

    assert leads_to(found) == leads
    assert (found.ending is Ending.STOPPED) is (leads == HELP)


def test_every_answer_of_every_question_has_a_path() -> None:
    walked: set[tuple[What, str]] = set()
    for pain, given, _ in PATHS:
        before = hurting(into_work(pain=pain))
        for answer in given.split():
            what = before.open.what
            walked.add((what, "number" if what is What.STRENGTH and answer.isdigit() else answer))
            before = after(before, answer)

    asked = (What.KIND, What.SIT_DOWN, What.STRENGTH, What.SETTLES, What.SIGNS)
    every = {
        (what, "number" if what is What.STRENGTH and answer.isdigit() else answer)
        for what in asked
        for answer in answers(Open(what), ())
    }
    assert every - walked == set()


@pytest.mark.parametrize("given", ["", "sharp", "sharp 3", "ache 5", "weakness", "worse", "sharp 3 none"])
def test_what_is_no_answer_of_the_open_question_changes_nothing(given: str) -> None:
    with pytest.raises(NotAsked):
        after(hurt(*given.split()), "11")


@pytest.mark.parametrize("kind", ["weakness", "dizziness"])
def test_who_is_weak_or_dizzy_is_told_to_sit_first_and_is_asked_no_number(kind: str) -> None:
    told = hurt(kind)

    assert told.open.do.startswith("Stop. Sit down now")
    assert set(told.answers) == {"down", "worse", "return"}
    assert "fine" not in " ".join(told.answers.values())
    assert after(told, "down").playback.log.hurts[0].during == 4  # the pain of before, for nobody gave another


# the answers after "It hurts", and what stands in the log where the session is closed over the question that follows
KEPT_AT_ONCE = [
    ("stretch_pull", [], None),
    ("ache", [], None),
    *[(kind, [(kind, "red")], NOT_ANSWERED) for kind in ("sharp", "tingling_or_numb", "spreading", "dizziness")],
    ("weakness", [("weakness", "red")], NOT_ANSWERED),
    ("weakness down", [("weakness", "red")], NOT_ANSWERED),
    ("ache 5", [("ache", "red")], None),
    ("ache 5 no", [("ache", "red")], NOT_ANSWERED),
    ("ache 5 yes", [("ache", "amber")], None),
    ("sharp 3", [("sharp", "red")], NOT_ANSWERED),
    ("sharp 3 none", [("sharp", "red")], None),
    ("worse", [], NOT_ANSWERED),
    ("worse none", [], None),
    ("sharp return", [], None),
    ("sharp worse", [("sharp", "red")], NOT_ANSWERED),
    ("sharp worse W1", [("sharp", "red")], None),
    ("sharp worse none", [("sharp", "red")], NOT_ANSWERED),
    ("sharp worse none return", [], None),
    ("ache 5 worse", [("ache", "red")], NOT_ANSWERED),
    ("ache 5 worse none", [("ache", "red")], None),
    ("ache 5 worse none yes", [("ache", "amber")], None),
    ("ache 5 worse W2", [("ache", "red")], None),
    ("ache 5 yes worse none", [("ache", "amber")], None),
]


@pytest.mark.parametrize(("given", "hurts", "left"), KEPT_AT_ONCE, ids=lambda told: str(told))
def test_what_was_told_stands_before_the_next_question_and_once(
    given: str, hurts: list[tuple[str, str]], left: str | None
) -> None:
    scene = hurt(*given.split())

    for log in (kept(scene.playback), stopped(scene, LATER).playback.log):
        assert [(told.quality, told.colour) for told in log.hurts] == hurts
        found = open_question(log)
        assert (found.answer if found else None) == left


def test_an_ache_that_nobody_said_has_fallen_is_out_when_the_session_goes_on() -> None:
    asked = hurt("ache", "5")
    stretch = asked.playback.log.hurts[0].stretch
    rest = go_on(kept(asked.playback), load())
    assert rest

    gone_on = as_one_is(rest, history(), bounds_now(rest.plan, rest.log, 4, LATER), 4, LATER)

    assert stretch not in {step.stretch for step in gone_on.plan.steps}


def test_who_rests_is_told_to_find_what_is_easy_and_not_to_go_half_as_far() -> None:
    made = made_for("V04")
    index = next(n for n, step in enumerate(made.steps) if step.stretch == "constructive_rest")
    resting, moving = hurting(into_work("V04", index=index, pain=2)), hurting(into_work("V07", pain=2))

    told, usual = (after(scene, "ache", "4", "yes").open for scene in (resting, moving))

    assert told.eased
    assert "half as far" not in told.said
    assert "begins again, as it is easy" in told.said
    assert "half as far" in usual.said


def test_pain_that_spreads_from_the_upper_back_ends_the_session_of_thin_bones() -> None:
    made = made_for("bones")
    index = next(n for n, step in enumerate(made.steps) if "upper_back" in load().stretch(step.stretch).regions)

    told = after(hurting(into_work("bones", index=index, pain=2)), "spreading", "3", "none")

    assert "pain that spreads from the upper back has to be looked at today" in told.open.said
    assert told.open.verdict is Verdict.SAME_DAY


GRAVE: list[tuple[str, str, Verdict | None, str]] = [
    ("V07", "weakness down none", Verdict.SAME_DAY, "looked at today"),
    ("bones", "sharp 0 none", Verdict.SAME_DAY, "can be a small break"),
    ("bones", "ache 7 none", Verdict.SAME_DAY, "can be a small break"),
    ("V07", "worse W1", Verdict.EMERGENCY, "Stop stretching."),
    ("V07", "worse W3", Verdict.SAME_DAY, "Stop stretching."),
    ("V07", "worse W5", None, "Stop; sit or lie"),
    ("V07", "ache 8 none", None, "the session ends here"),
    ("V07", "dizziness down none", None, "Stay seated or lying"),
]


@pytest.mark.parametrize(("who", "given", "verdict", "said"), GRAVE, ids=lambda told: str(told)[:20])
def test_what_ends_a_session_says_what_to_do_and_nothing_of_stretches_to_come(
    who: str, given: str, verdict: Verdict | None, said: str
) -> None:
    scene = hurt(*given.split(), who=who, pain=2)

    found = alarm(scene.playback.log)
    assert said in scene.open.said
    assert scene.open.verdict is verdict
    assert (found.verdict if found else None) is verdict
    assert set(scene.answers) == {"end"}
    for never in ("Still to come", "Another stretch takes its place", "Do not start"):
        assert never not in scene.open.said
    assert after(scene, "end").ending is Ending.STOPPED


SIGNS_TOLD = [
    ("worse none", "none", "", None),
    ("sharp 3 none", "none", "", None),
    ("worse W1", "W1", tripwires()[0].when, Verdict.EMERGENCY),
    ("sharp 3 W1", "W1", tripwires()[0].when, Verdict.EMERGENCY),
    ("weakness", NOT_ANSWERED, "", None),
]


@pytest.mark.parametrize(("given", "answer", "told", "verdict"), SIGNS_TOLD, ids=lambda told: str(told)[:12])
def test_what_was_said_of_the_signs_is_in_the_log(given: str, answer: str, told: str, verdict: Verdict | None) -> None:
    check = hurt(*given.split()).playback.log.rechecks[-1]

    assert (check.answer, check.told, check.verdict) == (answer, told, verdict)


def test_weakness_bars_the_next_session_though_nobody_came_to_the_signs() -> None:
    found = alarm(hurt("weakness").playback.log)

    assert found
    assert (found.told, found.verdict) == (WEAK, Verdict.SAME_DAY)


def test_the_sign_of_pregnancy_is_asked_of_the_pregnant_alone() -> None:
    assert "W4" in hurt("worse", who="V06").answers
    assert "W4" not in hurt("worse", who="V07").answers


def test_who_may_have_a_loose_neck_is_asked_about_the_cord_and_sharp_pain_ends_the_session() -> None:
    asked = hurt("tingling_or_numb", "3", who="loose neck", pain=2)
    cord = after(asked, "W6")
    sharp = hurt("sharp", "3", "none", who="loose neck", pain=2)

    assert "shock down the back" in asked.answers["W6"]
    assert "W6" not in hurt("tingling_or_numb", "3").answers
    assert (cord.ending, cord.open.verdict) == (Ending.STOPPED, Verdict.SAME_DAY)
    assert "With a neck that is or may be loose" in sharp.open.said
    assert (sharp.ending, sharp.open.verdict) == (Ending.STOPPED, Verdict.SAME_DAY)


def test_the_signs_of_a_stroke_are_on_the_last_card_and_the_maternity_unit_only_for_the_pregnant() -> None:
    man = hurt("dizziness", "down", "none", who="V07").open.said
    pregnant = hurt("dizziness", "down", "none", who="V06").open.said

    assert "a drooping face" in man
    assert "a drooping face" in pregnant
    assert "maternity" not in man
    assert "call your maternity unit today" in pregnant


def test_sharp_pain_within_a_year_of_an_operation_that_may_have_been_on_the_spine_ends_the_session() -> None:
    found = hurt("sharp", "3", "none", who="operated", pain=2)

    assert "If your operation was on your spine, call your surgical team the same day" in found.open.said
    assert leads_to(found) == OVER
    assert alarm(found.playback.log) is None


def test_a_hip_that_may_have_moved_is_sent_to_the_emergency_department_as_in_the_plan() -> None:
    scene = hurt("sharp", "3", "none", who="new hip", pain=2)
    bars = alarm(scene.playback.log)

    assert bars
    for said in (scene.open.said, str(Barred(bars))):
        assert "If it looks shorter or turned, or will not carry you" in said
        assert "go to an emergency department now" in said


@pytest.mark.parametrize(
    ("answers", "also"),
    [
        ({"age": 73, "hip_replacement": "yes"}, "Do not turn or cross the leg."),
        ({"age": 73, "aaa_known": "unsure"}, "you feel faint, cold or sweaty: call the emergency number"),
        ({"age": 71, "cancer_history": "yes", "clinician_cleared": "yes"}, "trouble with bladder or bowel"),
        ({"age": 71, "surgery_weeks": 8, "clinician_cleared": "yes"}, "Call your surgical team today"),
    ],
)
def test_what_sharp_pain_may_be_besides_a_break_is_not_hidden_by_it(answers: dict[str, object], also: str) -> None:
    person = Person(
        well(**answers), 10, (Setting.FLOOR, Setting.CHAIR_DESK, Setting.BED), wanted=("seated_pelvic_tilt",)
    )
    made = planned(person)
    begun = start(made, load(), EVENING, 2)
    at_s = begun.timeline.start_of(0) + made.steps[0].transition_s + 5

    scene = after(hurting(Scene(advance(begun, at_s, LATER))), "sharp", "8", "none")

    bars = alarm(scene.playback.log)
    assert bars
    assert "bones that may break easily" in bars.told
    for said in (scene.open.said, str(Barred(bars))):
        assert also in said
        assert "do not bend or twist while you lift" in said


def test_who_was_dizzy_still_counts_as_dizzy_after_a_second_light_in_the_same_step() -> None:
    dizzy = hurt("dizziness", "down", "none", "end")
    again = told_late(dizzy, "sharp", LATER)

    assert again
    for log in (dizzy.playback.log, again):
        assert history(log).dizzy_lately(LATER + timedelta(days=1))


def test_after_a_red_light_another_stretch_comes_and_the_steps_before_are_counted() -> None:
    scene = after(hurting(into_work("V07", index=1)), "sharp", "3", "none")

    assert scene.behind == 2
    assert scene.playback.at_s == 0
    assert "Still to come: " in scene.open.said


LEGS: list[tuple[str, What | str, Verdict | None]] = [
    ("moved_up_or_smaller", What.NOTHING, None),
    ("unchanged", What.NOTHING, None),
    (DOWN, ON, None),
    (f"{DOWN} on", What.NOTHING, None),
    (NUMB, What.SIGNS, Verdict.SAME_DAY),
    (f"{NUMB} none", HELP, Verdict.SAME_DAY),
    (f"{NUMB} W2", HELP, Verdict.EMERGENCY),
]


@pytest.mark.parametrize(("given", "leads", "verdict"), LEGS, ids=lambda told: str(told))
def test_each_answer_of_the_leg_leads_to_one_end(given: str, leads: What | str, verdict: Verdict | None) -> None:
    scene = after(done(at_the_leg(), LATER), *given.split())

    assert leads_to(scene) == leads
    assert scene.playback.log.legs == (() if NUMB in given else (LegResponse(given.split()[0]),))
    found = alarm(scene.playback.log)
    assert (found.verdict if found else None) is verdict


def test_something_worse_than_the_leg_is_asked_for_and_denied_the_leg_is_asked_after_again() -> None:
    asked = done(at_the_leg(), LATER)

    denied = after(asked, "worse", "none")
    helped = after(asked, "worse", "W2")

    assert (denied.open, kept(denied.playback).legs) == (asked.open, kept(asked.playback).legs)
    assert after(denied, "unchanged").playback.log.legs == (LegResponse.UNCHANGED,)
    assert leads_to(helped) == HELP
    found = alarm(helped.playback.log)
    assert found
    assert found.verdict is Verdict.EMERGENCY


def test_the_second_time_that_a_leg_gets_worse_nothing_but_the_end_follows() -> None:
    scene = done(at_the_leg(), LATER)
    spread = after(hurting(into_work()), "spreading", "3", "none").playback.log.hurts
    log = replace(scene.held or scene.playback.log, hurts=spread)

    assert leads_to(after(replace(scene, held=log), DOWN)) == OVER


LEG_WAYS: dict[str, Callable[[Scene], Scene]] = {
    "at its end": lambda begun: reach(begun, begun.playback.timeline.seconds, LATER),
    "done by hand": lambda begun: done(begun, LATER),
    "skipped late": lambda begun: skipped(begun, LATER),
}


@pytest.mark.parametrize("way", LEG_WAYS)
def test_a_leg_is_asked_after_and_that_stands_in_the_log_until_it_is_answered(way: str) -> None:
    scene = LEG_WAYS[way](at_the_leg())

    assert scene.open.what is What.LEG
    assert scene.playback.log.entries

    for log in (kept(scene.playback), stopped(scene, LATER).playback.log):
        found = open_question(log)
        assert found
        assert found.answer == LEG_NOT_ANSWERED
    assert after(scene, "unchanged").playback.log.rechecks == ()


@pytest.mark.parametrize("index", range(len(made_for("sciatica").steps)))
@pytest.mark.parametrize("during", ["0", "4", "7"])
def test_after_pain_that_spread_nothing_new_comes_and_nothing_grows_or_moves_the_low_back(
    index: int, during: str
) -> None:
    made = made_for("sciatica")
    told = hurting(into_work("sciatica", pain=2, index=index))
    found = after(told, "spreading", during, "none")
    left = found.playback.plan.steps
    lost = go_on(kept(after(told, "spreading").playback), load())  # the window was closed over the next question
    assert lost
    gone_on = as_one_is(lost, history(), bounds_now(lost.plan, lost.log, int(during), LATER), int(during), LATER)

    for steps in (left, gone_on.plan.steps):
        planned_so = {(step.stretch, step.side): step for step in made.steps[index + 1 :]}
        for step in steps:
            before = planned_so[step.stretch, step.side]
            assert step.work_s == before.work_s
            assert step.arc_percent <= before.arc_percent
        assert not any(loads_low_back(step.stretch, load()) for step in steps)
    assert during != "7" or all(load().stretch(step.stretch).kind is Kind.REST_POSITION for step in left)
    assert found.open.only_end is (left == ())


def test_of_a_session_in_which_pain_spread_something_may_be_left() -> None:
    left = [
        after(hurting(into_work("sciatica", pain=2, index=n)), "spreading", "3", "none").playback.plan.steps
        for n in range(len(made_for("sciatica").steps))
    ]

    assert any(left)


FROM_S = table("traffic_light")["leg_asked"]["from_work_s"]


@pytest.mark.parametrize(("into_s", "asked"), [(FROM_S - 1, What.NOTHING), (FROM_S, What.LEG)])
def test_after_a_skipped_step_the_leg_is_asked_from_so_much_of_it_on(into_s: int, asked: What) -> None:
    assert skipped(at_the_leg(into_s=into_s), LATER).open.what is asked


def test_a_stretch_that_hurt_and_is_then_skipped_counts_with_all_that_was_done_of_it() -> None:
    scene = at_the_leg(into_s=FROM_S)
    eased = after(hurting(replace(scene, playback=replace(scene.playback, pain=4))), "ache", "5", "yes")

    assert after(eased, "skip").open.what is What.LEG


def test_who_has_no_leg_pain_is_not_asked_after_it() -> None:
    begun = into_work("V07", into_s=20)

    assert skipped(begun, LATER).open.what is What.NOTHING
    assert reach(begun, begun.playback.timeline.seconds, LATER).ending is Ending.DONE


def test_a_paused_session_reaches_nothing() -> None:
    scene = into_work()
    paused = replace(scene, playback=pause(scene.playback))

    assert reach(paused, 1000, LATER) == paused


@pytest.mark.parametrize(
    ("answer", "verdict"), [(NOT_ANSWERED, Verdict.EMERGENCY), (LEG_NOT_ANSWERED, Verdict.SAME_DAY)]
)
def test_a_question_left_open_is_asked_first_the_next_time_and_a_yes_is_grave(answer: str, verdict: Verdict) -> None:
    log = replace(into_work().playback.log, rechecks=(Recheck(LATER, answer),))
    left = left_open(log, ())
    assert left
    assert ("down the leg" in left.asks) is (answer == LEG_NOT_ANSWERED)

    no, yes = (with_open_answer(log, LATER, left, so=so) for so in (False, True))

    assert alarm(no) is None
    found = alarm(yes)
    assert found
    assert found.verdict is verdict
    assert left_open(no, ()) is left_open(yes, ()) is None


@pytest.mark.parametrize("kind", list(Quality))
def test_every_kind_of_pain_can_be_told(kind: Quality) -> None:
    assert kind in hurting(into_work()).answers
