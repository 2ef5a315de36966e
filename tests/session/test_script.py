"""What is said when, and what the figure does meanwhile: nothing overlaps, nothing is cut, and the page agrees."""

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Plan, PlanRefused
from supple.session import Cue, CueKind, Timeline, timeline
from supple.session.pose import Pose, Way, pose, rests_first
from supple.session.script import CAN_WAIT, COUNT, script
from supple.session.timeline import EASE_OFF
from tests.people import EVENING, Person, people, planned, vignette
from tests.safety.people import well

CASES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "cases/session.json").read_text(encoding="utf-8"))
PLAN = planned(vignette("V07", 8))
LINE = timeline(PLAN, load())


def nothing_overlaps(line: Timeline) -> None:
    """Raises AssertionError where two sentences are said at once, or one before its cue."""
    said = script(line)
    assert all(one.at_s + one.seconds <= other.at_s + 1e-6 for one, other in pairwise(said))


@settings(max_examples=25)
@given(people())
def test_no_two_sentences_are_said_at_once_and_all_that_guides_is_said(person: Person) -> None:
    try:
        line = timeline(planned(person), load())
    except PlanRefused:
        return
    told = [each.text for each in script(line) if not each.counts]
    wanted = [text for cue in line.cues for text in cue.say]

    nothing_overlaps(line)
    assert [text for text in told if not may_go_unsaid(text)] == [text for text in wanted if not may_go_unsaid(text)]
    for each in script(line):
        if each.text == EASE_OFF:
            assert line.at(each.at_s).kind is line.at(each.at_s + each.seconds - 0.01).kind is CueKind.REST


def may_go_unsaid(text: str) -> bool:
    """Whether it gives way where there is no time for it."""
    return text == EASE_OFF or text.startswith(CAN_WAIT)


def test_to_ease_off_is_said_where_there_is_time_for_it() -> None:
    rest = next(cue for cue in LINE.cues if cue.kind is CueKind.REST)
    quiet = Timeline(rest.until_s, (replace(rest, say=(EASE_OFF,)),))

    assert [each.text for each in script(quiet)] == [EASE_OFF]


def test_the_last_three_seconds_of_a_long_hold_are_counted_unless_somebody_speaks() -> None:
    hold = next(cue for cue in LINE.cues if cue.kind is CueKind.HOLD and cue.seconds >= 10)

    quiet = Timeline(hold.until_s, (replace(hold, say=()),))
    busy = Timeline(hold.until_s, (replace(hold, say=("word " * (3 * hold.seconds),)),))

    counted = [(each.at_s, each.text) for each in script(quiet)]
    assert counted == [(hold.until_s - 3 + n, text) for n, text in enumerate(COUNT)]
    assert not any(each.counts for each in script(busy))


def test_the_figure_is_in_position_before_a_hold_and_at_its_arc_in_it() -> None:
    hold = next(cue for cue in LINE.cues if cue.kind is CueKind.HOLD)

    assert pose(LINE, PLAN, hold.at_s - 0.01).way is Way.ENTER
    assert pose(LINE, PLAN, hold.at_s).share == 0
    assert pose(LINE, PLAN, hold.until_s - 1).share == 1


def test_nothing_jumps_within_a_step() -> None:
    for tenth in range(10 * LINE.seconds - 1):
        now, then = (pose(LINE, PLAN, n / 10) for n in (tenth, tenth + 1))
        if (now.step, now.way) == (then.step, then.way) and now.way is not Way.CYCLE:
            assert abs(now.share - then.share) < 0.15


def test_the_figure_lies_flat_while_one_rests_before_it_comes_up_and_again_between_its_holds() -> None:
    plan, line = shortened()
    into, rest = (
        next(cue for cue in line.cues if cue.step == len(plan.steps) - 1 and cue.kind is kind)
        for kind in (CueKind.INTO_POSITION, CueKind.REST)
    )

    assert into.seconds > 60
    assert {pose(line, plan, into.at_s + n).share for n in range(3, into.seconds)} == {0.0}
    assert pose(line, plan, into.until_s + 6) == Pose(len(plan.steps) - 1, Way.ENTER, 1.0)
    assert pose(line, plan, (rest.at_s + rest.until_s) / 2).way is Way.ENTER
    assert pose(line, plan, (rest.at_s + rest.until_s) / 2).share < 0.1


def test_after_the_end_one_is_out_of_the_last_stretch() -> None:
    last = pose(LINE, PLAN, LINE.seconds + 1)

    assert (last.step, last.way, last.share) == (len(PLAN.steps) - 1, Way.OUT, 0)


def test_the_cases_that_the_page_reads_are_those_of_today() -> None:
    plan, line = shortened()

    assert cases(plan, line) == CASES, (
        "tests/cases/session.json: write it anew with python -m tests.session.test_script"
    )


def shortened() -> tuple[Plan, Timeline]:
    """Three steps: one held, one moved, and one before which one rests."""
    steps = [next(step for step in PLAN.steps if bool(step.cycles) is moves) for moves in (False, True)]
    rests = planned(Person(well(pain_region=("lower_back",)), 15, (Setting.FLOOR,), at=EVENING, wanted=("sphinx",)))
    plan = replace(PLAN, steps=(*steps, *(step for step in rests.steps if step.stretch == "sphinx")))
    return plan, timeline(plan, load())


def cases(plan: Plan, line: Timeline) -> dict[str, Any]:
    """A session, what is said in it, and what the figure does every 7/10 s."""
    seconds = [n * 0.7 for n in range(int(line.seconds / 0.7) + 2)]
    return {
        "cues": [_cue(cue) for cue in line.cues],
        "steps": [
            {
                "mode": s.mode.value,
                "pause_s": s.pause_s,
                "cycle_s": s.seconds / s.cycles if s.cycles else 0,
                "rests_first": rests_first(s),
            }
            for s in plan.steps
        ],
        "said": [[round(each.at_s, 1), each.text, each.counts] for each in script(line)],
        "ready_at": [line.ready_at(second) for second in seconds],
        "poses": [list(_posed(plan, line, second)) for second in seconds],
    }


def _cue(cue: Cue) -> dict[str, Any]:
    told = {"kind": cue.kind.value, "at_s": cue.at_s, "seconds": cue.seconds, "step": cue.step}
    return {**told, "say": list(cue.say), "count": cue.count, "of": cue.of}


def _posed(plan: Plan, line: Timeline, second: float) -> Iterable[Any]:
    found = pose(line, plan, second)
    return second, found.step, found.way.value, found.share, found.end


if __name__ == "__main__":
    text = json.dumps(cases(*shortened()), indent=1)
    Path("tests/cases/session.json").write_text(text + "\n", encoding="utf-8")
