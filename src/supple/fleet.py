"""Much work of one kind: on every core of this machine, or on a Dask cluster where an address is named.

What is known already is not worked out again, so a run that was broken off goes on where it stopped. An item that fails
is set aside with its reason and the rest goes on; a worker that is killed costs the time of its item and nothing else.
Few items are on their way at once, so that memory does not grow with their number.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, Protocol, TypeVar

AHEAD = 2  # items on their way for each worker
TRIES = 3
SCHEDULER_S = 10  # how long the scheduler's first answer is waited for
LOOK_S = 2  # how often one looks whether it is still there
Item = TypeVar("Item")


class SchedulerGone(ConnectionError):
    """The cluster cannot be reached, or is no longer there."""


@dataclass(frozen=True)
class Outcome:
    """One item is done, or set aside with its `fault` in a sentence; `done` of `of` are behind us."""

    key: str
    done: int
    of: int
    fault: str = ""


class Store(Protocol):
    """Where results are kept by key; a Mapping to read them again serves as well."""

    def has(self, key: str) -> bool:
        """Whether this result is kept."""

    def put(self, key: str, result: bytes) -> None:
        """Keeps a result, whole or not at all."""


def run(
    work: Callable[[Item], bytes],
    items: Mapping[str, Item],
    store: Store,
    scheduler: str | None = None,
    *,
    workers: int | None = None,
) -> Iterator[Outcome]:
    """Does `work` on each item that `store` has not, and tells of each as it is done.

    `work` is a function at the top of a module, and items can be pickled; an item is fetched from the mapping only when
    its turn comes. Raises SchedulerGone.
    """
    due = deque(key for key in items if not store.has(key))
    done = len(items) - len(due)
    found = _there(work, items, due, scheduler) if scheduler else _here(work, items, due, workers)
    for key, result, fault in found:
        if not fault:
            store.put(key, result)
        done += 1
        yield Outcome(key, done, len(items), fault)


Found = Iterator[tuple[str, bytes, str]]


def _here(work: Callable[[Item], bytes], items: Mapping[str, Item], due: deque[str], workers: int | None) -> Found:
    """On this machine's cores; new workers take over where one was killed, and what it may have died of goes alone."""
    count = min(workers or os.cpu_count() or 1, max(1, len(due)))
    tries: dict[str, int] = {}
    while due:
        running: dict[Future[bytes], str] = {}
        pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=leave_with_parent)
        try:
            yield from _until_broken(pool, work, items, due, running, tries, AHEAD * count)
        finally:
            _stop(pool)
        for key in running.values():
            tries[key] = tries.get(key, 0) + 1
            if tries[key] < TRIES:
                due.appendleft(key)
            else:
                yield key, b"", f"its worker was killed {TRIES} times; there may be too little memory."


def leave_with_parent() -> None:
    """Ends this process once the one that started it is gone, also where that was killed and could tell nobody."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _until_broken(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], bytes],
    items: Mapping[str, Item],
    due: deque[str],
    running: dict[Future[bytes], str],
    suspects: Mapping[str, int],
    most: int,
) -> Found:
    """What the workers find, until all is done or one of them is killed; `running` then holds what was not found."""
    while due or running:
        with suppress(BrokenProcessPool):
            while due and len(running) < (1 if suspects.keys() & {due[0], *running.values()} else most):
                running[pool.submit(work, items[due[0]])] = due[0]
                due.popleft()
        ended = wait(running, return_when=FIRST_COMPLETED).done
        for future in ended:
            if not isinstance(future.exception(), BrokenProcessPool):
                yield (running.pop(future), *_result(future))
        if ended & running.keys():
            return


def _result(future: "Future[bytes]") -> tuple[bytes, str]:
    """What a future brought, and the fault in a sentence."""
    fault = future.exception()
    return (b"", _sentence(fault)) if fault else (future.result(), "")


def _stop(pool: ProcessPoolExecutor) -> None:
    """Ends the workers at once: whoever was interrupted does not wait for what nobody will use."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()


def _there(work: Callable[[Item], bytes], items: Mapping[str, Item], due: deque[str], address: str) -> Found:
    """On a Dask cluster; results come back over the wire, and the scheduler gives a killed worker's item to another."""
    client = _client(address)
    running: dict[Any, str] = {}
    try:
        while due or running:
            most = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
            while due and len(running) < most:
                key = due.popleft()
                running[client.submit(work, items[key], pure=False, retries=0)] = key
            for future in _first(client, list(running), address):
                yield (running.pop(future), *_result_there(client, future, address))
    finally:
        with suppress(Exception):  # the cluster may be gone, and then there is nothing to let go of
            client.close(timeout=1)


def _client(address: str) -> Any:
    """Raises SchedulerGone where nobody answers."""
    from distributed import Client

    try:
        return Client(address, timeout=SCHEDULER_S)
    except (OSError, ValueError) as error:
        raise SchedulerGone(
            f"scheduler: nobody answers at {address}; start one with dask scheduler, or leave --scheduler out."
        ) from error


def _first(client: Any, futures: list[Any], address: str) -> list[Any]:
    """Those that have ended; raises SchedulerGone where the scheduler has."""
    from distributed import wait as wait_there

    while client.status == "running":
        with suppress(TimeoutError):
            return list(wait_there(futures, timeout=LOOK_S, return_when="FIRST_COMPLETED").done)
    raise _gone(address)


def _result_there(client: Any, future: Any, address: str) -> tuple[bytes, str]:
    """What a future brought, and the fault in a sentence; raises SchedulerGone."""
    if future.status == "finished":
        return bytes(future.result()), ""
    if future.status != "error" or client.status != "running":
        raise _gone(address)
    return b"", _sentence(future.exception())


def _gone(address: str) -> SchedulerGone:
    return SchedulerGone(f"scheduler: {address} is gone; what was done is kept, so start the same command again.")


def _sentence(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"
