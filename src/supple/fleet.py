"""Work on many items: here on every core, or on a Dask cluster; what is done is kept, and never done again.

`work` is a function at the top of a module, from a value to bytes, and may run anywhere; a key tells the content of its
item. Each result is a file that bears the key, so that a second run goes on where the first one stopped. What fails
is set aside with its reason, and the rest goes on. Two runs may share a folder: both write the same.
"""

import logging
import multiprocessing
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from supple import files

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Work = Callable[[Any], bytes]

MOST_TRIES = 3  # of an item whose worker was killed
PATIENCE_S = 10  # until a scheduler must have answered
UNDER_WAY = 64  # items on their way to a cluster at once
LOOK_S = 0.5  # how often a process looks whether the one that began it is still there
STANDING = threading.Event()  # which nobody sets
WAITING_S = 30  # for a worker of the cluster, while there is none

_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,199}")


class SchedulerGone(ValueError):
    """The scheduler of the cluster does not answer, or has no workers."""


class BadKey(ValueError):
    """A key of an item cannot be the name of a file."""


@dataclass(frozen=True)
class Outcome:
    """What became of an item: the file with its result, or the reason why it was set aside; and how far the run is."""

    key: str
    file: Path | None
    reason: str
    done: int
    of: int


def run(
    work: Work, items: Mapping[str, Item], folder: Path, *, scheduler: str | None = None, workers: int | None = None
) -> Iterator[Outcome]:
    """Outcomes as they come, those of an earlier run first; closing the iterator stops the workers.

    `scheduler` is the address of a Dask cluster, such as tcp://10.0.0.1:8786. Raises FileError, BadKey, SchedulerGone.
    """
    for key in items:
        if not _KEY.fullmatch(key):
            raise BadKey(f"{key!r}: no file can bear this key; use letters, figures, dots and dashes.")
    files.make_folder(folder)
    return _outcomes(work, items, folder, scheduler, workers or os.cpu_count() or 1)


def _outcomes(
    work: Work, items: Mapping[str, Item], folder: Path, scheduler: str | None, workers: int
) -> Iterator[Outcome]:
    kept = [key for key in items if files.is_file(folder / key)]
    for done, key in enumerate(kept, start=1):
        yield Outcome(key, folder / key, "", done, len(items))
    done_before = set(kept)
    rest = [key for key in items if key not in done_before]
    if not rest:
        return
    made = _on_cluster(work, items, rest, scheduler) if scheduler else _here(work, items, rest, workers)
    for done, (key, result) in enumerate(made, start=len(kept) + 1):
        if isinstance(result, bytes):
            files.write_bytes(folder / key, result)
            yield Outcome(key, folder / key, "", done, len(items))
        else:
            yield Outcome(key, None, result, done, len(items))


Made = tuple[str, bytes | str]  # the key, and the result or the reason


def _here(work: Work, items: Mapping[str, Item], keys: Iterable[str], workers: int) -> Iterator[Made]:
    """On so many processes; where one is killed, nobody knows whose it was, so what was under way is tried alone.

    An item is fetched from the mapping when its turn comes, so that not all of them have to be in memory.
    """
    waiting = deque(keys)
    while waiting:
        suspects = yield from _together(work, items, waiting, workers)
        for key in suspects:
            yield key, _alone(work, items[key], key)


def _together(
    work: Work, items: Mapping[str, Item], waiting: deque[str], workers: int
) -> Generator[Made, None, list[str]]:
    """Takes from what waits as workers are free; gives back what was under way as one was killed."""
    under_way: dict[Future[bytes], str] = {}
    suspects: list[str] = []
    with _pool(min(workers, len(waiting))) as pool:
        while (waiting and not suspects) or under_way:
            while waiting and not suspects and len(under_way) < workers:
                try:
                    under_way[pool.submit(work, items[waiting[0]])] = waiting[0]
                except BrokenProcessPool:
                    break
                waiting.popleft()
            if not under_way:
                break
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                key = under_way.pop(future)
                result = _result(future, key)
                if result is None:
                    suspects.append(key)
                else:
                    yield key, result
    return suspects


def _alone(work: Work, item: Item, key: str) -> bytes | str:
    for _ in range(MOST_TRIES):
        with _pool(1) as pool:
            result = _result(pool.submit(work, item), key)
        if result is not None:
            return result
    return f"{key}: its worker was killed {MOST_TRIES} times; look whether there is memory enough."


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)
    try:
        yield pool
    finally:  # at once: whoever stops the run waits for no item
        for process in list((pool._processes or {}).values()):
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """A worker leaves the keys of the terminal to the run, and ends when the run does, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_with_parent()


def leave_with_parent(parent: int | None = None) -> None:
    """Ends this process when the one that began it is gone, however that went: nobody else would free what it holds.

    What is kept is whole then, too: files and database have all of a change or nothing. A program is told the number
    of its `parent`, which may be gone before the program asks; a process of multiprocessing knows it.
    """
    begun_by = multiprocessing.parent_process()
    known = parent or (begun_by.pid if begun_by else os.getppid())
    threading.Thread(target=_watch, args=(known,), daemon=True).start()


def _watch(parent: int | None) -> None:
    while os.getppid() == parent:
        STANDING.wait(LOOK_S)
    os._exit(1)


def _result(future: "Future[bytes]", key: str) -> bytes | str | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None
    except Exception as error:  # noqa: BLE001  whatever is wrong with one item, the others go on
        return _reason(key, error)


def _reason(key: str, error: BaseException) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return f"{key}: {said}"


def _on_cluster(work: Work, items: Mapping[str, Item], keys: Iterable[str], address: str) -> Iterator[Made]:
    try:
        from distributed import Client
        from distributed.client import FuturesCancelledError
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise SchedulerGone(f"{address}: Dask is not installed here; install the package distributed.") from error

    if ":" not in address:  # a name alone makes Dask print more than one sentence
        raise _gone(address, "no Dask scheduler answers there")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said in one sentence, below
    try:
        client = Client(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _gone(address, "no Dask scheduler answers there") from error
    try:
        yield from _gathered(client, work, items, deque(keys), address)
    except (CommClosedError, FuturesCancelledError) as error:
        raise _gone(address, "the Dask scheduler is gone") from error
    finally:
        client.close(timeout=PATIENCE_S)


def _gathered(
    client: "Client", work: Work, items: Mapping[str, Item], waiting: deque[str], address: str
) -> Iterator[Made]:
    """A worker that is killed is the scheduler's care: it gives what was there to the others, a few times."""
    from distributed import wait as wait_for

    left: dict[Any, str] = {}
    idle_s = 0
    while left or waiting:
        while waiting and len(left) < UNDER_WAY:
            key = waiting.popleft()
            left[client.submit(work, items[key], pure=False)] = key
        try:
            with client.as_current():
                done = wait_for(list(left), timeout=1, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            done = set()
        idle_s = 0 if done or client.scheduler_info()["workers"] else idle_s + 1
        if client.status != "running" or any(future.status in ("cancelled", "lost") for future in done):
            raise _gone(address, "the Dask scheduler is gone")
        if idle_s >= WAITING_S:
            raise _gone(address, "the Dask scheduler has no workers")
        for future in done:
            ended = left.pop(future)
            yield ended, _answer(future, ended)


def _answer(future: Any, key: str) -> bytes | str:
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    try:
        return future.result()  # type: ignore[no-any-return]  # dask comes without types
    except CommClosedError:
        raise
    except KilledWorker:
        return f"{key}: its worker was killed again and again; look whether there is memory enough."
    except Exception as error:  # noqa: BLE001  whatever is wrong with one item, the others go on
        return _reason(key, error)


def _gone(address: str, what: str) -> SchedulerGone:
    return SchedulerGone(f"{address}: {what}; start it, check the address, and run this again: what is done is kept.")
