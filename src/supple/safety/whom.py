"""Who leaves a stretch out or does it otherwise: people with one thing and nothing else, judged as for a plan.

Somebody with two things may be left more out than either alone; that only a plan can say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from supple.anatomy import Setting
from supple.catalogue import HoldDose, Stretch, load
from supple.safety import population
from supple.safety.day import Today, as_answered
from supple.safety.limits import BY_ITS_FORM, Allowance, Limits, Refusal, judge, limits
from supple.safety.questions import NO, facts, questions, read
from supple.safety.screening import evaluate
from supple.safety.tables import table

LONG_AFTER = 99  # weeks: nothing is small only because it is the beginning


@dataclass(frozen=True)
class Lone:
    """Somebody with one thing; `who` completes "Leave it out if ...", `asked` are the questions that tell of it."""

    id: str
    who: str
    asked: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True)
class Warned:
    """What one of them would be told of a stretch."""

    whom: Lone
    say: str


@cache
def left_out(stretch: Stretch) -> tuple[Warned, ...]:
    """Who would not get this stretch, each with the weightiest reason.

    >>> [warned.whom.id for warned in left_out(load().stretch("seated_pelvic_tilt"))]
    ['recent_spine_surgery', 'pain_7']
    """
    return tuple(_each_once(stretch, _why_not))


@cache
def adapted(stretch: Stretch) -> tuple[Warned, ...]:
    """Who would do it otherwise, each with all that is different for them."""
    return tuple(_each_once(stretch, _how))


def does_as_written(stretch: Stretch, whom: Lone) -> bool:
    """Whether this person may do a stretch, and just as it is written."""
    return not _why_not(stretch, whom) and not _how(stretch, whom)


@cache
def lone_people() -> tuple[Lone, ...]:
    """Everybody with one thing, in the order of the table.

    >>> [whom.who for whom in lone_people() if whom.id == "from_75"]
    ['you are 75 or older']
    """
    return tuple(_lone(row["answers"], row.get("id", ""), row.get("who", "")) for row in table("whom")["lone"])


@cache
def _nobody() -> Limits:
    return _limits({})


def _lone(answers: dict[str, object], name: str, who: str) -> Lone:
    bounds = _limits(answers)
    tag = None if name else bounds.tags[0]
    return Lone(name or str(tag), who or population.rules()[bounds.tags[0]].because, tuple(answers), bounds)


def _limits(answers: dict[str, object]) -> Limits:
    told = {**{q.key: NO for q in questions().values() if NO in q.choices}, **table("whom")["nobody"], **answers}
    day = as_answered(facts(read(told)))
    today = Today(day.pain_now, tuple(Setting), week=LONG_AFTER, minutes_since_rising=day.minutes_since_rising)
    return limits(evaluate(told), told, today)


def _each_once(stretch: Stretch, said: Callable[[Stretch, Lone], str]) -> Iterator[Warned]:
    """What each is told, unless it was told to whoever gave a milder answer to the same question."""
    told: set[tuple[tuple[str, ...], str]] = set()
    for whom in lone_people():
        say = said(stretch, whom)
        if say and (whom.asked, say) not in told:
            told.add((whom.asked, say))
            yield Warned(whom, say)


@cache
def _judged(stretch: str, bounds: Limits) -> Allowance | Refusal:
    return judge(load().stretch(stretch), bounds)


def _why_not(stretch: Stretch, whom: Lone) -> str:
    """Why they do not get it; empty where they do."""
    found = _judged(stretch.id, whom.limits)
    if isinstance(found, Allowance):
        return ""
    why = found.reasons[0]
    for opening in (f"You told us {whom.who}, and ", f"{whom.who[:1].upper()}{whom.who[1:]}, and "):
        why = why.removeprefix(opening)
    return why[:1].upper() + why[1:]


def _how(stretch: Stretch, whom: Lone) -> str:
    """What they do otherwise than somebody with nothing; empty where that is nothing, or they do not get it."""
    found, usual = _judged(stretch.id, whom.limits), _judged(stretch.id, _nobody())
    if isinstance(found, Refusal) or isinstance(usual, Refusal):
        return ""
    said = [change for change in found.changes if change not in usual.changes]
    words = " ".join(said)
    if found.arc_percent_max < usual.arc_percent_max and found.arc_reason != BY_ITS_FORM:
        said.append(f"Go {found.arc_percent_max} % of the way at most.")
    shorter = isinstance(stretch.dose, HoldDose) and found.hold_s_max < usual.hold_s_max
    if shorter and f"{found.hold_s_max} s" not in words:
        said.append(f"Hold {found.hold_s_max} seconds at most.")
    return " ".join(said)
