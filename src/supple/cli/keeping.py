"""The log of a session on the disk: one writer at a time, and no writing that loses what lies there.

The lock is one of the operating system and dies with its owner, so that no kill leaves it behind. It holds for the
folders of the logs, for they are one person's, who does one session at a time.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from supple import shapes
from supple.cli.logs import read_log
from supple.cli.place import usual_folder
from supple.files import FileError, is_file, make_folder, write_text
from supple.session import Log, alarm, joined, only_signs, open_question

LOCK = ".supple-session.lock"


class Running(FileError):
    """A session is under way beside this log."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Nobody else keeps a session in this folder meanwhile; raises Running where somebody does, and FileError."""
    file = folder / LOCK
    handle = _locked(file)
    try:
        yield
    finally:
        with suppress(OSError):  # such as a folder that has gone
            file.unlink()  # still held, so that nobody else's is taken away
        os.close(handle)


@contextmanager
def one_session(folder: Path, others: Iterable[Path]) -> Iterator[None]:
    """Nobody else keeps a session in this folder, nor in others that are there and can be written.

    Raises Running and FileError.
    """
    with ExitStack() as held:
        for other in sorted({folder.resolve(), *others}):
            if other == folder.resolve() or os.access(other, os.W_OK):
                held.enter_context(only_writer(other))
        yield


def fresh(folder: Path, now: datetime) -> Path:
    """A place in `folder` where no log is yet."""
    names = (f"{now:%Y-%m-%d-%H%M%S}{more}.json" for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(folder / name for name in names if not os.path.lexists(folder / name))


@dataclass
class Keeper:
    """Keeps one session in `file`.

    What others have written into the file meanwhile is kept too; a file that has become something else is left as it
    is, and the session goes into another beside it.
    """

    file: Path
    last: Log | None = field(default=None)
    signs: "Keeper | None" = field(default=None)

    def save(self, log: Log) -> None:
        """Write the log down, in a folder made anew where it has gone; raises FileError."""
        make_folder(self.file.parent)
        found = self._found(log)
        if found is not None:
            log = joined(found, self.last or found, log)
        write_text(self.file, shapes.dumps(log))
        self.last = log
        with suppress(FileError):  # a folder that nobody can write begins no session either
            self._leave_signs(log)

    def move(self, folder: Path) -> None:
        """Keep it in another folder from now on."""
        self.file, self.last = folder / self.file.name, None

    def _leave_signs(self, log: Log) -> None:
        """What bars sessions lies in the usual folder too, where a session that is not told of this one looks."""
        usual = usual_folder().resolve()
        elsewhere = self.file.parent.resolve() != usual
        if elsewhere and self.signs is None and (alarm(log) or open_question(log)):
            self.signs = Keeper(usual / f"{log.started:%Y-%m-%d-%H%M%S}-signs.json")
        if self.signs is not None:
            self.signs.save(only_signs(log))

    def _found(self, log: Log) -> Log | None:
        """The same session as it lies in the file, if it does; from something else it moves to another file."""
        if not is_file(self.file):
            return None
        try:
            found = read_log(self.file)
        except FileError:
            found = None
        if found is None or found.started != log.started:
            self.file, self.last = fresh(self.file.parent, log.started), None
            return None
        return found


def _try_room(handle: int, file: Path) -> None:
    """Raises FileError where nothing more can be written, before anything is asked that could not be kept."""
    try:
        os.pwrite(handle, b"supple", 0)
    except OSError as error:
        os.close(handle)
        raise FileError(
            f"{file.parent}: nothing can be written ({error.strerror}); make room, or choose another place with --log."
        ) from error


def _locked(file: Path) -> int:
    """A handle that holds the lock; the file may be taken away by its last owner before one has it."""
    while True:
        try:
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise FileError(f"{file.parent}: cannot be written ({error.strerror}); choose another place.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if file.exists() and os.path.samestat(os.fstat(handle), file.stat()):
                _try_room(handle, file)
                return handle
        except BlockingIOError as error:
            os.close(handle)
            raise Running(
                f"{file.parent}: a session is running in another window; go on there, or end it there with q first."
            ) from error
        except OSError as error:
            os.close(handle)
            raise FileError(
                f"{file.parent}: nothing can be locked here ({error.strerror}); choose another place with --log."
            ) from error
        os.close(handle)
