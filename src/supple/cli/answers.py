"""A file of answers: YAML as people write it, in which a slip is never read as something else."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from supple.cli.moments import written
from supple.files import FileError, read_text
from supple.safety.freshness import Given
from supple.safety.questions import YES, AnswersError
from supple.safety.screening import screen
from supple.safety.verdicts import Verdict

MOST_BYTES = 200_000  # every question with every answer has some 20,000
INT = re.compile(r"-?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
BOOL = re.compile(r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF")
NULL = re.compile(r"~|null|Null|NULL|")
OURS = {"steps": "a plan", "started": "a log"}  # by a key that no answers have
TRUE = ("yes", "true", "on")
ANSWER = re.compile(r"""^(\w+)[ \t]*:[ \t]+["']?(\w+)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)


ANSWERED_ON = "answered_on"


@dataclass(frozen=True)
class Answered:
    """The answers of one person, the day on which they were given where the file says so, and the file."""

    answers: Mapping[str, Any]
    on: date | None
    file: Path

    def given(self, *before: date | None) -> Given:
        """The day of the answers; where their file bears none, the day of the file, or one `before` it, at the latest.

        What a file does not say must not make its answers young for ever.
        """
        if self.on:
            return Given(self.on)
        return Given(min(day for day in (written(self.file).date(), *before) if day), sure=False)


class _Loader(yaml.SafeLoader):
    """Only what answers need: words, plain numbers, yes and no, lists and tables.

    YAML's other ways to write a number (7:30 for 450, 1_7, 010, 0x1F) stay words, and so do dates. A key that stands
    twice is an error, and so are references, with which a small file can become a huge one.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as the base class has it

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node, unless it is a reference to another."""
        if self.check_event(yaml.AliasEvent):
            raise FileError("there is a * reference in it; write each answer out.")
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("bool", BOOL, "yYnNtTfFoO"),
    ("int", INT, "-0123456789"),
    ("float", FLOAT, "-0123456789"),
    ("null", NULL, ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern.pattern})$"), list(_first))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    """A table with its keys as they are written, each once."""
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key is no word", key.start_mark)
        if key.value in found:
            raise FileError(f"{key.value!r} is answered twice; keep one answer.")
        found[key.value] = loader.construct_object(value, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_answered(path: Path) -> Answered:
    """The answers in a YAML file and their day; the day is no answer, and no rule sees it."""
    found = dict(read_answers(path))
    day = found.pop(ANSWERED_ON, None)
    try:
        return Answered(found, None if day is None else date.fromisoformat(str(day).strip()), path)
    except ValueError as error:
        if _is_emergency(found):
            return Answered(found, None, path)
        raise FileError(f"{path}: {ANSWERED_ON}: {day!r} is no day; write it like 2026-11-21.") from error


def read_answers(path: Path) -> Mapping[str, Any]:
    """What a file of answers holds: a table of question keys, and perhaps the day.

    Raises FileError naming the file, save where what can be read is an emergency.
    """
    text = read_text(path, most_bytes=MOST_BYTES)
    try:
        return _table(text)
    except FileError as error:
        if _is_emergency(legible := _line_by_line(text)):
            return legible
        raise FileError(f"{path}: {error}") from error


def _table(text: str) -> Mapping[str, Any]:
    """The answers in a text; raises FileError with what is wrong and the remedy."""
    try:
        answers = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else "somewhere"
        raise FileError(f"{line} is not YAML ({error.problem}); write one 'key: answer' per line.") from error
    except FileError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # what no line can be named for, such as a null byte
        raise FileError("this is not YAML; write one 'key: answer' per line.") from error
    if not isinstance(answers, dict) or not answers:
        raise FileError("there are no answers; write one 'key: answer' per line (see supple screen --blank).")
    for key, what in OURS.items():
        if key in answers:
            raise FileError(f"this is {what} of supple; name the file of your answers.")
    return answers


def _line_by_line(text: str) -> dict[str, str]:
    """The answers on lines that can be read by themselves, where the file as a whole cannot; of two, the yes."""
    found = [(key, YES if word.lower() in TRUE else word) for key, word in ANSWER.findall(text)]
    return dict(sorted(found, key=lambda answer: answer[1] == YES))


def _is_emergency(answers: Mapping[str, Any]) -> bool:
    """Whether what can be read is an emergency, which no slip elsewhere in the file may hide."""
    try:
        return screen(answers).verdict is Verdict.EMERGENCY
    except AnswersError:
        return False


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Whatever is wrong with answers names the file they come from."""
    try:
        yield
    except AnswersError as error:
        raise FileError(f"{path}: {error}") from error
