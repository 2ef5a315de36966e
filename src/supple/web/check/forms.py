"""One screen of questions as a form: what came in, read by the rules' own reader, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from supple.safety.asked import NO, UNSURE, YES, AnswersError, Question, Screen
from supple.safety.questions import Contradiction, QuestionKind, read, readable, settle
from supple.web.check.standing import is_asked, open_questions, shown

REST = "none_of_the_rest"
CONDITIONS = "7_conditions"  # what we adapt to; cancer, fractures and the like are answered line by line
INSTEAD = "-instead"  # a word that stands for a number: none, or not sure
LONGEST_NOTE = 2000
URGENT_SCREENS = ("1_right_now", "2_nerves", "3_ill")  # each question of these has an answer of its own
A_LIST = 4  # more questions than this are answered line by line
IN_PASSING = {"bp_sys": "uncontrolled_hypertension"}  # one line until this is answered otherwise than with no
ORDER = (NO, YES, UNSURE)


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
    folded: bool | None = None  # only for a number that is asked in passing
    last: str = ""  # how it was answered when that was too long ago to hold
    error: str = ""

    @property
    def key(self) -> str:
        """The name of the field."""
        return self.question.key

    @property
    def kind(self) -> str:
        """Which way it is answered."""
        return self.question.kind.value

    @property
    def scale(self) -> tuple[Choice, ...]:
        """The numbers of a pain from 0 to 10, each to be tapped; empty for other numbers."""
        if self.question.kind is not QuestionKind.NUMBER or self.question.unit != "points":
            return ()
        low, high = self.question.range or (0, 10)
        return tuple(Choice(str(n), str(n), self.value == str(n)) for n in range(low, high + 1))


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
            if is_asked(asked):
                self._read(asked, _raw(asked, posted))
        for asked in set(self.screen.questions) - set(shown(self.screen, self.given)):
            self.given.pop(asked.key, None)
        if REST in posted and self.ends_at_once:
            open_now = open_questions(self.screen, self.given)
            self.given |= {asked.key: NO for asked in open_now if asked.kind is QuestionKind.YES_NO_UNSURE}
        if whole:
            self._need_all()

    def _read(self, asked: Question, raw: object) -> None:
        self.given.pop(asked.key, None)
        if raw in (None, "", []):
            return
        try:
            self.given |= {key: _plain(value) for key, value in read({asked.key: raw}).items()}
        except AnswersError as error:
            self.errors[asked.key] = sentence(error)

    def _need_all(self) -> None:
        for asked in open_questions(self.screen, self.given):
            self.errors.setdefault(asked.key, gettext("Please answer this one, too."))
        try:
            settle(readable(self.given))
        except Contradiction as error:
            key = str(error).partition(": ")[0]
            if key in {asked.key for asked in self.screen.questions}:
                self.errors.setdefault(key, contradiction(key))

    @property
    def ends_at_once(self) -> bool:
        """Whether it may be ended with "no to all the rest"."""
        return self.screen.id == CONDITIONS

    @property
    def left(self) -> int:
        """How many questions still need an answer."""
        return len(open_questions(self.screen, self.given))

    @property
    def left_words(self) -> str:
        """The same in words."""
        if not self.left:
            return gettext("All answered")
        return ngettext("%(n)d answer to go", "%(n)d answers to go", self.left) % {"n": self.left}

    @property
    def is_list(self) -> bool:
        """Whether it is one of the long lists, answered line by line."""
        yes_no = sum(asked.kind is QuestionKind.YES_NO_UNSURE for asked in self.screen.questions)
        return self.screen.id not in URGENT_SCREENS and yes_no > A_LIST

    def fields(self) -> list[Field]:
        """Every question of the screen; those that do not apply now are hidden until an answer makes them."""
        asked_now = shown(self.screen, self.given)
        return [self._field(asked, asked in asked_now) for asked in self.screen.questions if is_asked(asked)]

    def _field(self, asked: Question, applies: bool) -> Field:
        value = self.given.get(asked.key)
        chosen = value if isinstance(value, list) else [value]
        instead = tuple(Choice(word, _in_words(word), value == word) for word in _words(asked))
        typed = "" if value is None or value in asked.also or value == UNSURE else str(value)
        words = ORDER if asked.kind is QuestionKind.YES_NO_UNSURE else asked.choices
        choices = tuple(Choice(word, asked.choices[word], word in chosen) for word in words)
        error = self.errors.get(asked.key, "")
        return Field(asked, typed, choices, instead, applies, self._folded(asked), self._last(asked), error)

    def _folded(self, asked: Question) -> bool | None:
        """Whether a number that few know takes no more than a line; None where it is asked like all others."""
        if asked.key not in IN_PASSING:
            return None
        return asked.key not in self.given and self.given.get(IN_PASSING[asked.key], NO) == NO

    def _last(self, asked: Question) -> str:
        """How it was answered the last time, in words, where that does not hold any more."""
        old = self.before.get(asked.key)
        if asked.key in self.given or old is None:
            return ""
        words = old if isinstance(old, list) else [old]
        return ", ".join(asked.choices.get(str(word), str(word)) for word in words)


def sentence(error: Exception) -> str:
    """What is wrong with an answer, without the name of its question."""
    said = str(error).partition(": ")[2]
    return said[:1].upper() + said[1:]


def contradiction(key: str) -> str:
    """What two answers that cannot both be true ask for."""
    if key == "bp_dia":
        return gettext("The lower number has to be smaller than the upper one; please look at both again.")
    if key == "onset_under_40":
        return gettext("You are under 40 now, so it began before 40; please change this answer or your age.")
    if key == "nprs_worst_week":
        return gettext(
            "You gave your pain right now a higher number; the worst of the week cannot be lower. Please change this "
            "answer, or the one about right now in “Your pain”."
        )
    return gettext("This does not fit what you answered before; please change one of the two.")


def _in_words(word: str) -> str:
    return gettext("Not sure") if word == UNSURE else gettext("None")


def _words(asked: Question) -> tuple[str, ...]:
    """The words that may stand for a number."""
    if asked.kind is not QuestionKind.NUMBER:
        return ()
    return asked.also or ((UNSURE,) if asked.may_be_unsure and not asked.optional else ())


def _raw(asked: Question, posted: QueryDict) -> object:
    if asked.kind is QuestionKind.CHOICE_MANY:
        return posted.getlist(asked.key)
    typed = posted.get(asked.key, "").strip()
    if asked.kind is QuestionKind.TEXT:
        return typed[:LONGEST_NOTE]
    return typed or posted.get(asked.key + INSTEAD, "")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
