"""The fleet on a Dask cluster: a worker and the scheduler may go, and what is done is kept."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supple import fleet
from supple.fleet import SchedulerGone, run
from tests.fleet_work import contents, items, shout, slowly


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A folder in which each word that is worked on leaves a mark."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


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


def test_a_cluster_without_dask_on_this_machine_is_named_with_the_remedy(
    tmp_path: Path, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(SchedulerGone, match="Dask is not installed here; install the package distributed"):
        list(run(shout, items(marks, "a"), tmp_path / "done", scheduler="tcp://127.0.0.1:9"))
