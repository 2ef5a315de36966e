"""A timeline fills the plan's seconds without a gap, and says what the catalogue says."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.safety.spoken import is_closing
from supple.safety.tables import table
from supple.session import Cue, CueKind, Timeline, breath, timeline
from supple.session.timeline import GET_READY, GET_READY_LOW, WARM_UP
from supple.session.wording import mirrored, without_changing
from tests.people import EVENING, Person, people, planned, vignette
from tests.safety.people import well

OURS = {
    GET_READY,
    GET_READY_LOW,
    WARM_UP,
    *(row["say"] for name in ("getting_up", "turning") for row in table("spoken")[name]),
    "Change position, without hurry.",
    "Ease off and breathe.",
    "Well done. Get up slowly when you are ready.",
    "There is nothing to do.",
}
FOR_ALL = [row for row in table("spoken")["instead"] if "when" not in row and not row.get("beside")]
SIDED = ("Change sides: now the left.", "Change sides: now the right.")
V03 = planned(vignette("V03", 12, (Setting.FLOOR, Setting.CHAIR_DESK), at=EVENING))
EMPTY = planned(vignette("V03", 1, (Setting.STEP,)))


GETTING_UP = {
    text.partition(opening)[2].strip().capitalize()
    for stretch in load().stretches.values()
    for text in (*stretch.steps, *(row["say"] for row in table("spoken")["instead"]))
    for opening in table("spoken")["closing"]
    if text.startswith(opening)
}


def known(made: Plan, cue: Cue) -> set[str]:
    """Every sentence that the cue of a step may say: the catalogue's, and ours where they take its place."""
    if cue.step >= len(made.steps):
        return OURS | GETTING_UP
    step = made.steps[cue.step]
    stretch = load().stretch(step.stretch)
    rows = [row for row in table("spoken")["instead"] if row["stretch"] == stretch.id]
    begins = {stretch.name + "."} | {f"{stretch.name}. Begin with the {side} side." for side in ("left", "right")}
    breathing = {stretch.breathing, *(row["breathing"] for row in rows if "breathing" in row)}
    words = {f"Breathing: {mirrored(text, step.side)}" for text in breathing} | {f"Feel it: {stretch.feel_it}"}
    words.add(f"For you, before all else: {' '.join(step.changes)}")
    for only in table("spoken")["only_for"]:
        words |= {text.replace(only["sentence"], "").strip() for text in stretch.steps}
    said = {in_time(text, step) for text in (*stretch.steps, *words, *(row["say"] for row in rows))}
    said |= {without_changing(text) for text in said}
    return OURS | {*SIDED, *step.changes} | said | begins | words | GETTING_UP


def in_time(text: str, step: Step) -> str:
    """A sentence as it is said of this step, with its side and its times."""
    text = mirrored(text, step.side).replace("{side}", step.side.value)
    for row in table("spoken")["in_time"]:
        text = re.sub(row["pattern"], row["say"].format(stay=step.pause_s, seconds=step.work_s), text)
    stay = f"Stay {step.pause_s} seconds." if step.pause_s else "Do not stay."
    return text if step.mode == "hold" else re.sub(r"Stay \d+ seconds\.", stay, text)


def whole(made: Plan) -> Timeline:
    """The timeline, with all that must hold of any."""
    found = timeline(made, load())
    assert found.seconds == made.seconds == sum(cue.seconds for cue in found.cues)
    assert found.cues[0].at_s == 0
    assert all(cue.until_s == later.at_s for cue, later in pairwise(found.cues))
    assert all(cue.seconds > 0 for cue in found.cues[:-1])
    assert found.cues[-1].kind is CueKind.FINISH
    assert all(set(cue.say) <= known(made, cue) for cue in found.cues)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(st.integers(1, 12)))
def test_the_cues_of_anybody_fill_their_plan_and_speak_the_catalogue(person: Person) -> None:
    whole(planned(person))


def test_every_second_lies_in_exactly_one_cue() -> None:
    found = whole(V03)

    for second in range(V03.seconds):
        assert len([cue for cue in found.cues if cue.at_s <= second < cue.until_s]) == 1
        assert found.at(second).at_s <= second < found.at(second).until_s
    assert found.at(V03.seconds).kind is CueKind.FINISH
    assert found.at(V03.seconds + 100).kind is CueKind.FINISH


def test_each_step_is_done_for_its_seconds() -> None:
    found = whole(V03)

    for index, step in enumerate(V03.steps):
        cues = [cue for cue in found.cues if cue.step == index]
        work_s = sum(cue.seconds for cue in cues if cue.kind in (CueKind.HOLD, CueKind.MOVE))
        assert work_s == step.work_s
        assert sum(cue.seconds for cue in cues) == step.seconds + step.transition_s
        assert {cue.side for cue in cues} == {step.side}
        assert found.start_of(index) == cues[0].at_s


def test_holds_and_cycles_are_numbered() -> None:
    for cue in whole(V03).cues:
        if cue.kind in (CueKind.HOLD, CueKind.MOVE):
            assert 1 <= cue.count <= cue.of


def test_the_side_is_said_when_it_begins_and_when_it_changes() -> None:
    found = whole(V03)

    for index, step in enumerate(V03.steps):
        said = " ".join(line for cue in found.cues if cue.step == index for line in cue.say)
        if step.side is Side.LEFT:
            assert "Begin with the left side." in said
        if step.side is Side.RIGHT:
            assert "Change sides: now the right." in said


def test_every_instruction_of_a_stretch_is_said() -> None:
    found = whole(V03)

    for index, step in enumerate(V03.steps):
        said = [line for cue in found.cues if cue.step == index for line in cue.say]
        if step.side is not Side.RIGHT:
            ours = {n for row in FOR_ALL if row["stretch"] == step.stretch for n in row["steps"]}
            steps = enumerate(load().stretch(step.stretch).steps, start=1)
            instructions = [(number, text) for number, text in steps if not is_closing(text)]
            assert len(instructions) <= len(said)
            assert {in_time(text, step) for number, text in instructions if number not in ours} <= set(said)
            assert set(step.changes) <= set(said)


def test_how_to_get_up_is_said_when_it_is_time_to_and_not_before() -> None:
    for cue in whole(V03).cues:
        spoken = " ".join(cue.say)
        assert not any(is_closing(sentence) for sentence in cue.say)
        if "push up with your arms" in spoken:
            assert cue.kind in (CueKind.CHANGE_POSITION, CueKind.FINISH)


def test_how_long_to_stay_is_what_the_dose_says() -> None:
    cautious = planned(vignette("V06", 8, (Setting.FLOOR,)))
    cats = [step for step in cautious.steps if step.stretch == "cat_camel"]
    said = [line for cue in timeline(cautious, load()).cues for line in cue.say if "domes" in line]

    assert cats
    assert said
    assert all(line.endswith(f"Stay {cats[0].pause_s} seconds.") for line in said)
    assert cats[0].pause_s == 2


def test_a_rest_that_begins_on_the_second_side_still_says_which() -> None:
    second = next(n for n, step in enumerate(V03.steps) if step.side is Side.RIGHT)
    steps = V03.steps[second:]

    found = whole(replace(V03, steps=steps, seconds=sum(step.seconds + step.transition_s for step in steps)))

    assert any("right" in line for cue in found.cues if cue.step == 0 for line in cue.say)


def test_a_plan_without_steps_is_over_at_once() -> None:
    found = whole(EMPTY)

    assert found.seconds == 0
    assert found.at(0).say == ("There is nothing to do.",)


def test_a_timeline_reads_back_as_it_was_written() -> None:
    found = whole(V03)

    assert shapes.loads(Timeline, shapes.dumps(found), name="timeline.json") == found


@pytest.mark.parametrize(("second", "way"), [(0, "in"), (3.9, "in"), (4, "out"), (7.9, "out"), (8, "in")])
def test_breath_goes_in_and_out(second: float, way: str) -> None:
    assert breath(second) == way


@pytest.mark.parametrize("setting", [Setting.CHAIR_DESK, Setting.FLOOR, Setting.BED])
def test_who_was_perhaps_operated_on_the_chest_is_never_told_to_push_with_the_arms(setting: Setting) -> None:
    answers = well(surgery_weeks=8, clinician_cleared="yes", nprs_rest=1)
    made = planned(Person(answers, 12, (setting,)))
    said = " ".join(line for cue in timeline(made, load()).cues for line in cue.say).lower()

    assert made.steps
    assert "push up with" not in said
    assert "arms wide" not in said
