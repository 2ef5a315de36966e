"""`supple go` at a real terminal: the questions before a session, a log that survives a kill, and the day after."""

import json
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pexpect
import pytest

from supple import shapes
from supple.anatomy import Setting, Side
from supple.planner import Plan
from supple.safety.aftercare import Outcome
from supple.safety.before_session import changes
from supple.safety.gate import positions_of_ease
from supple.safety.questions import load_questions
from supple.safety.tables import table
from supple.safety.traffic_light import LegResponse
from supple.safety.verdicts import Verdict
from supple.session import NOT_ANSWERED, Ending, Log, Recheck
from supple.session.log import Entry
from supple.session.opening import NEW_SIGNS
from tests.cli.doors import PATIENCE_S, answers_file, ended, plan_file, supple, terminal
from tests.people import planned, vignette
from tests.safety.people import well

NEW = "is anything of this new"
PAIN = "Your pain now"
AGAIN = "The plan was made again for how you are now"
RUNNING = "It hurts"
WELL = ["n", "2"]


def ask_through(child: "pexpect.spawn[str]", answers: Sequence[str]) -> None:
    """Answer what is asked before every session: whether anything is new, the most urgent first, and the pain.

    The first answer goes for every question about what is new; after a yes no other comes.
    """
    for question, answer in zip([NEW, PAIN], answers, strict=False):
        for _ in changes() if (question, answer) == (NEW, "n") else ["once"]:
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


def stop(child: "pexpect.spawn[str]") -> None:
    """Ctrl-C at a question, as often as it takes: one that comes just before the terminal is read is not seen."""
    for _ in range(5):
        child.sendintr()
        if child.expect([r"\r\nsupple: stopped; nothing is lost\.", pexpect.TIMEOUT], timeout=PATIENCE_S / 5) == 0:
            return
    raise AssertionError("Ctrl-C was not heard")


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


def test_after_no_to_going_on_the_old_session_is_closed_and_a_fresh_one_has_its_own_log(
    made: Plan, plan: Path, log: Path
) -> None:
    before = json.loads(unfinished(made, log, datetime.now().astimezone() - timedelta(minutes=5)))

    with terminal("go", plan, "--log", log) as child:
        child.expect("Go on with it")
        child.sendline("n")
        child.expect(f"is kept here:\r\n +{log.parent}/(\\d\\S+json)")
        fresh = log.parent / child.match.group(1)  # type: ignore[union-attr]  # it matched
        ask_through(child, WELL)
        child.expect([RUNNING, "Press Enter to begin"])
        child.sendline()
        until_logged(child, fresh, 0)

    assert kept(log)["ending"] == "stopped"
    assert kept(log)["entries"] == before["entries"]
    assert kept(log)["rest"] is None
    assert kept(fresh)["entries"] == []


def test_a_killed_session_is_found_again_without_its_name(made: Plan, plan: Path, tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path)}
    with terminal("go", plan, "--speed", "100", **home) as child:
        child.expect(f"is kept here:\r\n +({tmp_path}\\S+json)")
        file = Path(child.match.group(1))  # type: ignore[union-attr]  # it matched
        ask_through(child, WELL)
        until_logged(child, file, 2)
        child.kill(signal.SIGKILL)
        child.wait()

    with terminal("go", plan, "--speed", "300", **home) as child:
        child.expect("is not finished. Go on with it")
        child.sendline("y")
        ask_through(child, WELL)
        assert ended(child) == 0

    assert list(file.parent.iterdir()) == [file]
    assert [entry["stretch"] for entry in kept(file)["entries"]] == [step.stretch for step in made.steps]


def test_the_unfinished_session_of_another_plan_is_left_alone(made: Plan, plan: Path, log: Path) -> None:
    unfinished(made, log, datetime.now().astimezone() - timedelta(minutes=5))

    with terminal("go", plan, "--log", log.parent / "other.json") as child:
        assert child.expect([NEW, "Go on with it"]) == 0


def test_a_finished_session_says_how_to_get_up_and_counts_what_was_skipped_apart(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, "--speed", "20") as child:
        ask_through(child, WELL)
        until_logged(child, log, 1)
        left = len(stretches_ahead(log)) * 2
        child.send("s" * left)
        child.expect("Well done. Get up slowly when you are ready.")
        child.expect("1 step, .*, \\d+ skipped")
        assert ended(child) == 0


def test_a_slip_in_the_pain_afterwards_is_asked_again(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, "--speed", "300") as child:
        ask_through(child, WELL)
        child.expect("Enter leaves it out")
        child.sendline("11")
        child.expect("Answer with a whole number from 0 to 10")
        child.sendline("4")
        assert ended(child) == 0

    assert kept(log)["pain_after"] == 4


def test_the_gravest_sentences_break_between_words_on_a_terminal(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, COLUMNS="60") as child:
        child.expect("y/n")
        lines = [line for line in child.before.splitlines() if not line.startswith("  ")]  # type: ignore[union-attr]  # a text
        assert all(len(line) <= 60 for line in lines)
        assert NEW_SIGNS.format(signs="; ".join(changes()[0].short)) in " ".join(lines)
        child.sendline("y")
        child.expect(pexpect.EOF)
        lines = [line for line in child.before.splitlines()[1:] if str(log) not in line]  # type: ignore[union-attr]  # a text
        assert all(len(line) <= 60 for line in lines)
        assert "answer every safety question again (supple screen --blank)" in " ".join(lines)


def test_a_terminal_without_a_full_screen_is_told_so(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, TERM="dumb") as child:
        child.expect(pexpect.EOF)
        assert "\x1b" not in str(child.before)
        assert "supple go needs a terminal with a full screen" in str(child.before)
        assert ended(child) == 2

    assert not log.exists()


def test_a_session_broken_off_long_ago_is_not_gone_on_with(made: Plan, plan: Path, log: Path) -> None:
    before = unfinished(made, log, datetime.now() - timedelta(days=1))  # noqa: DTZ005 - the clock on the wall

    with terminal("go", plan, "--log", log) as child:
        child.expect("was broken off too long ago")
        assert ended(child) == 2

    assert log.read_text(encoding="utf-8") == before


def test_a_session_gone_on_with_in_more_pain_is_planned_again(made: Plan, plan: Path, log: Path) -> None:
    unfinished(made, log, datetime.now().astimezone() - timedelta(minutes=5))

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


def test_pain_too_strong_for_a_session_is_kept_and_bars_the_next_until_all_is_answered_anew(
    plan: Path, log: Path, tmp_path: Path
) -> None:
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, ["n", "8"])
        child.expect("supple: Your pain is too strong to stretch today")
        assert ended(child) == 3

    check = kept(log)["rechecks"][-1]
    assert (check["answer"], check["told"], check["verdict"]) == ("before_session", "pain of 8 of 10", "see_clinician")
    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect(r"No\s+stretching\s+now")
        assert ended(child) == 3

    new = tmp_path / "new.json"
    answers = answers_file(tmp_path, vignette("V07").answers)
    assert supple("plan", answers, "--minutes", "5", "--history", log.parent, "-o", new).code == 0
    with terminal("go", new, "--log", log.parent / "next.json") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)


@pytest.mark.parametrize("number", range(len(changes())))
def test_what_is_new_before_a_session_is_kept_and_bars_every_session_until_all_is_answered_anew(
    number: int, plan: Path, log: Path, tmp_path: Path
) -> None:
    told = changes()[number]
    with terminal("go", plan, "--log", log) as child:
        for answer in (*["n"] * number, "y"):
            child.expect(NEW)
            child.sendline(answer)
        child.expect("supple: No stretching now")
        assert ended(child) == 3

    check = kept(log)["rechecks"][-1]
    assert (check["answer"], check["told"], check["verdict"]) == ("before_session", told.told, told.verdict)
    assert kept(log)["entries"] == []
    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect("No stretching now")
        assert ended(child) == 3
    answers = answers_file(tmp_path, vignette("V07").answers)
    an_hour_ago = (datetime.now() - timedelta(hours=1)).timestamp()  # noqa: DTZ005 - the clock on the wall
    os.utime(answers, (an_hour_ago, an_hour_ago))
    for command in ("plan", "programme"):
        refused = supple(command, answers, "--minutes", "5", "--history", log.parent)
        assert refused.code == 3
        assert "this was told before a session" in refused.sentence
        assert ("let a clinician look first" in refused.sentence) is (told.verdict is Verdict.EMERGENCY)

    os.utime(answers)
    new = tmp_path / "new.json"
    assert supple("plan", answers, "--minutes", "5", "--history", log.parent, "-o", new).code == 0
    with terminal("go", new, "--log", log.parent / "next.json") as child:
        if told.verdict is Verdict.EMERGENCY:
            child.expect(r"Has\s+a clinician")
            child.sendline("y")
        ask_through(child, WELL)
        child.expect(RUNNING)


def test_a_sign_told_where_a_session_was_to_go_on_is_kept_in_its_log(made: Plan, plan: Path, log: Path) -> None:
    unfinished(made, log, datetime.now().astimezone() - timedelta(minutes=5))

    with terminal("go", plan, "--log", log) as child:
        child.expect("Go on with it")
        child.sendline("y")
        ask_through(child, ["y"])
        child.expect("No stretching now")
        assert ended(child) == 3

    assert len(kept(log)["entries"]) == 1
    assert kept(log)["rest"] is None
    assert kept(log)["rechecks"][-1]["answer"] == "before_session"


def test_every_question_of_the_first_two_screens_is_asked_before_a_session() -> None:
    asked = " ".join(short for change in changes() for short in change.short)
    first_two = [question.key for screen in load_questions()[:2] for question in screen.questions]

    assert set(table("before_session")["short"]) == set(first_two)
    assert all(short in asked for short in table("before_session")["short"].values())
    assert [change.verdict for change in changes()] == [Verdict.EMERGENCY, Verdict.SAME_DAY]


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
        stop(child)
        assert ended(child) == 130

    assert not log.exists()


def test_ctrl_c_in_the_session_keeps_its_log(plan: Path, log: Path) -> None:
    with terminal("go", plan, "--log", log, "--speed", "20") as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.sendintr()
        child.expect("Get up slowly when you are ready.")
        child.expect("The log of this session is kept here")
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

    with terminal("go", plan, "--log", log) as child:
        the_day_after(child, "y", "0")
        child.expect(r"Speak\s+to\s+a\s+doctor\s+or\s+urgent-care\s+line\s+today")
        assert ended(child) == 3

    assert kept(before)["day_after"] == "rescreen"  # so that planning with this log is refused as well
    assert not log.exists()


def test_a_grave_question_left_open_is_asked_before_going_on_and_a_yes_bars_every_session(
    plan: Path, log: Path, made: Plan
) -> None:
    now = datetime.now()  # noqa: DTZ005 - as logs are kept
    begun = Log(now, 2, rest=made, rechecks=(Recheck(now, NOT_ANSWERED),))
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(shapes.dumps(begun), encoding="utf-8")

    with terminal("go", plan, "--log", log) as child:
        child.expect("asked and not answered")
        child.sendline("y")
        assert ended(child) == 3
    with terminal("go", plan, "--log", log) as child:
        child.expect("No stretching now")
        assert ended(child) == 3


def test_who_is_early_in_a_pregnancy_is_asked_about_bleeding(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, well(pregnant="yes", pregnant_weeks=10, pregnancy_warning_signs="no"))
    file = tmp_path / "plan.json"
    supple("plan", answers, "--minutes", "5", "-o", file)

    with terminal("go", file, "--log", tmp_path / "logs" / "log.json") as child:
        child.expect("chest pain")
        child.sendline("n")
        child.expect("a fall")
        child.sendline("n")
        child.expect("in this pregnancy: bleeding")
        child.expect(r"headache,\s+or\s+blurred")
        child.expect("fainting")
        child.expect(r"sore\s+calf")
        child.sendline("y")
        child.expect("supple: Call your maternity unit")
        assert ended(child) == 3


def plan_of(folder: Path, made: Plan, days_ago: int, **days: date) -> Path:
    """A plan written down so many days ago, bearing these days."""
    file = plan_file(folder, replace(made, **days))  # type: ignore[arg-type]  # each test gives what the field is
    then = (datetime.now() - timedelta(days=days_ago)).timestamp()  # noqa: DTZ005 - the clock on the wall
    os.utime(file, (then, then))
    return file


def test_a_plan_of_another_day_is_asked_about(made: Plan, log: Path, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, made, 3)

    for answer, comes in (("n", NEW), ("y", "Answer every safety question again")):
        with terminal("go", plan, "--log", log) as child:
            child.expect("This plan was made for .*Has anything changed")
            child.sendline(answer)
            child.expect(comes)


TODAY = date.today()  # noqa: DTZ011 - the day on the calendar here


@pytest.mark.parametrize(
    ("days_ago", "days", "said"),
    [
        (15, {}, "15 days old"),
        (0, {"made_for": TODAY - timedelta(days=15)}, "15 days old"),
        (0, {"answered_on": TODAY - timedelta(days=40)}, "answer every question again"),
        (0, {"answered_on": TODAY - timedelta(days=20)}, 'answer "First, anything that cannot wait"'),
        (0, {"answered_on": TODAY + timedelta(days=1)}, "lies after"),
    ],
    ids=["an old file", "an old day", "answers of 40 days ago", "answers of 20 days ago", "answers of tomorrow"],
)
def test_a_plan_on_old_answers_is_not_played(
    days_ago: int, days: dict[str, date], said: str, made: Plan, log: Path, tmp_path: Path
) -> None:
    with terminal("go", plan_of(tmp_path, made, days_ago, **days), "--log", log) as child:
        child.expect(pexpect.EOF)
        assert said in " ".join(str(child.before).split())
        assert ended(child) == 2

    assert not log.exists()


def test_a_plan_of_early_pregnancy_is_not_played_from_week_14_on(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, well(pregnant="yes", pregnant_weeks=13, pregnancy_warning_signs="no"))
    file = tmp_path / "plan.json"
    assert supple("plan", answers, "--minutes", "5", "-o", file).code == 0
    then = (datetime.now() - timedelta(days=2)).timestamp()  # noqa: DTZ005 - the clock on the wall
    os.utime(file, (then, then))

    with terminal("go", file, "--log", tmp_path / "logs" / "log.json") as child:
        child.expect(r"this\s+plan\s+was\s+good\s+until")
        assert ended(child) == 2


@pytest.mark.parametrize(("looked", "waits"), [("n", True), ("y", False)])
def test_a_leg_that_stays_the_same_is_asked_about_and_waits_until_somebody_has_looked(
    looked: str, waits: bool, tmp_path: Path
) -> None:
    made = planned(vignette("V04", 8, (Setting.FLOOR, Setting.CHAIR_DESK)))
    plan, folder = plan_file(tmp_path, made), tmp_path / "logs"
    folder.mkdir()
    for days in (4, 2):
        at = datetime.now() - timedelta(days=days)  # noqa: DTZ005 - the clock on the wall
        entry = Entry("chin_tuck", Side.NONE, at, 20, Ending.DONE)
        day = Log(at, 2, entries=(entry,), ended=at, ending=Ending.DONE, legs=(LegResponse.UNCHANGED,))
        day = replace(day, day_after=Outcome.MAY_PROGRESS, day_after_at=at + timedelta(days=1))
        (folder / f"{days}.json").write_text(shapes.dumps(day), encoding="utf-8")

    with terminal("go", plan, "--log", folder / "today.json") as child:
        child.expect(r"Has\s+a\s+physiotherapist\s+or\s+doctor")
        child.sendline(looked)
        if waits:
            child.expect(r"so\s+what\s+moves\s+your\s+low\s+back")
        ask_through(child, WELL)
        child.expect([AGAIN, "Nothing safe is left for now"])

    kept_checks = [check["answer"] for check in kept(folder / "2.json")["rechecks"]]
    assert kept_checks == ([] if waits else ["leg_reviewed"])
