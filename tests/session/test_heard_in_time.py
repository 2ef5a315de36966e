"""Whatever somebody has to know is heard before they move: how to come in, what is different for them, what to do."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from supple.anatomy import Side
from supple.catalogue import load
from supple.planner import Plan, PlanRefused
from supple.planner.doses import Mode
from supple.planner.way_in import guide_of
from supple.safety.grave_pain import Pain
from supple.safety.traffic_light import Quality, colour
from supple.session import Timeline, advance, go_on, hurts, kept, start, timeline
from supple.session.script import script
from supple.session.timeline import WORK
from tests.people import EVENING, Person, people, planned

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
