"""Whether a stretch is for the person of this machine today, as far as their answers tell."""

from dataclasses import dataclass, replace
from functools import lru_cache

from supple.anatomy import Setting
from supple.catalogue import Stretch, load
from supple.safety.day import as_answered
from supple.safety.limits import Allowance, Limits, Refusal, judge, limits
from supple.safety.rules import Facts
from supple.web.check.gate import bar
from supple.web.check.standing import Standing


@dataclass(frozen=True)
class ForYou:
    """Judges stretches; `known` is False while an answer is missing, and then nothing is said."""

    known: bool
    first_a_clinician: bool = False
    within: Limits | None = None

    def why_not(self, stretch: Stretch) -> tuple[str, ...]:
        """Why it is not for this person today; empty where it is, and where we do not know."""
        said = _said(stretch.id, self.within) if self.within else None
        return said.reasons if isinstance(said, Refusal) else ()

    def changes(self, stretch: Stretch) -> tuple[str, ...]:
        """How this person does it."""
        said = _said(stretch.id, self.within) if self.within else None
        return said.changes if isinstance(said, Allowance) else ()


@lru_cache(maxsize=1024)
def _said(stretch: str, within: Limits) -> Allowance | Refusal:
    return judge(load().stretch(stretch), within)


def for_you(stands: Standing) -> ForYou:
    """What the answers allow, wherever the person may be."""
    if stands.screening is None:
        return ForYou(known=False)
    if not stands.may_plan or bar(stands):
        return ForYou(known=True, first_a_clinician=True)
    answers: Facts = dict(stands.answers)  # type: ignore[arg-type]  # read by the rules before they gave a verdict
    anywhere = replace(as_answered(answers), settings=tuple(Setting))
    return ForYou(known=True, within=limits(stands.screening, stands.answers, anywhere))
