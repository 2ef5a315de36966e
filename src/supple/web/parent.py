"""Whoever is started by `supple serve` goes with it."""

import os
import threading

LOOK_S = 0.5
STANDING = threading.Event()  # which nobody sets


def leave_with_parent() -> None:
    """Ends this process when the one that started it is gone, however that went: nobody else would free the port.

    What is kept is whole then, too: the database writes all of a change or nothing.
    """
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        STANDING.wait(LOOK_S)
    os._exit(1)
