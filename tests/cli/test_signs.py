"""After a grave sign: what the terminal says, and that no session comes before a clinician and fresh answers."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from supple import shapes
from supple.anatomy import Side
from supple.planner import Plan
from supple.safety.traffic_light import Colour, Quality, Tripwire, tripwires
from supple.safety.verdicts import Verdict
from supple.session import Ending, Hurt, Log, Recheck
from supple.session.log import Entry
from tests.cli.doors import Said, answers_file, ended, installed, plan_file, supple, terminal
from tests.cli.test_go_terminal import NEW, RUNNING, WELL, ask_through, kept
from tests.people import planned, vignette

CHEST, SADDLE, _, WEAK, _, _, FAINT = tripwires()
UP, DOWN = "\x1b[A", "\x1b[B"
SOMETHING_WORSE = f"{UP}\r"  # the last one
AN_HOUR_AGO = datetime.now().replace(microsecond=0) - timedelta(hours=1)  # noqa: DTZ005 - the clock on the wall


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan for somebody without limits, made before the sign."""
    return plan_file(tmp_path, planned(vignette("V07", 5)))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """The answers that it was made from, last written two hours ago."""
    file = answers_file(tmp_path, vignette("V07").answers)
    written(file, AN_HOUR_AGO - timedelta(hours=1))
    return file


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of a session that ended an hour ago with chest pain."""
    return sign_log(tmp_path / "logs", Recheck(AN_HOUR_AGO, CHEST.id, CHEST.when, CHEST.verdict))


def sign_log(folder: Path, *checks: Recheck, hurts: tuple[Hurt, ...] = ()) -> Path:
    """The log of a session that these rechecks ended, or in which it hurt."""
    folder.mkdir()
    entry = Entry("sphinx", Side.NONE, AN_HOUR_AGO, 20, Ending.STOPPED)
    file = folder / "before.json"
    log = Log(AN_HOUR_AGO, 2, entries=(entry,), hurts=hurts, rechecks=checks, ended=AN_HOUR_AGO, ending=Ending.STOPPED)
    file.write_text(shapes.dumps(log), encoding="utf-8")
    return file


def written(file: Path, at: datetime) -> None:
    """Let a file be one that was last written at this moment."""
    os.utime(file, (at.timestamp(), at.timestamp()))


def press(child: "pexpect.spawn[str]", steps: Sequence[tuple[str, str]]) -> None:
    """Wait for what is on the screen, and press these keys."""
    for there, keys in steps:
        child.expect(there)
        child.expect("Choose")
        child.send(keys)


@pytest.mark.parametrize(
    ("down", "told", "urgent"),
    [
        (1, "chest pain", "Call the emergency number .* Stop stretching. .* The emergency number is"),
        (4, "new weakness", "Speak to a doctor or urgent-care line today. Stop stretching"),
    ],
    ids=["emergency", "same day"],
)
def test_what_to_do_after_a_grave_sign_stays_on_the_terminal_and_nothing_milder(
    down: int, told: str, urgent: str, plan: Path, tmp_path: Path
) -> None:
    log = tmp_path / "logs" / "today.json"
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.send("h")
        press(child, [("Something", SOMETHING_WORSE), ("None of these", f"{DOWN * down}\r"), ("End", f"{DOWN}\r")])
        child.expect("You told of this: ")
        child.expect(pexpect.EOF)
        said = " ".join(str(child.before).split())
        assert ended(child) == 3

    assert said.startswith(told)
    assert shown(said, urgent)
    assert "Do not start" not in said
    assert "If it stays or comes back" not in said
    assert "Your pain" not in said
    assert kept(log)["pain_after"] is None
    assert kept(log)["rechecks"][-1]["told"].startswith(told)

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect("supple: ")
        child.expect(pexpect.EOF)
        assert f"a session ended with this sign: {told}" in " ".join(str(child.before).split())
        assert ended(child) == 3

    assert list(log.parent.iterdir()) == [log]


def shown(said: str, pattern: str) -> bool:
    """Whether the parts of a pattern stand in what was said, in order."""
    at = 0
    for part in pattern.split(" .* "):
        at = said.find(part, at)
        if at < 0:
            return False
    return True


@pytest.mark.parametrize("command", ["plan", "programme"])
@pytest.mark.parametrize("wire", [CHEST, SADDLE, WEAK], ids=lambda wire: wire.id)
def test_no_plan_is_made_from_old_answers_and_the_log_of_a_grave_sign(
    command: str, wire: Tripwire, answers: Path, tmp_path: Path
) -> None:
    log = sign_log(tmp_path / "logs", Recheck(AN_HOUR_AGO, wire.id, wire.when, wire.verdict))
    more = ["--days", "3"] if command == "programme" else []

    for history in (log, log.parent):
        said = supple(command, answers, "--minutes", "5", *more, "--history", history)

        assert (said.code, said.out) == (3, "")
        assert wire.when in said.sentence
        assert ("The emergency number is" in said.sentence) is (wire.verdict is Verdict.EMERGENCY)
        assert "let a clinician look first; then answer every safety question again" in said.sentence


def anew(answers: Path, log: Path) -> tuple[Said, Path]:
    """The plan from answers given anew after the sign."""
    written(answers, AN_HOUR_AGO + timedelta(minutes=30))
    plan = answers.parent / "new.json"
    return supple("plan", answers, "--minutes", "5", "--history", log, "-o", plan), plan


def test_after_answering_anew_there_is_a_plan_and_go_asks_once_whether_a_clinician_has_looked(
    answers: Path, log: Path
) -> None:
    said, plan = anew(answers, log)
    assert said.code == 0

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect(r"a\s+clinician")
        child.sendline("y")
        ask_through(child, WELL)
    assert kept(log)["cleared_at"] is not None

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        assert child.expect([NEW, r"a\s+clinician"]) == 0
    written(answers, AN_HOUR_AGO - timedelta(hours=1))
    assert supple("plan", answers, "--minutes", "5", "--history", log).code == 0


def test_no_clinician_no_session(answers: Path, log: Path) -> None:
    _, plan = anew(answers, log)
    before = log.read_text(encoding="utf-8")

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect(r"a\s+clinician")
        child.sendline("n")
        child.expect("No stretching now")
        assert ended(child) == 3

    assert log.read_text(encoding="utf-8") == before
    assert list(log.parent.iterdir()) == [log]


def test_a_plan_made_without_the_log_does_not_come_round_it(answers: Path, log: Path) -> None:
    written(answers, AN_HOUR_AGO + timedelta(minutes=30))
    plan = answers.parent / "new.json"
    assert supple("plan", answers, "--minutes", "5", "-o", plan).code == 0

    for more in (["--log", str(log.parent / "next.json")], []):
        home = log.parent.parent / "supple" / "sessions"
        if not more:
            home.mkdir(parents=True)
            log.rename(home / log.name)
        with terminal("go", plan, *more, XDG_DATA_HOME=str(home.parent.parent)) as child:
            child.expect("supple: No stretching now")
            assert ended(child) == 3


def test_a_log_kept_elsewhere_does_not_hide_the_sign_in_the_usual_place(plan: Path, log: Path, tmp_path: Path) -> None:
    home = tmp_path / "supple" / "sessions"
    home.mkdir(parents=True)
    log.rename(home / log.name)

    with terminal("go", plan, "--log", tmp_path / "elsewhere" / "next.json", XDG_DATA_HOME=str(tmp_path)) as child:
        child.expect("supple: No stretching now")
        assert ended(child) == 3


@pytest.mark.parametrize(("answer", "goes_on"), [("n", True), ("y", False)])
def test_who_was_faint_is_asked_whether_it_lasted_or_came_back(
    answer: str, goes_on: bool, plan: Path, tmp_path: Path
) -> None:
    log = sign_log(tmp_path / "logs", Recheck(AN_HOUR_AGO, FAINT.id, FAINT.when, FAINT.verdict))

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect("Last time you were faint or dizzy")
        child.sendline(answer)
        assert child.expect([NEW, r"slurred\s+speech"]) == (0 if goes_on else 1)


def test_who_tingled_is_asked_whether_it_has_settled_else_a_clinician_comes_first(plan: Path, tmp_path: Path) -> None:
    tingled = Hurt(AN_HOUR_AGO, "wall_angel", Side.NONE, 2, 2, Quality.TINGLING_OR_NUMB, "T1", Colour.RED)
    log = sign_log(tmp_path / "logs", hurts=(tingled,))

    with terminal("go", plan, "--log", log.parent / "next.json") as child:
        child.expect(r"Is\s+it\s+still\s+there")
        child.sendline("y")
        child.expect(pexpect.EOF)
        assert "stayed or came back" in " ".join(str(child.before).split())
        assert ended(child) == 3


def test_who_leaves_the_question_about_grave_signs_open_is_told_when_to_get_help(plan: Path, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "today.json"
    with terminal("go", plan, "--log", log) as child:
        ask_through(child, WELL)
        child.expect(RUNNING)
        child.send("h")
        press(child, [("Something", SOMETHING_WORSE), ("None of these", "\x03")])
        child.expect("No stretching now. With any of this")
        child.expect(pexpect.EOF)
        assert "Your pain" not in str(child.before)
        assert ended(child) == 3

    assert [check["answer"] for check in kept(log)["rechecks"]] == ["not_answered"]


def test_a_refusal_by_the_answers_breaks_between_words_on_a_terminal(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, vignette("V02").answers)

    with terminal("plan", answers, COLUMNS="60", SUPPLE_COUNTRY="GB") as child:
        child.expect(pexpect.EOF)
        lines = str(child.before).splitlines()
        assert ended(child) == 3

    assert all(len(line) <= 60 for line in lines)
    assert " ".join(lines) == installed("plan", answers, SUPPLE_COUNTRY="GB").err.strip()


def plan_with(folder: Path, made: Plan, **values: object) -> Path:
    """A plan with some of its values changed by hand."""
    file = plan_file(folder, made)
    file.write_text(shapes.dumps(shapes.plain(made) | values), encoding="utf-8")
    return file


@pytest.mark.parametrize("verdict", [Verdict.EMERGENCY, Verdict.SAME_DAY, Verdict.SEE_CLINICIAN])
def test_a_plan_whose_verdict_allows_none_is_not_played(verdict: Verdict, tmp_path: Path) -> None:
    file = plan_with(tmp_path, planned(vignette("V07", 5)), verdict=verdict)

    said = supple("session", file)

    assert said.code == 3
    assert said.sentence.startswith(f"{file}: this plan says {verdict.value}, which allows no session.")
    assert said.sentence.endswith("Make the plan again with supple plan.")
    with terminal("go", file, "--log", tmp_path / "log.json") as child:
        child.expect("which allows no session")
        assert ended(child) == 3


def test_a_plan_whose_verdict_is_not_that_of_its_limits_is_not_played(tmp_path: Path) -> None:
    made = planned(vignette("V03", 5))
    other = next(v for v in (Verdict.FINE, Verdict.GO_GENTLY) if v is not made.verdict)

    said = supple("session", plan_with(tmp_path, made, verdict=other))

    assert said.code == 2
    assert "is not that of its limits; make the plan again" in said.sentence
