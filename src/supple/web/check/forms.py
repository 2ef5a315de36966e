"""One screen of questions as a form: what came in, read by the rules' own reader, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from supple.safety.asked import NO, AnswersError, Question, QuestionKind, Screen
from supple.safety.questions import read
from supple.web.check.standing import open_questions, shown

REST = "none_of_the_rest"
INSTEAD = "-instead"  # a word that stands for a number: none, or not sure
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One question as the page shows it; `value` is what is typed, `error` what to mend."""

    question: Question
    value: str
    choices: tuple[Choice, ...]
    instead: tuple[Choice, ...]
    applies: bool
    last: str = ""  # how it was answered when that was too long ago to hold
    error: str = ""

    @property
    def key(self) -> str:
        """The name of the field."""
        return self.question.key

    @property
    def kind(self) -> str:
        """Which template shows it."""
        return self.question.kind.value


@dataclass
class Part:
    """A screen with the answers that hold, and those from `before` that may be too old; `take` adds what came in."""

    screen: Screen
    given: dict[str, Any]
    before: Mapping[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    def take(self, posted: QueryDict, *, whole: bool) -> None:
        """Puts what was posted into `given`; `whole`: the person wants to go on, so that nothing may be open."""
        for asked in self.screen.questions:
            raw = _raw(asked, posted)
            if raw in (None, "", []):
                self.given.pop(asked.key, None)
                continue
            try:
                self.given |= {key: _plain(value) for key, value in read({asked.key: raw}).items()}
            except AnswersError as error:
                self.given.pop(asked.key, None)
                self.errors[asked.key] = _sentence(error)
        if REST in posted:
            for asked in open_questions(self.screen, self.given):
                if asked.kind is QuestionKind.YES_NO_UNSURE:
                    self.given[asked.key] = NO
        if whole:
            for asked in open_questions(self.screen, self.given):
                self.errors.setdefault(asked.key, gettext("Please answer this one, too."))

    @property
    def left(self) -> int:
        """How many questions still need an answer."""
        return len(open_questions(self.screen, self.given))

    @property
    def is_list(self) -> bool:
        """Whether it is one of the long lists, that may be ended with "none of the rest"."""
        yes_no = sum(asked.kind is QuestionKind.YES_NO_UNSURE for asked in self.screen.questions)
        return int(self.screen.id.partition("_")[0]) > 4 and yes_no > 4

    def fields(self) -> list[Field]:
        """Every question of the screen; those that do not apply now are hidden until an answer makes them."""
        asked_now = shown(self.screen, self.given)
        return [self._field(asked, asked in asked_now) for asked in self.screen.questions if _is_asked(asked)]

    def _field(self, asked: Question, applies: bool) -> Field:
        value = self.given.get(asked.key)
        chosen = value if isinstance(value, list) else [value]
        instead = tuple(Choice(word, _INSTEAD[word], value == word) for word in _words(asked))
        typed = "" if value is None or value in asked.also or value == "unsure" else str(value)
        choices = tuple(Choice(word, label, word in chosen) for word, label in asked.choices.items())
        return Field(asked, typed, choices, instead, applies, self._last(asked), self.errors.get(asked.key, ""))

    def _last(self, asked: Question) -> str:
        """How it was answered the last time, in words, where that does not hold any more."""
        old = self.before.get(asked.key)
        if asked.key in self.given or old is None:
            return ""
        words = old if isinstance(old, list) else [old]
        return ", ".join(asked.choices.get(str(word), str(word)) for word in words)


_INSTEAD = {"none": "None", "unsure": "Not sure"}


def _words(asked: Question) -> tuple[str, ...]:
    """The words that may stand for a number."""
    if asked.kind is not QuestionKind.NUMBER:
        return ()
    return asked.also or (("unsure",) if asked.may_be_unsure and not asked.optional else ())


def _is_asked(asked: Question) -> bool:
    return asked.kind not in (QuestionKind.COMPUTED, QuestionKind.SESSION)


def _raw(asked: Question, posted: QueryDict) -> object:
    if asked.kind is QuestionKind.CHOICE_MANY:
        return posted.getlist(asked.key)
    typed = posted.get(asked.key, "").strip()
    if asked.kind is QuestionKind.TEXT:
        return typed[:LONGEST_NOTE]
    return typed or posted.get(asked.key + INSTEAD, "")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _sentence(error: Exception) -> str:
    said = str(error).partition(": ")[2]
    return said[:1].upper() + said[1:]
