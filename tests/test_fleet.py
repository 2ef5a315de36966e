"""The fleet: work on many items that loses nothing, does nothing twice, and goes on past what is bad."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supple.fleet import MOST_TRIES, BadKey, run
from tests.fleet_work import contents, items, killed_always, killed_once, shout, slowly, worked

WORDS = ("a", "b", "c", "d", "e", "f")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A folder in which each word that is worked on leaves a mark."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def test_every_item_becomes_a_file_and_a_second_run_does_nothing_again(tmp_path: Path, marks: Path) -> None:
    first = list(run(shout, items(marks, *WORDS), tmp_path / "done", workers=2))

    second = list(run(shout, items(marks, *WORDS), tmp_path / "done", workers=2))

    assert contents(first) == contents(second) == {word: word.upper().encode() for word in WORDS}
    assert [each.done for each in first] == [1, 2, 3, 4, 5, 6]
    assert {each.of for each in first} == {6}
    assert worked(marks) == dict.fromkeys(WORDS, 1)


def test_what_fails_is_set_aside_with_its_reason_and_the_rest_goes_on(tmp_path: Path, marks: Path) -> None:
    outcomes = list(run(shout, items(marks, "a", "b2", "c"), tmp_path / "done", workers=1))

    assert contents(outcomes) == {"a": b"A", "b2": None, "c": b"C"}
    assert [each.reason for each in outcomes if each.reason] == ["key-b2: b2 is no word"]


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, marks: Path) -> None:
    outcomes = list(run(killed_once, items(marks, *WORDS), tmp_path / "done", workers=2))

    assert contents(outcomes) == {word: word.upper().encode() for word in WORDS}
    assert len(outcomes) == len(WORDS)


def test_an_item_that_kills_its_workers_is_set_aside_and_no_other(tmp_path: Path, marks: Path) -> None:
    outcomes = list(run(killed_always, items(marks, "a", "b", "c", "d"), tmp_path / "done", workers=2))

    assert contents(outcomes) == {"a": b"A", "b": None, "c": b"C", "d": b"D"}
    assert worked(marks)["b"] == MOST_TRIES + 1  # once among others


def test_a_run_that_is_closed_stops_its_workers_and_goes_on_later(tmp_path: Path, marks: Path) -> None:
    outcomes = run(slowly, items(marks, *WORDS), tmp_path / "done", workers=1)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]

    assert len(list((tmp_path / "done").iterdir())) == 1
    rest = list(run(slowly, items(marks, *WORDS), tmp_path / "done", workers=2))
    assert [each.done for each in rest] == [1, 2, 3, 4, 5, 6]


def test_the_keys_of_the_terminal_stop_a_run_and_its_workers(tmp_path: Path, marks: Path) -> None:
    script = (
        "from pathlib import Path; from supple.fleet import run; from tests.fleet_work import slowly\n"
        "if __name__ == '__main__':\n"
        f"    things = {{str(i): ({str(marks)!r}, 'a') for i in range(500)}}\n"
        f"    for each in run(slowly, things, Path({str(tmp_path / 'done')!r}), workers=2):\n"
        "        print(each.done, flush=True)\n"
    )
    (tmp_path / "long.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, tmp_path / "long.py"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == b"1\n"
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does, to all of them
        said, wrong = process.communicate(timeout=20)  # until each that could write there has ended

    assert process.returncode
    assert len(said.split()) < 400
    assert wrong.count(b"KeyboardInterrupt") == 1  # the workers say nothing


@pytest.mark.parametrize("begun", ["a program", "of multiprocessing"])
def test_a_process_ends_whose_parent_was_gone_before_it_asked(tmp_path: Path, begun: str) -> None:
    call = "subprocess.Popen([sys.executable, '-c', 'from tests.fleet_work import late; late(%d)' % os.getpid()])"
    if begun != "a program":
        call = "multiprocessing.get_context('spawn').Process(target=late).start()"
    script = (
        "import multiprocessing, os, signal, subprocess, sys; from tests.fleet_work import late\n"
        f"if __name__ == '__main__':\n    {call}; signal.pause()\n"
    )
    (tmp_path / "begins.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, tmp_path / "begins.py"], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout and process.stdout.readline() == b"here\n"
        process.kill()
        said, _ = process.communicate(timeout=20)  # until the other, which could write there, has ended

    assert said == b"asks\n"


@pytest.mark.parametrize("key", ["", "../up", "a/b", ".hidden", "x" * 300])
def test_a_key_that_is_no_name_for_a_file_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadKey, match="no file can bear this key"):
        run(shout, {key: ("", "a")}, tmp_path)
