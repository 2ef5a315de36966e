"""Files in and out: ordinary ones of bounded size, in UTF-8, written whole or not at all and never over others."""

import json
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Generic, TypeVar

from supple import shapes

Value = TypeVar("Value")

MOST_BYTES = 2_000_000  # the largest log has some 50,000


class FileError(ValueError):
    """A file cannot be read or written."""


@dataclass(frozen=True)
class Kind(Generic[Value]):
    """A kind of file that Supple writes: `mark` is a key that only it has, `again` how to come by a whole one."""

    shape: type[Value]
    name: str
    mark: str
    version: int
    instead: str
    again: str


def read_text(path: Path, *, most_bytes: int = MOST_BYTES) -> str:
    """The text of an ordinary file of at most so many bytes; raises FileError in one sentence."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FileError(f"{path}: cannot be read (Is a directory); name a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise FileError(f"{path}: cannot be read (it is no ordinary file); save what it gives in a file first.")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise FileError(
                f"{path}: this is larger than {_size(most_bytes)}, as no file of this kind is; check the name."
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file; check the name.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: cannot be read (it is not text in UTF-8); save it again as UTF-8.") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}); choose another, or make it readable.") from error
    except ValueError as error:  # such as a null byte in its name
        if isinstance(error, FileError):
            raise
        raise FileError(f"{str(path)!r}: no file can bear this name; check it.") from error


def read_json(path: Path, *, again: str = "write it again or use an earlier copy") -> Any:
    """What a JSON file holds; raises FileError in one sentence that ends with `again`."""
    text = read_text(path)
    try:
        data = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise FileError(f"{path}: there is half a letter in it that nobody can read; {again}.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        where = where if text.strip() else " (it is empty)"
        raise FileError(f"{path}: not whole JSON{where}; {again}.") from error
    except ValueError as error:  # a number of thousands of digits, or none at all
        raise FileError(f"{path}: a number in it is too long; {again}.") from error
    return data


def read_value(
    kind: Kind[Value], path: Path, *, older: Callable[[dict[str, Any]], dict[str, Any]] | None = None
) -> Value:
    """A value that Supple wrote before, such as a plan or a log; `older` makes one of this version of an older one.

    Raises FileError for something else, for another version, and where a part is broken or missing.
    """
    if read_text(path).lstrip()[:1] not in ("{", "[", ""):
        raise FileError(f"{path}: this is no {kind.name} of supple; {kind.instead}.")
    return value_of(kind, read_json(path, again=kind.again), path, older=older)


def value_of(
    kind: Kind[Value], data: Any, path: Path, *, older: Callable[[dict[str, Any]], dict[str, Any]] | None = None
) -> Value:
    """The value that the data from `path` carry; raises FileError as `read_value` does."""
    if not is_one(kind, data):
        raise FileError(f"{path}: this is no {kind.name} of supple; {kind.instead}.")
    data = older(data) if older else data
    if data.get("version") is True or data.get("version") != kind.version:
        found = json.dumps(data.get("version"))[:20]
        raise FileError(
            f"{path}: this {kind.name} is of version {found}, and version {kind.version} is needed; {kind.again}."
        )
    try:
        return shapes.build(kind.shape, data, place=str(path))
    except shapes.ShapeError as error:
        raise FileError(f"{error.said}; {kind.again}.") from error


def is_one(kind: Kind[Any], data: object) -> bool:
    """Whether data are of this kind, as far as the mark tells."""
    return isinstance(data, dict) and kind.mark in data


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: cannot be made ({error.strerror}); choose another place.") from error


def write_text(path: Path, text: str) -> None:
    """Write `text` so that the file is the old one or the new one, never half of either; raises FileError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` so that the file is the old one or the new one, never half of either; raises FileError."""
    if path.name == "-":
        raise FileError(f"{path}: this is no name for a file; give another, such as plan.json.")
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():  # a folder, or a device that must never be replaced
            raise FileError(f"{path}: something that is not a file bears this name; choose another.")
        _replace(target, content)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror}); choose another place.") from error


def write_value(path: Path, value: object, kind: Kind[Any]) -> None:
    """Write a value as JSON, in place of nothing or of another of its kind; raises FileError."""
    if is_file(path) and not _holds(path, kind):
        raise FileError(f"{path}: this file is no {kind.name} of supple and is left as it is; choose another name.")
    write_text(path, shapes.dumps(value))


def remove(path: Path) -> None:
    """Take a file away, if it is there; raises FileError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"{path}: cannot be taken away ({error.strerror}); make its folder writable.") from error


def is_file(path: Path) -> bool:
    """Whether an ordinary file lies there."""
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long, which writing will tell
        return False


def _holds(path: Path, kind: Kind[Any]) -> bool:
    try:
        data = read_json(path)
    except FileError:
        return False
    named = {each.name for each in fields(kind.shape) if each.default is MISSING and each.default_factory is MISSING}
    return is_one(kind, data) and isinstance(data.get("version"), int) and named <= data.keys()  # else it is not ours


def _replace(target: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile("wb", dir=target.parent, delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(target)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _finite(word: str) -> float:
    number = float(word)
    return number if abs(number) != float("inf") else _no_number(word)


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1000} kB"
