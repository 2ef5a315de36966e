"""What is asked before every session: whether anything of the first two screens is new, the most urgent first."""

from dataclasses import dataclass

from supple.safety.questions import YES
from supple.safety.screening import evaluate
from supple.safety.tables import table
from supple.safety.verdicts import Verdict


@dataclass(frozen=True)
class Change:
    """What may be new and, if it is, has to be seen to as urgently as `verdict` says."""

    verdict: Verdict
    short: tuple[str, ...]

    @property
    def told(self) -> str:
        """What somebody told of who said yes, in words for a log."""
        return f"one of these: {'; '.join(self.short)}"


def changes() -> tuple[Change, ...]:
    """What to ask before a session, in one question for each urgency.

    >>> [change.verdict.value for change in changes()]
    ['emergency', 'same_day']
    """
    row = table("before_session")
    by_verdict: dict[Verdict, list[str]] = {}
    for key, short in row["short"].items():
        by_verdict.setdefault(evaluate({key: YES}).verdict, []).append(short)
    for verdict, also in row["also"].items():
        by_verdict.setdefault(Verdict(verdict), []).extend(also)
    return tuple(Change(verdict, tuple(by_verdict[verdict])) for verdict in Verdict if verdict in by_verdict)
