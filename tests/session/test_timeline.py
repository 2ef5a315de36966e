"""A timeline fills the plan's seconds without a gap, and says what the catalogue says."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import Position, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.timing import load_timing
from supple.planner.way_in import (
    CHANGE_LYING,
    CHANGE_SIDES,
    GET_READY,
    GET_READY_BED,
    GET_READY_LOW,
    STAND_UP,
    WAIT,
    called,
)
from supple.planner.wording import in_place, mirrored, sided, spoken_s, within, without_changing
from supple.safety.spoken import WAYS, is_closing
from supple.safety.tables import table
from supple.session import Cue, CueKind, Timeline, breath, timeline
from tests.people import EVENING, Person, people, planned, vignette
from tests.safety.people import well

OURS = {
    GET_READY,
    GET_READY_BED,
    GET_READY_LOW,
    *table("spoken")["warm_up"].values(),
    table("spoken")["squeeze"]["say"],
    WAIT.format(seconds=30),
    *(row["say"] for name in (*WAYS, "besides", "clear", "away", "seated_first") for row in table("spoken")[name]),
    *(row["lying"] for row in table("spoken")["seated_first"]),
    "Change position, without hurry.",
    "Ease off and breathe.",
    "Well done.",
    "Well done. Get up slowly when you are ready.",
    "There is nothing to do.",
    *STAND_UP,
}
FOR_ALL = [row for row in table("spoken")["instead"] if "when" not in row and not row.get("beside")]
SIDED = tuple(text.format(side=side) for text in (CHANGE_SIDES, CHANGE_LYING) for side in ("left", "right"))
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
    """Every sentence that the cue of a step may say: the catalogue's, and ours where they take its place.

    How to leave a step is said on the way out of it, at the beginning of the next.
    """
    here = made.steps[max(0, cue.step - 1) : cue.step + 1]
    ours = OURS | GETTING_UP
    ours |= {in_place(text, Setting.FLOOR) for text in ours}
    ours |= {re.sub(table("spoken")["a_moment"]["pattern"], "", text) for text in ours}
    return ours | {text for step in here for text in sentences(step)}


def sentences(step: Step) -> set[str]:
    """Every sentence that may be said of a step."""
    stretch = load().stretch(step.stretch)
    rows = [row for row in table("spoken")["instead"] if row["stretch"] == stretch.id]
    begins = {stretch.name + "."} | {called(replace(step, side=side)) for side in Side}
    breathing = {stretch.breathing, *(row["breathing"] for row in rows if "breathing" in row)}
    words = {f"Breathing: {mirrored(text, step.side)}" for text in breathing} | {f"Feel it: {stretch.feel_it}"}
    for only in table("spoken")["only_for"]:
        words |= {text.replace(only["sentence"], "").strip() for text in stretch.steps}
    said = {in_time(text, step) for text in (*stretch.steps, *words, *(row["say"] for row in rows))}
    said |= {part for text in said for part in parted(text)}
    said |= {without_changing(text) for text in said}
    return {*SIDED, *step.changes} | said | begins | words


def parted(text: str) -> set[str]:
    """What a sentence says of staying, and what of leaving the hold."""
    found = re.search(table("spoken")["leaving"]["pattern"], text)
    if not found:
        return set()
    leave, stay = found["leave"], text[: found.start()].rstrip(" ,;.")
    return {f"{stay}.", leave[:1].upper() + leave[1:]}


def in_time(text: str, step: Step) -> str:
    """A sentence as it is said of this step, with its side, its arc and its times."""
    here = in_place(mirrored(text, step.side), step.setting)
    text = sided(within(here, step.arc_percent), step.stretch, step.side)
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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
            assert re.search(r"(Begin with|First for) the left side\.", said)
        if step.side is Side.RIGHT:
            assert re.search(r"Change sides: now (the right|for the right side)\.", said)


def test_every_instruction_of_a_stretch_is_said() -> None:
    found = whole(V03)

    for index, step in enumerate(V03.steps):
        said = [line for cue in found.cues if cue.step == index for line in cue.say]
        if step.side is not Side.RIGHT:
            ours = {n for row in FOR_ALL if row["stretch"] == step.stretch for n in row["steps"]}
            steps = enumerate(load().stretch(step.stretch).steps, start=1)
            instructions = [(number, text) for number, text in steps if not is_closing(text)]
            later = [line for cue in found.cues if cue.step > index for line in cue.say]
            heard = " ".join((*said, *later)).lower()
            for number, text in instructions:
                fitted = without_changing(in_time(text, step)) if step.side is not Side.NONE else in_time(text, step)
                parts = parted(fitted) or {fitted}
                assert number in ours or all(part.rstrip(".").lower() in heard for part in parts), text
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
    said = [line for cue in timeline(cautious, load()).cues for line in cue.say if "tuck the tailbone" in line]

    assert cats
    assert said
    assert all(line.endswith(f"Stay {cats[0].pause_s} seconds.") for line in said)
    assert cats[0].pause_s == 2


def test_a_rest_that_begins_on_the_second_side_still_says_which() -> None:
    second = next(n for n, step in enumerate(V03.steps) if step.side is Side.RIGHT)
    steps = V03.steps[second:]

    found = whole(replace(V03, steps=steps, seconds=sum(step.seconds + step.transition_s for step in steps)))

    assert any("right" in line for cue in found.cues if cue.step == 0 for line in cue.say)


def test_who_ends_standing_is_not_told_to_get_up() -> None:
    last = {}
    for identifier in ("V01", "V03", "V07", "V08"):
        made = planned(vignette(identifier, 8, (Setting.WALL,), at=EVENING))
        if made.steps:
            last[made.steps[-1].position is Position.STANDING] = timeline(made, load()).cues[-1].say

    assert not any("Get up" in text for text in last[True])


def test_who_sits_for_what_others_do_standing_changes_position_and_waits_for_it() -> None:
    dizzy = well(pregnant="yes", pregnant_weeks=36, vertigo_or_dizziness="yes", knee_pain_or_replacement="yes")
    made = planned(Person(dizzy, 20, (Setting.WALL,), at=EVENING, wanted=("standing_side_bend",)))
    seated = [step for step in made.steps if step.stretch == "standing_side_bend"]
    places = [step.position for step in made.steps]

    assert {step.position for step in seated} == {Position.SEATED_CHAIR}
    assert places == sorted(places, key=load_timing().place)
    came = next(n for n, cue in enumerate(whole(made).cues) if cue.step == places.index(Position.SEATED_CHAIR))
    before, after = whole(made).cues[came : came + 2]
    assert before.kind is CueKind.CHANGE_POSITION
    assert any("Wait 30 seconds there" in text for text in after.say)


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


@pytest.mark.parametrize("setting", [Setting.CHAIR_DESK, Setting.BED])
def test_who_was_perhaps_operated_on_the_chest_is_never_told_to_push_with_the_arms(setting: Setting) -> None:
    answers = well(surgery_weeks=8, clinician_cleared="yes", nprs_rest=1)
    made = planned(Person(answers, 12, (setting,)))
    said = " ".join(line for cue in timeline(made, load()).cues for line in cue.say).lower()

    assert made.steps
    assert "push up with" not in said
    assert "arms wide" not in said


@pytest.mark.parametrize("setting", [Setting.FLOOR, Setting.BED, Setting.CHAIR_DESK], ids=str)
@pytest.mark.parametrize("region", ["neck", "lower_back"])
def test_who_gets_dizzy_has_the_time_for_every_wait_and_hears_of_it(setting: Setting, region: str) -> None:
    answers = well(vertigo_or_dizziness="yes", age=58, pain_region=(region,))
    made = planned(Person(answers, 12, (setting, Setting.CHAIR_DESK), at=EVENING, wanted=("side_lying_rest",)))
    cues = timeline(made, load()).cues

    assert len({step.position for step in made.steps}) > 1 or setting is Setting.CHAIR_DESK
    for index, (before, step) in enumerate(pairwise(made.steps), start=1):
        into = [cue for cue in cues if cue.step == index and cue.kind is CueKind.INTO_POSITION]
        rolls = step.position is Position.SIDE_LYING
        if before.stretch != step.stretch and (before.position is not step.position or rolls):
            assert into[0].seconds >= 38
            assert re.search("wait 30 s", " ".join(into[0].say), re.IGNORECASE)
        assert rolls is False or step.transition_s >= 38
    assert "towel_roll_thoracic_extension" not in {step.stretch for step in made.steps}


@pytest.mark.parametrize(("kneels", "said"), [("yes", "one knee first"), ("no", "in the way you are used to")])
def test_how_to_get_down_is_said_once_and_the_chair_for_it_lies_ready(kneels: str, said: str) -> None:
    made = planned(Person(well(age=84, can_kneel=kneels), 10, (Setting.FLOOR,), at=EVENING))

    heard = [sentence for cue in timeline(made, load()).cues for sentence in cue.say if "hands on a chair" in sentence]

    assert len(heard) == 1
    assert said in heard[0]
    assert any("Have ready" in note and "chair" in note for note in made.notes)


def spoken_of(cue: Cue) -> float:
    """The seconds that a calm voice takes for what is said in a cue."""
    return sum(map(spoken_s, cue.say))


@pytest.mark.parametrize("identifier", ["V01", "V03", "V04", "V06", "V07", "V08"])
def test_a_hold_never_speaks_longer_than_it_lasts(identifier: str) -> None:
    made = planned(vignette(identifier, 15, tuple(Setting), at=EVENING))
    holds = [cue for cue in timeline(made, load()).cues if cue.kind is CueKind.HOLD]

    assert holds
    assert {cue.say: spoken_of(cue) for cue in holds if len(cue.say) > 1 and spoken_of(cue) > cue.seconds} == {}


@pytest.mark.parametrize("identifier", ["V01", "V03", "V04", "V06", "V07", "V08"])
def test_what_to_do_and_how_far_is_said_on_the_way_in_or_in_the_first_hold(identifier: str) -> None:
    made = planned(vignette(identifier, 15, tuple(Setting), at=EVENING))
    later = [cue for cue in timeline(made, load()).cues if cue.kind is CueKind.HOLD and cue.count > 1]

    assert later
    assert [text for cue in later for text in cue.say if not text.startswith("Feel it: ")] == []


def test_how_to_leave_a_hold_is_said_when_its_last_one_is_over() -> None:
    made = planned(Person(well(), 10, (Setting.FLOOR,), at=EVENING, wanted=("supine_hamstring_hands",)))
    cues = whole(made).cues
    heard = [(n, cue) for n, cue in enumerate(cues) if "Lower with control." in cue.say]

    assert [cue.side for _, cue in heard][:1] == [Side.RIGHT]
    for n, cue in heard:
        assert cue.kind in (CueKind.CHANGE_SIDES, CueKind.INTO_POSITION, CueKind.CHANGE_POSITION, CueKind.FINISH)
        assert cues[n - 1].kind is CueKind.HOLD
        assert cues[n - 1].count == cues[n - 1].of
        assert cue.say[0] == "Lower with control."


@pytest.mark.parametrize("pain", [5, 6])
def test_with_pain_of_5_or_6_nothing_said_goes_the_whole_way(pain: int) -> None:
    whole_way = re.compile(
        r"as far as is easy|right angle\.|opens to the ceiling|whole back domes|press the chest up with|behind a car"
        r"|lean back over|shallow bowl|forms a C|towards the heel|like turning a page",
        re.IGNORECASE,
    )
    for settings_ in [(Setting.FLOOR,), (Setting.CHAIR_DESK,), (Setting.BED,)]:
        for region in ("neck", "upper_back", "lower_back", "buttock"):
            made = planned(Person(well(nprs_rest=pain, pain_region=(region,)), 20, settings_, at=EVENING))
            said = [line for cue in timeline(made, load()).cues for line in cue.say]

            assert made.steps
            assert [line for line in said if whole_way.search(line)] == []


def test_who_turns_over_with_a_back_that_must_stay_still_is_told_to_do_it_in_one_piece() -> None:
    answers = well(surgery_weeks=8, recent_spine_surgery="yes", clinician_cleared="yes", nprs_rest=2)
    made = planned(Person(answers, 12, (Setting.BED,), at=EVENING, wanted=("side_lying_quadriceps",)))
    cues = whole(made).cues
    sides = [cue for cue in cues if cue.kind is CueKind.CHANGE_SIDES]

    turned = [cue for cue in sides if made.steps[cue.step].position is Position.SIDE_LYING]
    assert turned
    assert all("in one piece, without a twist" in " ".join(cue.say) for cue in turned)
    said = " ".join(line for cue in cues for line in cue.say)
    assert "do not reach back for the foot" in said
    assert "Take hold of the upper ankle" not in said


@pytest.mark.parametrize(
    ("answers", "setting", "walks"),
    [
        ({}, Setting.CHAIR_DESK, True),
        ({"balance_problem": "yes"}, Setting.CHAIR_DESK, False),
        ({"vertigo_or_dizziness": "unsure"}, Setting.CHAIR_DESK, False),
        ({"can_use_floor": "no"}, Setting.CHAIR_DESK, False),
        ({}, Setting.BED, False),
    ],
    ids=str,
)
def test_only_who_walks_with_ease_is_told_to_walk_about(answers: dict[str, str], setting: Setting, walks: bool) -> None:
    made = planned(Person(well(**answers), 8, (setting,), at=EVENING))
    said = " ".join((*(line for cue in timeline(made, load()).cues for line in cue.say), *made.notes))

    assert ("walk about" in said) is walks
    assert said.count("Not warm yet?") == 1
    assert "Not warm yet?" not in " ".join(line for cue in timeline(made, load(), warm=True).cues for line in cue.say)


def test_a_squeeze_at_the_end_of_a_hold_is_said_at_the_end_of_each() -> None:
    cues = whole(planned(vignette("V10", 8, (Setting.CHAIR_DESK,), at=EVENING))).cues
    holds = [n for n, cue in enumerate(cues) if cue.kind is CueKind.HOLD]

    assert holds
    assert all("gently and once" in cues[n + 1].say[0] for n in holds)
