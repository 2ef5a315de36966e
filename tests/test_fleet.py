"""Much work of one kind: nothing is done twice, nothing is lost, a bad item is set aside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from supple import fleet
from supple.fleet import TRIES, Outcome, SchedulerGone, run

DASK = [str(Path(sys.executable).with_name("dask"))]
PATIENCE_S = 120
ROOT = Path(__file__).parents[1]
SQUARES = {str(n): n for n in range(8)}


class Kept(dict[str, bytes]):
    """A store in memory."""

    def has(self, key: str) -> bool:
        """Whether it is there."""
        return key in self

    def put(self, key: str, result: bytes) -> None:
        """Keeps it; a second time would be a fault."""
        assert key not in self
        self[key] = result


def square(n: int) -> bytes:
    """What each item asks for; 5 is none that can be worked on."""
    if n == 5:
        raise ValueError("5 is a bad item")
    return str(n * n).encode()


def dies_once(place: str) -> bytes:
    """Kills its own worker where the marker is not there yet."""
    marker = Path(place)
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def dies(_: str) -> bytes:
    """Kills every worker that takes it."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def lasts(n: int) -> bytes:
    """Leaves time to be killed."""
    time.sleep(0.3)
    return str(n).encode()


def test_all_is_done_and_a_bad_item_is_set_aside_with_its_reason() -> None:
    kept = Kept()

    told = list(run(square, SQUARES, kept))

    assert sorted(kept) == sorted(key for key in SQUARES if key != "5")
    assert [each.fault for each in told if each.fault] == ["ValueError: 5 is a bad item"]
    assert told[-1].done == told[-1].of == len(SQUARES)


def test_what_is_known_is_not_done_again() -> None:
    kept = Kept({key: b"known" for key in SQUARES if key != "3"})

    told = list(run(square, SQUARES, kept, workers=1))

    assert told == [Outcome("3", 8, 8)]
    assert kept["3"] == b"9"
    assert kept["2"] == b"known"


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    kept = Kept()
    items = {str(n): str(tmp_path / "died") if n == 1 else str(tmp_path) for n in range(4)}

    told = list(run(dies_once, items, kept, workers=2))

    assert not [each for each in told if each.fault]
    assert sorted(kept) == sorted(items)


def test_what_kills_every_worker_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    told = list(run(dies, {"only": ""}, Kept()))

    assert told[0].fault == f"its worker was killed {TRIES} times; there may be too little memory."


def test_a_scheduler_that_is_not_there_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "SCHEDULER_S", 1)

    with pytest.raises(SchedulerGone, match=r"nobody answers at tcp://127\.0\.0\.1:9; start one"):
        list(run(square, SQUARES, Kept(), "tcp://127.0.0.1:9"))


QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, "list[subprocess.Popen[bytes]]"]]:
    """A scheduler and two workers on this machine, of one thread each."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    command = [*DASK, "scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard"]
    place = {**os.environ, "PYTHONPATH": str(ROOT)}  # where this module is found
    programs = [subprocess.Popen(command, env=place, **QUIET)]
    for _ in range(2):
        command = [*DASK, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        programs.append(subprocess.Popen(command, env=place, **QUIET))
    try:
        _answers(address)
        yield address, programs
    finally:
        for program in programs:
            program.kill()
            program.wait()


def _answers(address: str) -> None:
    """Waits until the scheduler listens."""
    host, _, port = address.removeprefix("tcp://").partition(":")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("the scheduler does not answer")


def test_on_a_cluster_a_worker_that_is_killed_loses_nothing_and_nothing_is_done_twice(
    cluster: tuple[str, "list[subprocess.Popen[bytes]]"],
) -> None:
    address, programs = cluster
    kept, told = Kept(), []

    for outcome in run(lasts, {str(n): n for n in range(12)}, kept, address):
        told.append(outcome)
        if len(told) == 3:
            programs[2].send_signal(signal.SIGKILL)

    assert [each.fault for each in told] == [""] * 12
    assert kept == {str(n): str(n).encode() for n in range(12)}


def test_a_scheduler_that_dies_is_said_and_what_was_done_is_kept(
    cluster: tuple[str, "list[subprocess.Popen[bytes]]"],
) -> None:
    address, programs = cluster
    kept = Kept()

    with pytest.raises(SchedulerGone, match=rf"{address} is gone; what was done is kept"):
        for _ in run(lasts, {str(n): n for n in range(12)}, kept, address):
            programs[0].send_signal(signal.SIGKILL)

    assert 1 <= len(kept) < 12
