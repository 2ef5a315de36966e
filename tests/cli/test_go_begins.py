"""What `supple go` begins with: the plan, the logs beside it, and how the person is now; none may be forgotten."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from supple import shapes
from supple.anatomy import Side
from supple.catalogue import load
from supple.cli import before, go, resuming
from supple.cli.plans import read_plan
from supple.cli.show import wrapped
from supple.planner import Plan, PlanRefused
from supple.safety.aftercare import Outcome
from supple.safety.before_session import changes
from supple.safety.words import MoreSigns
from supple.session import LEG_NOT_ANSWERED, NOT_ANSWERED, Ending, Log, Playback, Recheck, alarm, open_question
from supple.session.log import Entry
from supple.session.opening import FAINT, LEG_OPEN, NEW_SIGNS, left_open
from tests.cli.doors import answers_file, supple
from tests.people import EVENING, vignette
from tests.people import planned as planned_for
from tests.safety.people import well

Begin = Callable[..., Playback]
RED = {"exercise": "supine_figure_four", "before": 2, "during": 3, "quality": "tingling_or_numb"}
BENT_BACK = {"flexion_effect": "worse", "pain_region": ("upper_back", "lower_back"), "setting": "chair_desk"}


def a_log(folder: Path, days: float, after: Outcome, *, pain: int = 2, stretch: str = "chin_tuck") -> None:
    """A session so many days before the evening, of one stretch, and what was told of the day after."""
    folder.mkdir(exist_ok=True)
    at = EVENING - timedelta(days=days)
    entries = (Entry(stretch, Side.NONE, at, 20, Ending.DONE),)
    log = Log(
        at, pain, entries=entries, ended=at, ending=Ending.DONE, day_after=after, day_after_at=at + timedelta(days=1)
    )
    (folder / f"{days}.json").write_text(shapes.dumps(log), encoding="utf-8")


@pytest.fixture
def planned(tmp_path: Path) -> Callable[..., Plan]:
    """A plan for these answers, made by the command and read back from its file."""

    def make(answers: Mapping[str, Any], *options: str | Path) -> Plan:
        file = tmp_path / "plan.json"
        said = supple("plan", answers_file(tmp_path, answers), "-o", file, *options)
        assert said.code == 0, said.err
        return read_plan(file)

    return make


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """A session of a plan, begun in the evening by somebody with nothing new and so much pain."""

    def start(made: Plan, logs: Path, *, at: datetime = EVENING, pain: int = 2, up: str = "0") -> Playback:
        monkeypatch.setattr(before, "yes", lambda *_, **__: False)
        monkeypatch.setattr(before, "ask", lambda question, _: str(pain) if "pain" in question else up)
        monkeypatch.setattr(resuming, "prompt", lambda _: "")
        return go._begun(made, logs / "today.json", {logs}, at.astimezone())

    return start


def stretches(made: Plan) -> set[str]:
    """The stretches of a plan."""
    return {step.stretch for step in made.steps}


def bends(made: Plan) -> set[str]:
    """Those that bend the low back more than a little."""
    return {name for name in stretches(made) if load().stretch(name).spine_load.lumbar.flexion >= 2}


def test_a_red_light_told_of_in_the_answers_stays_beside_an_older_log(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned({**vignette("V07").answers, "session_log": RED, "setting": "floor"}, "--minutes", "12")
    a_log(tmp_path / "logs", 9, Outcome.MAY_PROGRESS)

    begun = begin(made, tmp_path / "logs").plan

    assert made.background.dropped
    assert begun.steps
    assert not stretches(begun) & set(made.background.dropped)
    assert set(begun.background.dropped) >= set(made.background.dropped)


def test_the_easy_days_of_a_history_stay_beside_another_log(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    a_log(tmp_path / "elsewhere", 2, Outcome.FLARE_PLAN)
    at = f"{EVENING:%Y-%m-%dT%H:%M}"
    answers = {**vignette("V07").answers, "setting": "floor"}
    made = planned(answers, "--minutes", "8", "--history", tmp_path / "elsewhere", "--at", at)
    a_log(tmp_path / "logs", 20, Outcome.MAY_PROGRESS)

    begun = begin(made, tmp_path / "logs").plan

    assert made.background.easy is not None
    assert begun.steps
    assert stretches(begun) <= set(made.background.easy)


def test_flare_ups_that_come_three_times_a_month_end_following_a_plan_too(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned({**vignette("V07").answers, "setting": "floor"}, "--minutes", "8")
    for days in (25, 18, 10):
        a_log(tmp_path / "logs", days, Outcome.FLARE_PLAN)

    with pytest.raises(PlanRefused, match=r"No stretching now\. Your flare-ups last or keep coming back"):
        begin(made, tmp_path / "logs")


def test_after_a_flare_up_one_begins_again_only_when_pain_is_near_usual(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned({**vignette("V07").answers, "setting": "floor"}, "--minutes", "8")
    a_log(tmp_path / "logs", 6, Outcome.FLARE_PLAN)

    sore, well_again = (begin(made, tmp_path / "logs", pain=pain).plan.background for pain in (4, 3))

    assert sore.easy is not None
    assert well_again.easy is None
    assert well_again.share_percent == 50


def test_a_flare_up_that_has_not_settled_in_a_week_ends_following_a_plan(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned({**vignette("V07").answers, "setting": "floor"}, "--minutes", "8")
    a_log(tmp_path / "logs", 9, Outcome.FLARE_PLAN)

    assert begin(made, tmp_path / "logs", pain=3).plan.steps
    with pytest.raises(PlanRefused, match="Your flare-ups last or keep coming back"):
        begin(made, tmp_path / "logs", pain=4)


def test_strong_pain_asked_now_leaves_out_what_it_leaves_out_among_the_answers(
    planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned(well(pain_region=("upper_back",), setting="floor"), "--minutes", "10")

    begun = begin(made, tmp_path / "logs", pain=6).plan

    assert begun.steps
    assert not stretches(begun) & {"thread_the_needle", "towel_roll_thoracic_extension"}


@pytest.mark.parametrize(("up", "may_bend"), [("0", False), ("1", False), ("2", True)])
def test_in_the_morning_one_bends_only_when_up_for_two_hours(
    up: str, may_bend: bool, planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned(well(**BENT_BACK), "--minutes", "5", "--at", "2026-11-20T18:00")

    begun = begin(made, tmp_path / "logs", at=datetime.fromisoformat("2026-11-21T07:00"), up=up).plan

    assert bends(made)
    assert bool(bends(begun)) is may_bend


@pytest.mark.parametrize("up", [300, None], ids=["told in the evening", "not told"])
def test_what_was_told_of_getting_up_last_evening_does_not_let_one_bend_in_the_morning(
    up: int | None, planned: Callable[..., Plan], begin: Begin, tmp_path: Path
) -> None:
    made = planned(well(**BENT_BACK, minutes_since_rising=up), "--minutes", "5", "--at", "2026-11-20T18:00")

    begun = begin(made, tmp_path / "logs", at=datetime.fromisoformat("2026-11-21T07:00")).plan

    assert bends(made)
    assert begun.steps
    assert not bends(begun)


@pytest.mark.parametrize(("columns", "one_each"), [("40", False), ("80", True)])
def test_what_is_asked_before_a_session_is_whole_on_a_terminal_of_24_lines(
    columns: str, one_each: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "24")
    asked = [before.whole_on_screen(NEW_SIGNS, change.short) for change in changes(pregnant=True)]
    open_log = Log(EVENING, 2, rechecks=(Recheck(EVENING, NOT_ANSWERED),))
    left = left_open(open_log, tuple(MoreSigns))
    assert left

    for question in (*(one for several in asked for one in several), left.asks, FAINT, LEG_OPEN):
        assert wrapped(question, room=before.YES_OR_NO).count("\n") < 23, question
    assert all(len(several) == 1 for several in asked) is one_each
    for change, several in zip(changes(pregnant=True), asked, strict=True):
        assert [" ".join(several).count(sign) for sign in change.short] == [1] * len(change.short)


@pytest.mark.parametrize("worse", [True, False])
def test_a_leg_that_was_left_unanswered_is_asked_after_before_anything_else(
    worse: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(question: str) -> bool:
        asked.append(question)
        return worse

    monkeypatch.setattr(before, "yes", yes)
    at = EVENING.astimezone()
    log = Log(at, 2, rechecks=(Recheck(at, LEG_NOT_ANSWERED),), ended=at, ending=Ending.STOPPED)
    (tmp_path / "log.json").write_text(shapes.dumps(log), encoding="utf-8")
    made = planned_for(vignette("V07"))

    if worse:
        with pytest.raises(PlanRefused, match="No stretching now"):
            before.heed_signs(made, {tmp_path}, at)
    else:
        before.heed_signs(made, {tmp_path}, at)

    assert asked == [LEG_OPEN]
    kept = shapes.loads(Log, (tmp_path / "log.json").read_text(encoding="utf-8"), name="log")
    assert open_question(kept) is None
    assert (alarm(kept) is not None) is worse
