"""Files in and out: answers in YAML, values in JSON, written whole or not at all."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from supple import shapes

Value = TypeVar("Value")
ANSWERED_ON = "answered_on"


class FileError(ValueError):
    """A file cannot be read or written."""


class _Loader(yaml.SafeLoader):
    """YAML as people write answers: a key that stands twice is an error, and dates stay texts."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise FileError(f"{twice!r} is answered twice; keep one answer.")
    return loader.construct_mapping(node)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_text(path: Path) -> str:
    """The text of a file; raises FileError in one sentence."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file; check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise FileError(f"{path}: cannot be read ({reason}).") from error


@dataclass(frozen=True)
class Answered:
    """The answers of one person, and the day on which they were given where the file says so."""

    answers: Mapping[str, Any]
    on: date | None


def read_answered(path: Path) -> Answered:
    """The answers in a YAML file and their day; the day is no answer, and no rule sees it."""
    found = dict(read_answers(path))
    written = found.pop(ANSWERED_ON, None)
    if written is None:
        return Answered(found, None)
    try:
        return Answered(found, date.fromisoformat(str(written).strip()))
    except ValueError as error:
        raise FileError(f"{path}: {ANSWERED_ON}: {written!r} is no day; write it like 2026-11-21.") from error


def read_answers(path: Path) -> Mapping[str, Any]:
    """What a YAML file of answers holds: a table of question keys, and perhaps the day."""
    text = read_text(path)
    try:
        answers = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else "somewhere"
        raise FileError(f"{path}: {line} is not YAML ({error.problem}); write one 'key: answer' per line.") from error
    except FileError as error:
        raise FileError(f"{path}: {error}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # what no line can be named for, such as a null byte
        raise FileError(f"{path}: this is not YAML; write one 'key: answer' per line.") from error
    if not isinstance(answers, dict) or not all(isinstance(key, str) for key in answers):
        raise FileError(f"{path}: there are no answers; write one 'key: answer' per line (see supple screen --blank).")
    return answers


def read_json(path: Path) -> Any:
    """What a JSON file holds; raises FileError in one sentence."""
    try:
        return json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise FileError(f"{path}: not whole JSON{where}; write it again or use an earlier copy.") from error
    except FileError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise FileError(f"{path}: a number in it is too long; write it again or use an earlier copy.") from error


def read_value(shape: type[Value], path: Path, *, mark: str, version: int) -> Value:
    """A value that Supple wrote before, such as a plan or a log, told by the key `mark` that only it has.

    Raises FileError for something else and for another version, ShapeError where a part is broken.
    """
    data = read_json(path)
    kind = shape.__name__.lower()
    if not isinstance(data, dict) or mark not in data:
        raise FileError(f"{path}: this is no {kind} of supple; check the name.")
    if data.get("version") != version:
        found = json.dumps(data.get("version"))[:20]
        raise FileError(f"{path}: this {kind} is of version {found}, and version {version} is needed; make it again.")
    return shapes.build(shape, data, place=str(path))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: cannot be made ({error.strerror}); choose another place.") from error


def write_text(path: Path, text: str) -> None:
    """Write `text` so that the file is the old one or the new one, never half of either; raises FileError."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():  # a folder, or a device that must never be replaced
            raise FileError(f"{path}: something that is not a file bears this name; choose another.")
        _replace(target, text)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror}); choose another place.") from error


def write_value(path: Path, value: object, *, mark: str) -> None:
    """Write a value as JSON, in place of nothing or of another of its kind, told by `mark`; raises FileError."""
    if _is_file(path) and not _is_one(path, mark):
        kind = type(value).__name__.lower()
        raise FileError(f"{path}: this file is no {kind} of supple and is left as it is; choose another name.")
    write_text(path, shapes.dumps(value))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long, which writing will tell
        return False


def _is_one(path: Path, mark: str) -> bool:
    try:
        data = read_json(path)
    except FileError:
        return False
    return isinstance(data, dict) and mark in data


def _replace(target: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as draft:
        try:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(target)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
