"""Where somebody stands with the questions: what the rules say so far, and what is still to be answered."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from supple.safety.asked import AnswersError, Question, Screen, ask_again, load_questions, questions
from supple.safety.freshness import Given, grown
from supple.safety.questions import Answers, MissingAnswer, QuestionKind, applies, missing, readable, settle
from supple.safety.rules import atoms
from supple.safety.screening import Screening, screen
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict

NOT_ASKED = (QuestionKind.COMPUTED, QuestionKind.SESSION)  # what the site knows by itself
ON_THE_DAY = "minutes_since_rising"  # asked before a session, where it matters
WEEKS = "pregnant_weeks"
A_JOURNEY_DAYS = 1  # so far ahead may be the day on which somebody answered, in the east


@dataclass(frozen=True)
class Standing:
    """The answers that hold at a moment, and what the rules make of them.

    `screening` is None while something is missing. `fault` is one sentence about what has to be mended, and `where` the
    question that it is about. `since` is when the oldest answer that counts was given.
    """

    screening: Screening | None
    answers: Mapping[str, object]
    fault: str = ""
    where: str = ""
    since: datetime | None = None

    @property
    def urgent(self) -> bool:
        """Whether help has to come first, now or today."""
        return self.screening is not None and self.screening.verdict in (Verdict.EMERGENCY, Verdict.SAME_DAY)

    @property
    def may_plan(self) -> bool:
        """Whether there may be a plan."""
        return self.screening is not None and self.screening.plan is not PlanKind.NONE


def standing(given: Mapping[str, object], given_at: Mapping[str, str], now: datetime) -> Standing:
    """What the rules say now of answers that were given at these moments; what is too old counts as not answered."""
    return _standing(json.dumps([given, given_at]), now.date().isoformat(), now.tzinfo)


@lru_cache(maxsize=64)
def _standing(told: str, day: str, zone: tzinfo | None) -> Standing:
    given, given_at = json.loads(told)
    moments = _moments(given_at, zone)
    today = datetime.fromisoformat(day).date()
    answers = {key: value for key, value in given.items() if key in _good(moments, today.toordinal())}
    if WEEKS in answers:
        answers = grown(answers, Given(moments[WEEKS].date()), today)
    try:
        found = screen(answers)
    except MissingAnswer as error:
        return Standing(None, answers, where=error.key)
    except AnswersError as error:
        key, _, said = str(error).partition(": ")
        return Standing(None, answers, said[:1].upper() + said[1:], key)
    counts = [moments[asked.key] for page in parts() for asked in shown(page, answers) if asked.key in answers]
    return Standing(found, answers, since=min(counts, default=None))


def current(given: Mapping[str, object], given_at: Mapping[str, str], now: datetime) -> dict[str, object]:
    """The answers that still hold: those of the first two screens for two weeks, all others for a month."""
    good = _good(_moments(given_at, now.tzinfo), now.date().toordinal())
    return {key: value for key, value in given.items() if key in good}


def _moments(given_at: Mapping[str, str], zone: tzinfo | None) -> dict[str, datetime]:
    """Each moment on the clock of whoever looks."""
    return {key: datetime.fromisoformat(at).astimezone(zone) for key, at in given_at.items()}


def _good(moments: Mapping[str, datetime], today: int) -> set[str]:
    good = table("before_session")["good_for_days"]
    often = set(_asked_every_two_weeks())
    return {
        key
        for key, at in moments.items()
        if -A_JOURNEY_DAYS <= today - at.date().toordinal() <= good["every_2_weeks" if key in often else "monthly"]
    }


def _asked_every_two_weeks() -> Iterator[str]:
    names = ask_again()["every_2_weeks"]
    yield from (key for key, asked in questions().items() if key in names or f"screen_{asked.screen}" in names)


def shown(screen: Screen, answers: Mapping[str, object]) -> list[Question]:
    """The questions of a screen that apply, given what is answered so far; a follow-up only after what it follows."""
    known = readable(answers)
    return [
        asked for asked in screen.questions if is_asked(asked) and applies(asked, known) and not _waits(asked, known)
    ]


def _waits(asked: Question, known: Answers) -> bool:
    """Whether it hangs on an answer that is still to come."""
    before = [questions()[atom.key] for atom in atoms(asked.skip_when or [])]
    return any(one.key not in known and not one.optional and is_asked(one) and applies(one, known) for one in before)


def is_asked(asked: Question) -> bool:
    """Whether the site puts this question among the others."""
    return asked.kind not in NOT_ASKED and asked.key != ON_THE_DAY


def open_questions(screen: Screen, answers: Mapping[str, object]) -> list[Question]:
    """Those of a screen that still need an answer."""
    return missing(_settled(readable(answers)), shown(screen, answers))


def _settled(answers: Answers) -> Answers:
    try:
        return settle(answers)
    except AnswersError:  # two answers cannot both be true, which is said of its own
        return answers


def without_idle(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without those to questions that do not apply any more, because another one was corrected."""
    kept = dict(answers)
    for key, asked in questions().items():
        if key in kept and is_asked(asked) and not asked.ignored_when_skipped and not applies(asked, readable(kept)):
            del kept[key]
    return kept


def parts() -> tuple[Screen, ...]:
    """Every screen of questions, in order."""
    return load_questions()
