"""Much work of one kind: nothing is done twice, nothing is lost, a bad item is set aside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supple.fleet import TRIES, Outcome, SchedulerGone, run

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


def test_a_scheduler_that_is_not_there_is_said_in_a_sentence() -> None:
    with pytest.raises(SchedulerGone, match="nobody answers at tcp://127.0.0.1:9"):
        list(run(square, SQUARES, Kept(), "tcp://127.0.0.1:9"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, "list[subprocess.Popen[bytes]]"]]:
    """A scheduler and two workers on this machine."""
    program = [sys.executable, "-m", "distributed.cli"]
    place = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    ...
