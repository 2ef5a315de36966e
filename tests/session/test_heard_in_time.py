"""Whatever somebody has to know is heard before they move: how to come in, what is different for them, what to do."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.planner import Plan, PlanRefused
from supple.planner.doses import Mode
from supple.planner.way_in import WAIT, WAITS, guide_of
from supple.safety.grave_pain import Pain
from supple.safety.traffic_light import Quality, colour
from supple.session import Timeline, advance, go_on, hurts, kept, start, timeline
from supple.session.script import script
from supple.session.timeline import WORK
from tests.people import EVENING, Person, people, planned
from tests.safety.people import well

AMBER, RED, NERVE = (5, Quality.ACHE), (7, Quality.ACHE), (4, Quality.SPREADING)


def made_for(person: Person) -> Plan:
    """The plan; somebody who gets none is no case."""
    try:
        return planned(person)
    except PlanRefused:
        assume(False)
        raise


def way(line: Timeline, step: int) -> list[str]:
    """What is said on the way into a step."""
    work = next(cue for cue in line.cues if cue.step == step and cue.kind in WORK)
    return [text for cue in line.cues if cue.step == step and cue.at_s < work.at_s for text in cue.say]


def heard_late(line: Timeline) -> list[str]:
    """What is said of the way into a step and is not over when its work begins."""
    said, late = script(line), list[str]()
    for step in {cue.step for cue in line.cues if cue.kind in WORK}:
        work = next(cue for cue in line.cues if cue.step == step and cue.kind in WORK)
        heard = {each.text for each in said if each.step == step and each.at_s + each.seconds <= work.at_s + 1e-6}
        late += [text for text in way(line, step) if text not in heard]
    return late


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(st.integers(1, 20)))
def test_all_of_it_is_heard_before_the_work_begins(person: Person) -> None:
    made = made_for(person)
    line = timeline(made, load())
    words = guide_of(load(), made.limits, made.minutes)

    assert heard_late(line) == []
    for index, step in enumerate(made.steps):
        said = words.told(step).said
        needed = said.steps[: said.ahead] if words.brief and step.mode is Mode.HOLD else said.steps
        if step.side is not Side.RIGHT:
            assert {*said.begin, *step.changes, *needed} <= {*way(line, index)}


def test_who_rolls_over_is_told_to_wait_before_it_and_never_in_the_work() -> None:
    dizzy = well(vertigo_or_dizziness="yes", age=58)
    made = planned(Person(dizzy, 15, (Setting.FLOOR,), at=EVENING, wanted=("open_book", "side_lying_quadriceps")))
    line = timeline(made, load())
    waits = [(cue.kind, text) for cue in line.cues for text in cue.say if WAITS.search(text)]

    assert "open_book" in {step.stretch for step in made.steps}
    assert waits
    assert not [text for kind, text in waits if kind in WORK]


def test_who_has_to_wait_hears_what_to_do_once_that_is_over() -> None:
    made = planned(Person(well(vertigo_or_dizziness="yes", age=58), 10, (Setting.BED,), at=EVENING))
    said = script(timeline(made, load()))
    waited = [(now, after) for now, after in pairwise(said) if now.text == WAIT.format(seconds=30)]

    assert waited
    assert all(after.at_s - (now.at_s + now.seconds) >= 29 for now, after in waited)


@pytest.mark.parametrize("stretch", ["sphinx", "prone_press_up"])
def test_where_one_is_told_to_rest_a_minute_first_there_is_a_minute(stretch: str) -> None:
    bent = well(flexion_effect="worse", extension_effect="better", nprs_rest=3)
    said = script(timeline(planned(Person(bent, 10, (Setting.FLOOR,), at=EVENING, wanted=(stretch,))), load()))
    first = [n for n, line in enumerate(said) if "rest a minute" in line.text]

    assert first
    assert all(said[n + 1].at_s - (said[n].at_s + said[n].seconds) >= 59 for n in first)


def test_on_the_second_side_what_names_it_is_heard_before_the_work() -> None:
    made = planned(Person(well(), 10, (Setting.FLOOR,), at=EVENING, wanted=("childs_pose_side_reach", "open_book")))
    line = timeline(made, load())
    second = {step.stretch: way(line, n) for n, step in enumerate(made.steps) if step.side is Side.RIGHT}

    assert "From child's pose, walk both hands to the left." in second["childs_pose_side_reach"]
    assert any(text.startswith("Lie on the left side") for text in second["open_book"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(st.integers(4, 15)), st.integers(0, 6), st.sampled_from([AMBER, RED, NERVE]))
def test_so_it_is_after_pain_and_after_a_break(person: Person, index: int, pain: tuple[int, Quality]) -> None:
    made = made_for(person)
    assume(index < len(made.steps))
    begun = start(made, load(), EVENING, 2)
    now = advance(begun, begun.timeline.start_of(index) + made.steps[index].transition_s + 5, EVENING)

    after = hurts(now, load(), EVENING, Pain(2, *pain), colour(2, *pain))
    later = go_on(kept(now), load())

    assert heard_late(after.timeline) == []
    assert later is not None
    assert heard_late(later.timeline) == []
