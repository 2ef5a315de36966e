"""Pain in a stretch that ends the session: too strong for anybody, or a grave sign in some people.

It goes by the number, the kind and what was answered before; where the pain is felt nobody asks. Which number, and for
whom, is professional judgement (`traffic_light.toml`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from supple.catalogue import Stretch, Tag
from supple.safety import population
from supple.safety.rules import Facts, holds
from supple.safety.tables import table
from supple.safety.tables.sight import YES_NO
from supple.safety.verdicts import Verdict
from supple.safety.words import CallFirst, LegResponse, Quality

YES, NO = YES_NO


@dataclass(frozen=True)
class Pain:
    """Pain in a stretch, 0 to 10 before and during it, and how it feels."""

    before: int
    during: int
    quality: Quality

    @property
    def facts(self) -> Facts:
        """As conditions see it."""
        rise = self.during - self.before
        return {"before": self.before, "during": self.during, "rise": rise, "quality": self.quality}


@dataclass(frozen=True)
class GravePain:
    """Why it ends the session, what to know until it has been looked at, and whom to call first.

    `verdict` is None where it is no sign that bars the next, and `told` then empty.
    """

    id: str
    say: str
    meanwhile: str
    told: str
    verdict: Verdict | None
    call_first: CallFirst | None
    source: str


def person(tags: Collection[Tag], precautions: Collection[str], age: int, *, pregnant: bool) -> Facts:
    """A person as conditions see them."""
    return {
        "tag": frozenset(str(tag) for tag in tags),
        "precaution": frozenset(precautions),
        "age": age,
        "pregnant": YES if pregnant else NO,
    }


def grave_pain(pain: Pain, stretch: Stretch, whom: Facts) -> tuple[GravePain, ...]:
    """What ends the session of this person after this pain in this stretch, all that it may be; empty where nothing.

    The gravest comes first. What bars no session is among it only where nothing else is, and alone.

    >>> from supple.catalogue import load
    >>> sphinx, sharp = load().stretch("sphinx"), Pain(2, 3, Quality.SHARP)
    >>> young, old = (person([], [], age, pregnant=False) for age in (40, 70))
    >>> grave_pain(sharp, sphinx, young), [found.verdict.value for found in grave_pain(sharp, sphinx, old)]
    ((), ['same_day'])
    """
    known = population.facts(stretch)
    found = [
        _found(row)
        for row in table("traffic_light")["ends_session"]
        if holds(row["when"], pain.facts)
        and ("whom" not in row or holds(row["whom"], whom))
        and ("hurt_in" not in row or holds(row["hurt_in"], known))
    ]
    bars = [one for one in found if one.verdict]
    return tuple(sorted(bars, key=lambda one: -one.verdict.severity if one.verdict else 0)) or tuple(found[:1])


def of_sign(identifier: str) -> str | None:
    """What is said of the grave pain with this id; None where it is none."""
    rows = table("traffic_light")["ends_session"]
    return next((_said(row) for row in rows if row["id"] == identifier), None)


def meanwhile(identifier: str) -> str:
    """What is to be known besides the verdict while the sign with this id bars: grave pain, its kind, or a tripwire.

    >>> meanwhile("new_joint").startswith("Do not turn or cross the leg."), meanwhile("W1")
    (True, '')
    """
    lights = table("traffic_light")
    said = {row["id"]: row.get("meanwhile", "") for row in lights["ends_session"]}
    said |= {quality: row.get("meanwhile", "") for quality, row in lights["after_red"].items()}
    said[LegResponse.NEW_NUMBNESS_OR_WEAKNESS] = said[Quality.WEAKNESS]
    said |= {row["id"]: row.get("say", "") for row in lights["tripwires"]}
    return str(said.get(identifier, ""))


def call_first(identifier: str) -> CallFirst | None:
    """Whom to call first, in place of any doctor, about the sign with this id."""
    rows = (*table("traffic_light")["ends_session"], *table("traffic_light")["tripwires"])
    return next((CallFirst(row["call_first"]) for row in rows if row["id"] == identifier and "call_first" in row), None)


def too_strong(pain: Pain) -> str | None:
    """What to say where pain like this ends the session of anybody, whoever it is and whatever the stretch."""
    rows = table("traffic_light")["ends_session"]
    everybody = (row for row in rows if "whom" not in row and "hurt_in" not in row)
    return next((_said(row) for row in everybody if holds(row["when"], pain.facts)), None)


def pain_for_the_rest(pain: int, during: int) -> int:
    """The pain by which the session gate judges what is left of a session, after `during` in a stretch.

    >>> pain_for_the_rest(2, 4), pain_for_the_rest(2, 5)
    (2, 5)
    """
    return max(pain, during) if during >= table("traffic_light")["gate_within"]["from_pain"] else pain


def _found(row: Mapping[str, str]) -> GravePain:
    verdict = Verdict(row["verdict"]) if "verdict" in row else None
    said = row["say"], row.get("meanwhile", ""), row.get("told", "")
    return GravePain(row["id"], *said, verdict, call_first(row["id"]), row["source"])


def _said(row: Mapping[str, str]) -> str:
    return f"{row['say']} {row.get('meanwhile', '')}".strip()
