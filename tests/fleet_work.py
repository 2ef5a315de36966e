"""Work that the tests of the fleet give to its workers; each leaves a mark, so that what is done twice is seen."""

import os
import signal
import time
import uuid
from collections import Counter
from pathlib import Path

from supple.fleet import Outcome, leave_with_parent


def shout(item: tuple[str, str]) -> bytes:
    """The word in capitals; raises for a word that is none."""
    marks, word = item
    Path(marks, f"{word}-{uuid.uuid4()}").touch()
    if not word.isalpha():
        raise ValueError(f"{word} is\nno word")
    return word.upper().encode()


def slowly(item: tuple[str, str]) -> bytes:
    """As `shout`, in a fifth of a second."""
    time.sleep(0.2)
    return shout(item)


def killed_once(item: tuple[str, str]) -> bytes:
    """As `shout`, but the first worker that takes the word `b` is killed."""
    marks, word = item
    mark = Path(marks, "killed")
    if word == "b" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return shout(item)


def killed_always(item: tuple[str, str]) -> bytes:
    """As `shout`, but whoever takes the word `b` is killed."""
    if item[1] == "b":
        Path(item[0], f"b-{uuid.uuid4()}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return shout(item)


def items(marks: Path, *words: str) -> dict[str, tuple[str, str]]:
    return {f"key-{word}": (str(marks), word) for word in words}


def worked(marks: Path) -> Counter[str]:
    return Counter(mark.name.partition("-")[0] for mark in marks.iterdir() if "-" in mark.name)


def contents(outcomes: list[Outcome]) -> dict[str, bytes | None]:
    return {each.key.removeprefix("key-"): each.file.read_bytes() if each.file else None for each in outcomes}


def late(*parent: int) -> None:
    """Asks to leave with its parent when that is gone already; says when it is here, and when it asks."""
    begun_by = os.getppid()
    os.write(1, b"here\n")
    while os.getppid() == begun_by:
        time.sleep(0.05)
    os.write(1, b"asks\n")
    leave_with_parent(*parent)
    signal.pause()
