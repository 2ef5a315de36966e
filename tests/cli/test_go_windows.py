"""`supple go` in two windows, killed, abroad and with an open question: nothing that was told is lost or overlooked."""

import json
import re
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from supple import shapes
from supple.planner import Plan
from supple.safety.traffic_light import Colour
from supple.session import NOT_ANSWERED, Ending, Log, Recheck
from supple.session.log import Entry
from tests.cli.doors import ended, plan_file, terminal
from tests.cli.test_go_terminal import RUNNING, WELL, ask_through, kept, until_logged
from tests.people import planned, vignette


def said(sentence: str) -> str:
    """A pattern for a sentence wherever its lines break; a star stands for anything."""
    return r"\s+".join(".*" if word == "*" else re.escape(word) for word in sentence.split())


@pytest.fixture
def made() -> Plan:
    """A plan for somebody without limits."""
    return planned(vignette("V07", 5))


@pytest.fixture
def plan(made: Plan, tmp_path: Path) -> Path:
    """That plan, written down."""
    return plan_file(tmp_path, made)


def test_a_second_window_is_told_of_the_first_and_writes_nothing(plan: Path, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "today.json"
    with terminal("go", plan, "--log", log) as first:
        ask_through(first, WELL)
        first.expect(RUNNING)
        before = log.read_bytes()

        for other in (log, log.parent / "other.json"):
            with terminal("go", plan, "--log", other) as second:
                second.expect(
                    said("a session is running in another window; go on there, or end it there with q first.")
                )
                assert ended(second) == 2

        assert log.read_bytes() == before
        first.send("q")
        assert ended(first) == 0

    assert list(log.parent.iterdir()) == [log]


def test_a_second_window_with_its_log_elsewhere_is_told_of_the_first(plan: Path, tmp_path: Path) -> None:
    home = {"SUPPLE_DATA": str(tmp_path / "home")}
    with terminal("go", plan, **home) as first:
        ask_through(first, WELL)
        first.expect(RUNNING)

        with terminal("go", plan, "--log", tmp_path / "elsewhere" / "x.json", **home) as second:
            second.expect(said("a session is running in another window"))
            assert ended(second) == 2


def test_a_log_elsewhere_forgets_nothing_of_the_usual_folder(made: Plan, plan: Path, tmp_path: Path) -> None:
    usual, at = tmp_path / "home" / "sessions", datetime.now().astimezone() - timedelta(hours=1)
    usual.mkdir(parents=True)
    hurt = made.steps[0]
    entry = Entry(hurt.stretch, hurt.side, at, 20, Ending.STOPPED, Colour.RED)
    red = Log(at, 2, entries=(entry,), ended=at, ending=Ending.STOPPED)
    (usual / "red.json").write_text(shapes.dumps(red), encoding="utf-8")
    log = tmp_path / "elsewhere" / "x.json"

    with terminal("go", plan, "--log", log, SUPPLE_DATA=str(usual.parent)) as child:
        ask_through(child, WELL)
        child.expect("The plan was made again for how you are now")
        child.expect("Press Enter to begin")
        child.sendline()
        child.expect(RUNNING)

        assert hurt.stretch not in {step["stretch"] for step in kept(log)["rest"]["steps"]}


def test_after_a_kill_the_same_command_goes_on_and_no_lock_is_left(plan: Path, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "today.json"
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.kill(signal.SIGKILL)
        child.wait()

    with terminal("go", plan, "--log", log, "--speed", "300") as child:
        child.expect("is not finished. Go on with it")
        child.sendline("y")
        ask_through(child, WELL)
        assert ended(child) == 0

    assert list(log.parent.iterdir()) == [log]


def test_weakness_and_a_closed_window_bar_the_next_session(plan: Path, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "today.json"
    with terminal("go", plan, "--log", log, "--speed", "30") as child:
        ask_through(child, WELL)
        until_logged(child, log, 1)
        child.send("h")
        child.expect("What does it feel like")
        child.send("\x1b[B" * 6 + "\r")  # down to weakness
        child.expect("Sit down now")
        child.sendintr()
        child.expect(said("You told of this: weakness during a stretch."))
        assert ended(child) == 3

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect(said("asked and not answered."))
        child.sendline("n")
        child.expect(said("a session ended with this sign: weakness during a stretch."))
        assert ended(child) == 3


def test_a_grave_question_left_open_in_a_session_that_ended_is_asked_before_the_next(
    plan: Path, tmp_path: Path
) -> None:
    at = datetime.now().astimezone() - timedelta(hours=3)
    left = Log(at, 2, rechecks=(Recheck(at, NOT_ANSWERED),), ended=at, ending=Ending.STOPPED)
    file = tmp_path / "logs" / "before.json"
    file.parent.mkdir()
    file.write_text(shapes.dumps(left), encoding="utf-8")

    with terminal("go", plan, "--log", file.parent / "next.json") as child:
        child.expect(said("this was asked and not answered."))
        child.sendline("n")
        ask_through(child, WELL)
        child.expect(RUNNING)
    assert [check["answer"] for check in kept(file)["rechecks"]] == [NOT_ANSWERED, "none"]

    file.write_text(shapes.dumps(left), encoding="utf-8")
    with terminal("go", plan, "--log", file.parent / "third.json") as child:
        child.expect(said("this was asked and not answered."))
        child.sendline("y")
        child.expect("No stretching now")
        assert ended(child) == 3


def a_stretch(made: Plan, at: datetime) -> Log:
    """A session of one movement, done at that moment."""
    step = made.steps[0]
    entries = (Entry(step.stretch, step.side, at, step.work_s, Ending.DONE),)
    return Log(at, 2, entries=entries, ended=at, ending=Ending.DONE)


@pytest.mark.torture
def test_after_a_journey_west_a_session_of_this_morning_is_no_session_of_tomorrow(
    made: Plan, plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    with terminal("go", plan, "--log", folder / "there.json", TZ="Asia/Tokyo") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.send("q")
        assert ended(child) == 0
    assert kept(folder / "there.json")["started"].endswith("+09:00")

    with terminal("go", plan, "--log", folder / "here.json", TZ="Europe/London") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
    assert kept(folder / "here.json")["started"].endswith("+00:00")


@pytest.mark.torture
def test_a_session_that_lies_ahead_by_the_clock_counts_as_just_done_and_says_so(
    made: Plan, plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    ahead = shapes.plain(a_stretch(made, datetime.now() + timedelta(hours=9)))  # noqa: DTZ005 - as older logs have it
    (folder / "ahead.json").write_text(json.dumps(ahead), encoding="utf-8")

    with terminal("go", plan, "--log", folder / "now.json") as child:
        ask_through(child, WELL)
        child.expect(said("so it counts as done just now."))
        child.expect("Press Enter to begin")
        child.sendline()
        child.expect(RUNNING)
        rest = kept(folder / "now.json")["rest"]

    assert rest["background"]["resting"]
    assert made.steps[0].stretch not in {step["stretch"] for step in rest["steps"]}


def test_a_session_more_than_a_day_ahead_is_refused_with_the_remedy(made: Plan, plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    ahead = shapes.plain(a_stretch(made, datetime.now() + timedelta(days=2)))  # noqa: DTZ005 - as older logs have it
    (folder / "ahead.json").write_text(json.dumps(ahead), encoding="utf-8")

    with terminal("go", plan, "--log", folder / "now.json") as child:
        ask_through(child, WELL)
        child.expect(said("set this machine's clock right, or move that log out of its folder."))
        assert ended(child) == 2
