"""One session log, one writer, and no saving that drops what lies in the file."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from supple import shapes
from supple.anatomy import Side
from supple.cli import before, closing
from supple.cli.keeping import LOCK, Keeper, Running, only_writer
from supple.cli.logs import logs_in, read_log
from supple.files import FileError
from supple.planner import PlanRefused
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import Verdict
from supple.session import NOT_ANSWERED, Ending, Entry, Hurt, Log, Recheck, alarm, open_question
from tests.people import EVENING, planned, vignette

NOW = EVENING.astimezone()
LATER = NOW + timedelta(minutes=3)
BEGUN = Log(NOW, 2, entries=(Entry("cat_camel", Side.NONE, NOW, 20, Ending.DONE),))
CHEST = Recheck(LATER, "W1", "chest pain", Verdict.EMERGENCY)
TINGLING = Hurt(NOW, "cat_camel", Side.NONE, 2, 3, Quality.TINGLING_OR_NUMB, "T1", Colour.RED)
HOLDER = """
import sys, time
from pathlib import Path
from supple.cli.keeping import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    """A session that has begun and is kept."""
    kept = Keeper(tmp_path / "log.json")
    kept.save(BEGUN)
    return kept


def test_a_folder_that_has_gone_is_made_anew(keeper: Keeper) -> None:
    shutil.rmtree(keeper.file.parent)

    keeper.save(BEGUN)

    assert read_log(keeper.file) == BEGUN


def test_a_log_that_cannot_be_kept_where_it_was_is_kept_elsewhere(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.write_text("", encoding="utf-8")  # a file where the folder was
    elsewhere = tmp_path.with_name("elsewhere")
    answers = iter([str(tmp_path / "still here"), str(elsewhere), "4"])
    monkeypatch.setattr(closing, "prompt", lambda _: next(answers))
    ended = replace(BEGUN, ended=LATER, ending=Ending.STOPPED)

    assert closing.close(ended, keeper, (), ()) == 0

    assert read_log(elsewhere / "log.json") == replace(ended, pain_after=4)


def test_who_stops_while_lying_is_told_how_to_get_up(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(closing, "prompt", lambda _: "4")
    ended = replace(BEGUN, ended=LATER, ending=Ending.STOPPED)

    closing.close(ended, keeper, ("Well done.",), ("Roll onto one side and push up with your arms.",))

    told = capsys.readouterr().out
    assert "Get up slowly when you are ready.\nRoll onto one side and push up with your arms." in told
    assert "Well done." not in told


def test_a_log_that_nobody_wants_kept_elsewhere_is_an_error(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.write_text("", encoding="utf-8")
    monkeypatch.setattr(closing, "prompt", lambda _: "")

    with pytest.raises(FileError, match="choose another place"):
        closing.close(BEGUN, keeper, (), ())


def write(file: Path, log: Log) -> None:
    """A log written by somebody else."""
    file.write_text(shapes.dumps(log), encoding="utf-8")


def test_what_was_written_meanwhile_is_never_dropped(keeper: Keeper) -> None:
    told = {"rechecks": (CHEST,), "hurts": (TINGLING,), "legs": (LegResponse.UNCHANGED,)}
    after = {"day_after": Outcome.MAY_PROGRESS, "day_after_at": LATER, "cleared_at": NOW}
    write(keeper.file, shapes.build(Log, shapes.plain(BEGUN) | shapes.plain(told | after), place="log"))

    keeper.save(replace(BEGUN, rechecks=(Recheck(NOW, "none"),), ended=LATER, ending=Ending.STOPPED))

    found = read_log(keeper.file)
    assert found.rechecks == (Recheck(NOW, "none"), CHEST)
    assert found.hurts == (TINGLING,)
    assert found.legs == (LegResponse.UNCHANGED,)
    assert (found.day_after, found.cleared_at, found.ended) == (Outcome.MAY_PROGRESS, NOW, LATER)
    assert alarm(found) is not None


def test_what_the_session_itself_takes_back_is_taken_back(keeper: Keeper) -> None:
    keeper.save(replace(BEGUN, rechecks=(Recheck(NOW, "not_answered"),), hurts=(TINGLING,)))
    keeper.save(BEGUN)

    assert read_log(keeper.file) == BEGUN


@pytest.mark.parametrize("other", ["another session", "something else", "a broken log"])
def test_a_file_that_has_become_something_else_is_left_as_it_is(other: str, keeper: Keeper) -> None:
    file = keeper.file
    content = {
        "another session": shapes.dumps(replace(BEGUN, started=LATER)),
        "something else": "my notes",
        "a broken log": shapes.dumps(BEGUN)[:50],
    }[other]
    file.write_text(content, encoding="utf-8")

    keeper.save(replace(BEGUN, rechecks=(CHEST,)))

    assert file.read_text(encoding="utf-8") == content
    assert keeper.file != file
    assert read_log(keeper.file).rechecks == (CHEST,)


def test_a_log_that_was_taken_away_is_written_again(keeper: Keeper) -> None:
    keeper.file.unlink()

    keeper.save(BEGUN)

    assert read_log(keeper.file) == BEGUN


def test_two_sessions_beside_each_other_are_refused_and_the_lock_is_gone_after(tmp_path: Path) -> None:
    with (
        only_writer(tmp_path),
        pytest.raises(Running, match="a session is running in another window"),
        only_writer(tmp_path),
    ):
        raise AssertionError("two at once")

    assert list(tmp_path.iterdir()) == []
    with only_writer(tmp_path):
        pass


def test_a_killed_session_leaves_no_lock_that_holds(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Running), only_writer(tmp_path):
        raise AssertionError("two at once")

    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    assert (tmp_path / LOCK).exists()
    with only_writer(tmp_path):
        pass
    assert not (tmp_path / LOCK).exists()


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every session looks for logs."""
    monkeypatch.setenv("SUPPLE_DATA", str(tmp_path / "home"))
    return tmp_path / "home" / "sessions"


def signs(folder: Path) -> list[str]:
    """What bars sessions in a folder of logs."""
    return [found.told for log in logs_in(folder).values() if (found := alarm(log))]


@pytest.mark.parametrize("name", ["x.json", "2026-11-21-180000.json"])
def test_a_sign_in_a_log_elsewhere_lies_in_the_usual_folder_too_and_counts_as_nothing_done(
    name: str, usual: Path, tmp_path: Path
) -> None:
    kept = Keeper(tmp_path / "elsewhere" / name)
    kept.save(BEGUN)
    assert not usual.exists()

    for _ in range(2):
        kept.save(replace(BEGUN, rechecks=(CHEST,)))

    assert signs(usual) == ["chest pain"]
    assert [log.entries for log in logs_in(usual).values()] == [()]


def test_a_log_that_was_moved_leaves_its_sign_in_the_usual_folder(usual: Path, tmp_path: Path) -> None:
    kept = Keeper(tmp_path / "gone" / "x.json")
    kept.move(tmp_path / "another")

    kept.save(replace(BEGUN, rechecks=(CHEST,)))

    assert signs(usual) == ["chest pain"]


def test_a_question_left_open_elsewhere_is_open_in_the_usual_folder_until_it_is_answered(
    usual: Path, tmp_path: Path
) -> None:
    kept = Keeper(tmp_path / "elsewhere" / "x.json")

    kept.save(replace(BEGUN, rechecks=(Recheck(NOW, NOT_ANSWERED),)))
    assert all(map(open_question, logs_in(usual).values()))
    kept.save(replace(BEGUN, rechecks=(Recheck(NOW, "none"),)))

    assert not any(map(open_question, logs_in(usual).values()))


def test_a_sign_in_the_usual_folder_lies_there_once(usual: Path) -> None:
    Keeper(usual / "x.json").save(replace(BEGUN, rechecks=(CHEST,)))

    assert signs(usual) == ["chest pain"]


def test_what_lies_in_two_folders_is_asked_once(usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere, asked = tmp_path / "elsewhere", list[str]()

    def no(question: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(before, "yes", no)
    Keeper(elsewhere / "x.json").save(replace(BEGUN, rechecks=(Recheck(NOW, NOT_ANSWERED),)))

    for _ in range(2):
        before.heed_signs(planned(vignette("V07", 5)), {elsewhere, usual}, LATER)

    assert len(asked) == 1


def test_a_folder_that_became_a_file_is_named_and_not_the_lock_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    said = r"logs: cannot be made \(File exists\); choose another place"
    with pytest.raises(FileError, match=said), only_writer(folder):
        shutil.rmtree(folder)
        folder.write_text("", encoding="utf-8")
        Keeper(folder / "x.json").save(BEGUN)


def test_a_sign_told_before_a_session_whose_log_lies_elsewhere_bars_the_next_in_the_usual_folder(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(before, "yes", lambda _: True)
    made = planned(vignette("V07", 5))
    with pytest.raises(PlanRefused):
        before.fit_to_go(made, tmp_path / "elsewhere" / "x.json", NOW)

    with pytest.raises(PlanRefused, match="this was told before a session"):
        before.heed_signs(made, {usual}, LATER)


def test_where_nothing_more_can_be_written_it_is_said_before_a_session(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))  # as on a full disk
    try:
        with pytest.raises(FileError, match=r"nothing can be written .* make room"), only_writer(tmp_path):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_version_that_is_true_is_no_version(keeper: Keeper) -> None:
    keeper.file.parent.mkdir(exist_ok=True)
    keeper.file.write_text(shapes.dumps(BEGUN).replace('"version": 2', '"version": true'), encoding="utf-8")

    with pytest.raises(FileError, match="of version true"):
        read_log(keeper.file)
