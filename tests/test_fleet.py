"""The fleet: work on many items that loses nothing, does nothing twice, and goes on past what is bad."""

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from supple import fleet
from supple.fleet import MOST_TRIES, BadKey, Outcome, SchedulerGone, run
from tests.fleet_work import killed_always, killed_once, shout, slowly

WORDS = ("a", "b", "c", "d", "e", "f")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A folder in which each word that is worked on leaves a mark."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def items(marks: Path, *words: str) -> dict[str, tuple[str, str]]:
    return {f"key-{word}": (str(marks), word) for word in words}


def worked(marks: Path) -> Counter[str]:
    return Counter(mark.name.partition("-")[0] for mark in marks.iterdir() if "-" in mark.name)


def contents(outcomes: list[Outcome]) -> dict[str, bytes | None]:
    return {each.key.removeprefix("key-"): each.file.read_bytes() if each.file else None for each in outcomes}


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


@pytest.mark.parametrize("key", ["", "../up", "a/b", ".hidden", "x" * 300])
def test_a_key_that_is_no_name_for_a_file_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadKey, match="no file can bear this key"):
        run(shout, {key: ("", "a")}, tmp_path)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_is_not_there_is_named(
    tmp_path: Path, marks: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fleet, "PATIENCE_S", 0.5)

    with pytest.raises(SchedulerGone, match=f"{address}: no Dask scheduler answers there; start it"):
        list(run(shout, items(marks, "a"), tmp_path / "done", scheduler=address))


class Cluster:
    """A real scheduler and two workers."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-show")
        self.workers = [self._started("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(2)]

    def _started(self, what: str, *more: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *more]
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        return subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr(fleet, "PATIENCE_S", 30)
    made = Cluster()
    yield made
    made.stop()


@pytest.mark.filterwarnings("default")  # of Dask's own threads, which end as they will
def test_a_cluster_loses_nothing_as_a_worker_and_then_its_scheduler_is_killed(
    tmp_path: Path, marks: Path, cluster: Cluster
) -> None:
    words = [chr(ord("a") + index) for index in range(20)]
    outcomes = run(slowly, items(marks, *words), tmp_path / "done", scheduler=cluster.address)
    seen = [next(outcomes) for _ in range(4)]
    cluster.workers[0].kill()
    seen += [next(outcomes) for _ in range(6)]
    cluster.scheduler.kill()

    with pytest.raises(SchedulerGone, match="what is done is kept"):
        seen += outcomes

    rest = list(run(slowly, items(marks, *words), tmp_path / "done", workers=2))
    assert contents(rest) == {word: word.upper().encode() for word in words}
    assert len({each.key for each in seen}) == len(seen)  # nothing came twice
    assert len(rest) == 20
