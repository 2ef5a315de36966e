"""`supple go` at a real terminal: the questions before a session, a log that survives a kill, and the day after."""

import json
import signal
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pexpect
import pytest

from supple import shapes
from supple.planner import Plan
from supple.safety.gate import positions_of_ease
from supple.session import Ending, Log
from supple.session.log import Entry
from tests.cli.doors import PATIENCE_S, ended, plan_file, terminal
from tests.people import planned, vignette

NEW = "is anything of this new"
PAIN = "Your pain now"
AGAIN = "The plan was made again for how you are now"
RUNNING = "It hurts"
WELL = ["n", "2"]


def ask_through(child: "pexpect.spawn[str]", answers: Sequence[str]) -> None:
    """Answer the two questions before every session."""
    for question, answer in zip([NEW, PAIN], answers, strict=False):
        child.expect(question)
        child.sendline(answer)


def kept(file: Path) -> dict[str, Any]:
    """The log as it lies on the disk now."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def stretches_ahead(file: Path) -> set[str]:
    """The stretches that a session under way still holds."""
    return {step["stretch"] for step in kept(file)["rest"]["steps"]}


def until_logged(child: "pexpect.spawn[str]", file: Path, steps: int) -> dict[str, Any]:
    """The log once it holds so many steps; what the terminal shows meanwhile is read away."""
    give_up = monotonic() + PATIENCE_S
    while monotonic() < give_up:
        child.expect([pexpect.TIMEOUT, "\x1b"], timeout=0.05)
        if file.exists() and len(kept(file)["entries"]) >= steps:
            return kept(file)
    raise AssertionError("the log did not grow")


@pytest.fixture
def made() -> Plan:
    """A plan for somebody without limits."""
    return planned(vignette("V07", 5))


@pytest.fixture
def plan(made: Plan, tmp_path: Path) -> Path:
    """That plan, written down."""
    return plan_file(tmp_path, made)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the log is to lie."""
    return tmp_path / "logs" / "today.json"


def test_a_session_runs_to_its_end(made: Plan, plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, "--speed", "300") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.expect(f"{len(made.steps)} steps, .* of stretching and moving")

        assert ended(child) == 0

    assert [entry["stretch"] for entry in kept(log)["entries"]] == [step.stretch for step in made.steps]
    assert kept(log)["ending"] == "done"
    assert kept(log)["pain_before"] == 2


def test_a_killed_session_goes_on_with_the_next_step(made: Plan, plan: Path, log: Path) -> None:
    steps = [(step.stretch, step.side.value) for step in made.steps]
    with terminal("go", plan, "--log", log, "--speed", "100") as child:
        ask_through(child, WELL)
        saved = until_logged(child, log, 2)
        child.kill(signal.SIGKILL)
        child.wait()
    done = [(entry["stretch"], entry["side"]) for entry in kept(log)["entries"]]
    assert done[: len(saved["entries"])] == steps[: len(saved["entries"])]

    with terminal("go", plan, "--log", log, "--speed", "300") as child:
        child.expect("is not finished. Go on with it")
        child.sendline("y")
        ask_through(child, WELL)
        assert ended(child) == 0

    assert [(entry["stretch"], entry["side"]) for entry in kept(log)["entries"]] == steps
    assert kept(log)["ending"] == "done"
    assert list(log.parent.iterdir()) == [log]

    with terminal("go", plan, "--log", log) as child:
        child.expect("this session is finished; choose another name for the new log")
        assert ended(child) == 2


def test_a_session_that_is_not_gone_on_with_stays_as_it_is(made: Plan, plan: Path, log: Path) -> None:
    before = unfinished(made, log, datetime.now() - timedelta(minutes=5))  # noqa: DTZ005 - the clock on the wall

    with terminal("go", plan, "--log", log) as child:
        child.expect("Go on with it")
        child.sendline("n")
        child.expect("stays as it is; choose another name")
        assert ended(child) == 2

    assert log.read_text(encoding="utf-8") == before


def test_a_session_broken_off_long_ago_is_not_gone_on_with(made: Plan, plan: Path, log: Path) -> None:
    before = unfinished(made, log, datetime.now() - timedelta(days=1))  # noqa: DTZ005 - the clock on the wall

    with terminal("go", plan, "--log", log) as child:
        child.expect("was broken off too long ago")
        assert ended(child) == 2

    assert log.read_text(encoding="utf-8") == before


def test_a_session_gone_on_with_in_more_pain_is_planned_again(made: Plan, plan: Path, log: Path) -> None:
    unfinished(made, log, datetime.now() - timedelta(minutes=5))  # noqa: DTZ005 - the clock on the wall

    with terminal("go", plan, "--log", log) as child:
        child.expect("Go on with it")
        child.sendline("y")
        ask_through(child, ["n", "6"])
        child.expect([AGAIN, "Nothing safe is left for now"])


def unfinished(made: Plan, file: Path, started: datetime) -> str:
    """A log with the first step done and the rest still to do, as text."""
    first, *rest = made.steps
    entry = Entry(first.stretch, first.side, started, first.work_s, Ending.DONE)
    seconds = sum(step.seconds + step.transition_s for step in rest)
    plan = shapes.build(Plan, {**shapes.plain(made), "steps": shapes.plain(rest), "seconds": seconds}, place="rest")
    file.parent.mkdir()
    text = shapes.dumps(Log(started, 2, entries=(entry,), rest=plan))
    file.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize(
    ("answers", "because"),
    [(["y"], "No stretching now."), (["n", "8"], "Your pain is too strong to stretch today")],
    ids=["something new", "pain 8"],
)
def test_there_is_no_session_for_somebody_who_is_not_fit_for_one(
    answers: list[str], because: str, plan: Path, log: Path
) -> None:
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, answers)
        child.expect(f"supple: {because}")
        assert ended(child) == 3

    assert not log.exists()


@pytest.mark.parametrize("pain", ["6", "7"])
def test_with_more_pain_than_planned_for_the_plan_is_made_again(pain: str, plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, ["n", pain])
        child.expect(AGAIN)
        child.expect("Press Enter to begin")
        child.sendline()
        child.expect(RUNNING)

        steps = kept(log)["rest"]["steps"]
        assert steps
        assert all(step["arc_percent"] <= 33 for step in steps)
        assert pain == "6" or stretches_ahead(log) <= positions_of_ease()


def test_a_slip_in_an_answer_is_asked_again(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, ["n", "11"])
        child.expect("Answer with one of 0, 1, 2")
        child.sendline("two")
        child.expect("Answer with one of 0, 1, 2")
        child.sendline("2")
        child.expect(RUNNING)


@pytest.mark.parametrize("answers", [[], ["n"]], ids=["at what is new", "at the pain"])
def test_ctrl_c_at_a_question_is_one_sentence_and_nothing_is_written(answers: list[str], plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, answers)
        child.expect([NEW, PAIN][len(answers)])
        child.expect(": ?$")
        child.sendintr()
        child.expect("supple: stopped; nothing is lost.")
        assert ended(child) == 130

    assert not log.exists()


def test_ctrl_c_in_the_session_keeps_its_log(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, "--speed", "20") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.sendintr()
        child.expect("The log is")
        assert ended(child) == 0

    assert kept(log)["ending"] == "stopped"


def two_days_ago(made: Plan, folder: Path) -> Path:
    """The log of a session of two days ago, of which nobody has said how the day after was."""
    at = datetime.now() - timedelta(hours=47)  # noqa: DTZ005 - the clock on the wall
    entries = tuple(Entry(step.stretch, step.side, at, step.work_s, Ending.DONE) for step in made.steps)
    folder.mkdir()
    file = folder / "before.json"
    file.write_text(shapes.dumps(Log(at, 2, entries=entries, ended=at, ending=Ending.DONE)), encoding="utf-8")
    return file


def the_day_after(child: "pexpect.spawn[str]", *answers: str) -> None:
    """Tell how the day after the last session was."""
    for question, answer in zip(
        ["Since your last session", "Your pain the day after", "How long"], answers, strict=False
    ):
        child.expect(question)
        child.sendline(answer)


def test_a_flare_up_brings_the_easy_days_and_nothing_else(made: Plan, plan: Path, log: Path) -> None:
    before = two_days_ago(made, log.parent)

    with terminal("go", plan, "--log", log) as child:
        the_day_after(child, "n", "3", "2")
        child.expect("a few easy days come first")
        ask_through(child, WELL)
        child.expect(AGAIN)
        child.expect("Press Enter to begin")
        child.sendline()
        child.expect(RUNNING)
        rest = kept(log)["rest"]

    assert kept(before)["day_after"] == "flare_plan"
    assert rest["steps"]
    assert {step["stretch"] for step in rest["steps"]} <= set(rest["background"]["easy"])


def test_soreness_for_long_rests_those_muscles(made: Plan, plan: Path, log: Path) -> None:
    before = two_days_ago(made, log.parent)

    with terminal("go", plan, "--log", log) as child:
        the_day_after(child, "n", "1", "2")
        child.expect("Rest that part for two days")
        ask_through(child, WELL)
        child.expect([AGAIN, "Nothing safe is left for now"])
        child.sendline()
        child.expect([RUNNING, pexpect.EOF])

    assert kept(before)["day_after"] == "rest_that_muscle_48h_then_half_dose"
    if log.exists():
        resting = kept(log)["rest"]["background"]["resting"]
        assert resting
        assert not {step.stretch for step in made.steps} & stretches_ahead(log)


def test_new_signs_after_the_last_session_come_before_anything_else(made: Plan, plan: Path, log: Path) -> None:
    before = two_days_ago(made, log.parent)
    untouched = before.read_text(encoding="utf-8")

    with terminal("go", plan, "--log", log) as child:
        the_day_after(child, "y", "0")
        child.expect("nswer the safety questions again")
        assert ended(child) == 3

    assert before.read_text(encoding="utf-8") == untouched
    assert not log.exists()
