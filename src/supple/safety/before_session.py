"""What is asked before every session: whether anything of the first two screens is new, the most urgent first."""

from dataclasses import dataclass

from supple.safety.questions import YES
from supple.safety.screening import evaluate
from supple.safety.tables import table
from supple.safety.verdicts import Verdict


@dataclass(frozen=True)
class Change:
    """What may be new and, if it is, has to be seen to as urgently as `verdict` says; `at_once` says whom to call."""

    verdict: Verdict
    short: tuple[str, ...]
    at_once: str = ""

    @property
    def told(self) -> str:
        """What somebody told of who said yes, in words for a log."""
        return f"one of these: {'; '.join(self.short)}"


def changes(*, pregnant: bool = False) -> tuple[Change, ...]:
    """What to ask before a session, in one question for each urgency, and one more of whoever may be pregnant.

    >>> [change.verdict.value for change in changes()]
    ['emergency', 'same_day']
    """
    row = table("before_session")
    by_verdict: dict[Verdict, list[str]] = {}
    for key, short in row["short"].items():
        by_verdict.setdefault(evaluate({key: YES}).verdict, []).append(short)
    for verdict, also in row["also"].items():
        by_verdict.setdefault(Verdict(verdict), []).extend(also)
    asked = [Change(verdict, tuple(by_verdict[verdict])) for verdict in Verdict if verdict in by_verdict]
    more = row["in_pregnancy"]
    return (*asked, *([Change(Verdict(more["verdict"]), tuple(more["short"]), more["at_once"])] if pregnant else []))


def help_at_once() -> str:
    """The signs that wait for no questionnaire, in one sentence: all that the first two screens call an emergency.

    >>> "slurred speech, trouble swallowing, double vision, or new dizziness with neck pain" in help_at_once()
    True
    """
    return f"With any of this get help at once: {'; '.join(gravest_signs())}."


def gravest_signs() -> tuple[str, ...]:
    """The signs of `help_at_once`, each for itself."""
    return next(change for change in changes() if change.verdict is Verdict.EMERGENCY).short
