"""A day later: what a session did, whether it was a flare-up, the easy days after one, and when to get help."""

from collections.abc import Iterable
from dataclasses import dataclass

from supple.anatomy import LYING_ON
from supple.catalogue import Catalogue, Flag, Tag
from supple.safety import population
from supple.safety.limits import Allowance, Limits, judge
from supple.safety.rules import Facts, holds
from supple.safety.tables import table
from supple.safety.verdicts import Verdict
from supple.safety.words import Outcome as Outcome


class AftercareError(ValueError):
    """What was reported a day later cannot be."""


@dataclass(frozen=True)
class NextDay:
    """The outcome, the rule that gave it, and the sentence for the person."""

    outcome: Outcome
    rule: str
    say: str


@dataclass(frozen=True)
class EasyStretch:
    """A stretch for the days of a flare-up, at most this far."""

    stretch: str
    arc_percent: int


@dataclass(frozen=True)
class FlarePlan:
    """The easy days: what is allowed, walking, and when to get help."""

    days: int
    stretches: tuple[EasyStretch, ...]
    walks: str
    help: tuple[str, ...]


@dataclass(frozen=True)
class Restart:
    """The dose to begin again with, and the most by which it grows per green session."""

    seconds: int
    arc_percent: int
    growth_percent: tuple[int, int]


def after_24h(change: int, hours: float, *, new_symptoms: bool) -> NextDay:
    """What pain a day later means. `change` is pain then minus usual, -10 to 10; `hours` how long it was sorer.

    >>> after_24h(1, 10, new_symptoms=False).outcome
    <Outcome.REPEAT_SAME_DOSE: 'repeat_same_dose'>
    """
    known = _facts(change, hours, new_symptoms)
    row = next(row for row in table("aftercare")["after_24h"] if holds(row["when"], known))
    return NextDay(Outcome(row["do"]), row["id"], row["say"])


def flare_plan(limits: Limits, catalogue: Catalogue) -> FlarePlan:
    """The first days of a flare-up, with only what this person is allowed now."""
    flare = table("aftercare")["flare"]
    rows = flare["days_1_3"][_variant(limits, catalogue)]
    after_surgery = Tag.RECENT_SPINE_SURGERY in limits.tags
    return FlarePlan(
        days=flare["days"],
        stretches=tuple(_allowed(rows, limits, catalogue)),
        walks=flare["walks"],
        help=(flare["help"], *([flare["help_after_spine_surgery"]] if after_surgery else [])),
    )


def easy_days(limits: Limits, catalogue: Catalogue) -> dict[str, int]:
    """The stretches of the easy days of a flare-up, and how far each may go at most."""
    return {easy.stretch: easy.arc_percent for easy in flare_plan(limits, catalogue).stretches}


def restart(seconds: int, arc_percent: int) -> Restart:
    """The dose after a flare-up, from what was last tolerated.

    >>> restart(60, 70)
    Restart(seconds=30, arc_percent=35, growth_percent=(10, 20))
    """
    row = table("aftercare")["flare"]["restart_dose"]
    least, most = row["growth_percent"]
    return Restart(seconds * row["share_percent"] // 100, arc_percent * row["share_percent"] // 100, (least, most))


def may_restart(pain_now: int, usual: int) -> bool:
    """Whether pain is close enough to usual to begin again."""
    return pain_now - usual <= int(table("aftercare")["flare"]["restart_dose"]["within_points_of_usual"])


def escalate(*, days: int, settling: bool, flares_in_30_days: int, red_flag: bool) -> Verdict | Outcome | None:
    """To whom a flare-up that lasts or comes back leads: rescreen, see_clinician, or nobody."""
    row = table("aftercare")["flare"]["escalate"]
    if red_flag:
        return Outcome.RESCREEN
    lasting = days >= row["not_settling_after_days"] and not settling
    return Verdict.SEE_CLINICIAN if lasting or flares_in_30_days >= row["flares_in_30_days"] else None


def _facts(change: object, hours: float, new_symptoms: bool) -> Facts:
    if isinstance(change, bool) or not isinstance(change, int) or not -10 <= change <= 10:
        raise AftercareError(f"change: {change!r} is not a whole number from -10 to 10.")
    if not 0 <= hours < float("inf"):
        raise AftercareError(f"hours: {hours!r} is not a number of hours from 0.")
    return {"change": change, "hours": hours, "new_symptoms": "yes" if new_symptoms else "no"}


def _variant(limits: Limits, catalogue: Catalogue) -> str:
    if not any(setting in limits.today.settings for setting in LYING_ON):
        return "chair_only"
    on_the_back = (s for s in catalogue.stretches.values() if Flag.LYING_FLAT_ON_BACK in s.flags)
    barred = set.intersection(*(set(population.excluded(stretch)) for stretch in on_the_back))
    return "if_lying_on_the_back_is_excluded" if barred & set(limits.tags) else "usual"


def _allowed(rows: Iterable[dict[str, object]], limits: Limits, catalogue: Catalogue) -> Iterable[EasyStretch]:
    for row in rows:
        verdict = judge(catalogue.stretch(str(row["stretch"])), limits)
        if isinstance(verdict, Allowance):
            most = row.get("arc_percent", verdict.arc_percent_max)
            yield EasyStretch(str(row["stretch"]), min(int(str(most)), verdict.arc_percent_max))


def felt() -> int:
    """By how many points of 10 pain has to change to be felt.

    >>> felt()
    2
    """
    return int(table("aftercare")["felt"]["points"])
