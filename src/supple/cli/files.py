"""Files in and out: answers in YAML, values in JSON, written whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from supple import shapes

Value = TypeVar("Value")


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


def read_answers(path: Path) -> Mapping[str, Any]:
    """The answers of one person from a YAML file: a table of question keys."""
    text = read_text(path)
    try:
        answers = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else "somewhere"
        raise FileError(f"{path}: {line} is not YAML ({error.problem}); write one 'key: answer' per line.") from error
    except FileError as error:
        raise FileError(f"{path}: {error}") from error
    if not isinstance(answers, dict) or not all(isinstance(key, str) for key in answers):
        raise FileError(f"{path}: there are no answers; write one 'key: answer' per line (see supple screen --blank).")
    return answers


def read_value(shape: type[Value], path: Path) -> Value:
    """A value that Supple wrote before, such as a plan or a log."""
    return shapes.loads(shape, read_text(path), name=str(path))


def write_text(path: Path, text: str) -> None:
    """Write `text` so that the file is the old one or the new one, never half of either."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(path)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror}); choose another place.") from error
