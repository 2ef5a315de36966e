"""Where somebody stands with the questions: what the rules say so far, and what is still to be answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from supple.safety.asked import AnswersError, Question, QuestionKind, Screen, ask_again, load_questions, questions
from supple.safety.freshness import Given, grown
from supple.safety.questions import MissingAnswer, applies, missing, read, settle
from supple.safety.screening import Screening, screen
from supple.safety.tables import table
from supple.safety.verdicts import PlanKind, Verdict

NOT_ASKED = (QuestionKind.COMPUTED, QuestionKind.SESSION)  # what the site knows by itself
WEEKS = "pregnant_weeks"


@dataclass(frozen=True)
class Standing:
    """The answers that hold on a day, and what the rules make of them. `screening` is None while something is missing.

    `fault` is one sentence about what has to be mended, and `where` the question that it is about.
    """

    screening: Screening | None
    answers: Mapping[str, object]
    fault: str = ""
    where: str = ""

    @property
    def urgent(self) -> bool:
        """Whether help has to come first, now or today."""
        return self.screening is not None and self.screening.verdict in (Verdict.EMERGENCY, Verdict.SAME_DAY)

    @property
    def may_plan(self) -> bool:
        """Whether there may be a plan."""
        return self.screening is not None and self.screening.plan is not PlanKind.NONE


def standing(given: Mapping[str, object], days: Mapping[str, str], today: date) -> Standing:
    """What the rules say today of answers that were given on these days; what is too old counts as not answered."""
    answers = current(given, days, today)
    if WEEKS in answers:
        answers = grown(answers, Given(date.fromisoformat(days[WEEKS])), today)
    try:
        return Standing(screen(answers), answers)
    except MissingAnswer as error:
        return Standing(None, answers, where=error.key)
    except AnswersError as error:
        key, _, said = str(error).partition(": ")
        return Standing(None, answers, said[:1].upper() + said[1:], key)


def current(given: Mapping[str, object], days: Mapping[str, str], today: date) -> dict[str, object]:
    """The answers that still hold: those of the first two screens for two weeks, all others for a month."""
    good = table("before_session")["good_for_days"]
    often = set(_asked_every_two_weeks())
    return {
        key: value
        for key, value in given.items()
        if key in days
        and 0 <= (today - date.fromisoformat(days[key])).days <= good["every_2_weeks" if key in often else "monthly"]
    }


def _asked_every_two_weeks() -> Iterator[str]:
    names = ask_again()["every_2_weeks"]
    yield from (key for key, asked in questions().items() if key in names or f"screen_{asked.screen}" in names)


def shown(screen: Screen, answers: Mapping[str, object]) -> list[Question]:
    """The questions of a screen that apply, given what is answered so far."""
    known = _readable(answers)
    return [asked for asked in screen.questions if asked.kind not in NOT_ASKED and applies(asked, known)]


def open_questions(screen: Screen, answers: Mapping[str, object]) -> list[Question]:
    """Those of a screen that still need an answer."""
    return missing(settle(_readable(answers)), shown(screen, answers))


def _readable(answers: Mapping[str, object]) -> dict[str, object]:
    return dict(read(answers))


def parts() -> tuple[Screen, ...]:
    """Every screen of questions, in order."""
    return load_questions()
