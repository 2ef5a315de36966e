"""A file of answers: YAML as people write it, in which a slip is never read as something else.

One thing is read through every slip: that somebody needs help now or today. It is said first, and then the slip.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

import yaml

from supple.cli.moments import written
from supple.files import FileError, is_file, read_text
from supple.safety.freshness import Given
from supple.safety.questions import NO, UNSURE, YES, AnswersError, QuestionKind, questions, read, readable
from supple.safety.screening import screen
from supple.safety.verdicts import Verdict

MOST_BYTES = 200_000  # every question with every answer has some 20,000
INT = re.compile(r"-?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
BOOL = re.compile(r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF")
NULL = re.compile(r"~|null|Null|NULL|")
OURS = {"steps": "a plan", "started": "a log"}  # by a key that no answers have
ANSWERED_ON = "answered_on"
COMMENT = re.compile(r"(^|\s)#.*", re.MULTILINE)
CHUNK = re.compile(r"(^|[{,;])([^\n{,;]*)", re.MULTILINE)  # what may hold an answer: a line, or a part of one
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MOST_WORDS = 8  # no key has more
SAYS_YES = re.compile(r"(yes|y|true|on)\b", re.IGNORECASE)
ALSO_YES = re.compile(
    r"\b(yeah|yea|yep|yup|ja|oui|si|true|on|1|x|y|think so|a little|a bit|definitely|sure|have)\b", re.IGNORECASE
)
LIKE_YES = 0.65  # yse, es and yess are a yes; a whole other word is none
SAYS_UNSURE = re.compile(r"(unsure|not sure|don't know|do not know|maybe|perhaps)\b", re.IGNORECASE)
SAYS_NO = re.compile(r"\b(no|not|none|n|nope|never|nothing|nein|non|false|off|null|0|\w+n['’]t)\b", re.IGNORECASE)
AS_MEANT = 0.85  # so like a key is a slip of the finger in it


@dataclass(frozen=True)
class Answered:
    """The answers of one person, the day on which they were given where the file says so, and the file.

    `slip` is what is wrong with the file, where it says all the same that this cannot wait; it is told after that.
    """

    answers: Mapping[str, Any]
    on: date | None
    file: Path
    slip: str = ""

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
    """The answers in a YAML file and their day; the day is no answer, and no rule sees it.

    Raises FileError naming the file, save where what can be read cannot wait.
    """
    text, slip = _text(path)
    try:
        if slip:
            raise FileError(slip)
        found = dict(_table(text))
        day = _day(found.pop(ANSWERED_ON, None))
    except FileError as error:
        return _urgent(text, path, str(error))
    try:
        read(found)
    except AnswersError as error:
        with suppress(FileError):
            return _urgent(text, path, str(error))
    return Answered(found, day, path)


def _urgent(text: str, path: Path, slip: str) -> Answered:
    """What a text tells of in spite of its slip that cannot wait; raises FileError with the slip otherwise."""
    slip = slip if slip.startswith(str(path)) else f"{path}: {slip}"
    legible = readable(_line_by_line(text))
    if _cannot_wait(legible):
        return Answered(legible, None, path, slip)
    raise FileError(slip)


def _text(path: Path) -> tuple[str, str]:
    """The text of a file, and what is wrong with its letters or size; a key and a yes can be read in any letters."""
    try:
        return read_text(path, most_bytes=MOST_BYTES), ""
    except FileError as error:
        if not is_file(path):
            raise
        with suppress(OSError), path.open("rb") as file:
            return file.read(MOST_BYTES).decode("latin-1"), str(error)
        raise


def _day(written: object) -> date | None:
    """The day that a file says of itself; raises FileError."""
    try:
        return None if written is None else date.fromisoformat(str(written).strip())
    except ValueError as error:
        raise FileError(f"{ANSWERED_ON}: {written!r} is no day; write it like 2026-11-21.") from error


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


def _line_by_line(text: str) -> dict[str, Any]:
    """The answers as they were meant, each by itself, where the file as a whole cannot be read; of two, the gravest.

    Whatever stands between a key and its answer is passed over, and so is what stands before the key; an answer to a
    question of yes and no that sounds like a yes, without a no in it, is a yes.
    """
    lines = COMMENT.sub(r"\1", text.replace("\0", "").replace("\r", "\n"))
    parts = CHUNK.findall(lines)
    found: list[tuple[str, Any]] = []
    for (begins, part), (next_begins, below) in zip(parts, [*parts[1:], ("", "")], strict=True):
        key, words = _key_and_words(begins, part)
        told_below = _words(below) if _goes_on(part, next_begins, below) else ""
        if key and (words or told_below):
            found.append((key, _meant(key, words or told_below)))
    return dict(sorted(found, key=lambda answer: (answer[1] == YES, answer[1] == UNSURE)))


def _key_and_words(begins: str, part: str) -> tuple[str, str]:
    """The key that was meant at the beginning of a part, and the words after it; no key, and all of its words."""
    words = [*WORD.finditer(part)]
    if begins == "" or _is_pair(part):
        runs = [words[:many] for many in range(1, min(MOST_WORDS, len(words)) + 1)]
        written = {"_".join(word[0].lower() for word in run): run[-1].end() for run in runs}
        near = {key: most for key in written if (most := get_close_matches(key, questions(), n=1, cutoff=AS_MEANT))}
        best = max(near, key=lambda key: SequenceMatcher(None, key, near[key][0]).ratio(), default="")
        if best:
            return near[best][0], _words(part[written[best] :])
        for run in reversed([key for key in written if "_" in key]):
            begun = [key for key in questions() if key.startswith(f"{run}_")]
            if len(begun) == 1:
                return begun[0], _words(part[written[run] :])
    return "", _words(part)


def _goes_on(part: str, begins: str, below: str) -> bool:
    """Whether what follows a key without an answer is its answer: the next line, or the next column of a table."""
    return (begins in ("", "{") or not _is_pair(part)) and not _is_pair(below) and not _key_and_words(begins, below)[0]


def _is_pair(part: str) -> bool:
    return any(sign in part for sign in ":=：")


def _words(part: str) -> str:
    """What is left from the first letter or digit on."""
    first = WORD.search(part)
    return part[first.start() :].strip(" \t\"'}]") if first else ""


def _meant(key: str, words: str) -> object:
    """The answer that was meant: to a question of yes and no, a yes in any words without a no is a yes."""
    if questions()[key].kind is not QuestionKind.YES_NO_UNSURE:
        with suppress(FileError, yaml.YAMLError, ValueError):
            return yaml.load(words, Loader=_Loader)
        return words
    if SAYS_UNSURE.match(words):
        return UNSURE
    if SAYS_YES.match(words):
        return YES
    if SAYS_NO.search(words):
        return NO
    like_yes = any(get_close_matches(word, [YES], cutoff=LIKE_YES) for word in WORD.findall(words.lower()))
    return YES if like_yes or ALSO_YES.search(words) else words


def _cannot_wait(answers: Mapping[str, Any]) -> bool:
    """Whether what can be read is for today or now, which no slip elsewhere in the file may hide."""
    try:
        return screen(answers).verdict.severity >= Verdict.SAME_DAY.severity
    except AnswersError:
        return False


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Whatever is wrong with answers names the file they come from."""
    try:
        yield
    except AnswersError as error:
        raise FileError(f"{path}: {error}") from error
