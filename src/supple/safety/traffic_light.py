"""The traffic light: what pain during a stretch means, and what to do about it; and the tripwires that end a session.

Bands of 0 to 3, 4 to 5 and 6 to 10 are common practice (Thomee) and not proven; sharp, tingling, spreading, weak or
dizzy is a stop whatever the number.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from supple.catalogue import Stretch
from supple.safety import nerve
from supple.safety.gate import pain
from supple.safety.rules import Facts, holds
from supple.safety.tables import table
from supple.safety.verdicts import Verdict
from supple.safety.words import Action as Action
from supple.safety.words import AfterSet as AfterSet
from supple.safety.words import Colour as Colour
from supple.safety.words import LegResponse as LegResponse
from supple.safety.words import MoreSigns as MoreSigns
from supple.safety.words import Quality as Quality

SPARE = "{spare}"  # in a sentence of the table: what to leave alone, by the part that hurt
HALF = "Go half as far and half as long."
HALF_OF_A_REST = "Stay as it is easy, half as long."
DID_NOT_SETTLE = "Stop this stretch for today: the pain did not settle."
LEG_WORSE = "That direction is out for today and the week, and so is what pulls on the leg nerve."
NUMB_OR_WEAK = "new numbness or weakness in a leg"


@dataclass(frozen=True)
class Light:
    """The colour, the rule that gave it, what to do in the table's words, what follows, and what to tell the person."""

    colour: Colour
    rule: str
    action: Action
    do: str
    then: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Tripwire:
    """A sign that ends a session. `verdict` is None where rest comes first; `say` is said in place of the verdict."""

    id: str
    when: str
    do: str
    verdict: Verdict | None
    only_if: MoreSigns | None
    say: str = ""


def colour(before: int, during: int, quality: Quality, stretch: Stretch | None = None) -> Light:
    """The light for pain before and during (0 to 10 each) of this quality in this stretch; raises PainError.

    Without a stretch it is taken for one of the low back or legs.

    >>> colour(2, 3, Quality.TINGLING_OR_NUMB).colour
    <Colour.RED: 'red'>
    """
    rise = pain(during, "pain during") - pain(before, "pain before")
    known: Facts = {"before": before, "during": during, "rise": rise, "quality": quality}
    row = next(row for row in table("traffic_light")["during_exercise"] if holds(row["when"], known))
    found = Colour(row["colour"])
    after = table("traffic_light")["after_red"][quality] if found is Colour.RED else {"then": (), "say": ""}
    here = row.get("say_in_rest") if stretch and nerve.is_plain_rest(stretch) else None
    say = f"{here or row['say']} {str(after['say']).replace(SPARE, nerve.spare(stretch))}".strip()
    return Light(found, row["id"], Action(row["action"]), row["do"], tuple(after["then"]), say)


def first_of_all(quality: Quality) -> str | None:
    """What to do at once, where a kind of pain has no number and nothing else may be asked before it."""
    said: dict[str, str] = table("traffic_light")["first"]["say"]
    return said.get(quality)


def is_grave(quality: Quality) -> bool:
    """Whether this kind of pain stops a stretch whatever its number.

    >>> is_grave(Quality.TINGLING_OR_NUMB), is_grave(Quality.ACHE)
    (True, False)
    """
    return colour(0, 0, quality).colour is Colour.RED


def tripwires(more: Collection[MoreSigns] = tuple(MoreSigns)) -> tuple[Tripwire, ...]:
    """The tripwires to ask about, the weightiest first; those of some people only where `more` names why."""
    rows = (
        Tripwire(
            row["id"],
            row["when"],
            row["do"],
            Verdict(row["verdict"]) if "verdict" in row else None,
            MoreSigns(row["only_if"]) if "only_if" in row else None,
            row.get("say", ""),
        )
        for row in table("traffic_light")["tripwires"]
    )
    return tuple(row for row in rows if row.only_if is None or row.only_if in more)


def tripped(ticked: Collection[str]) -> Tripwire | None:
    """The weightiest of the tripwires whose ids were ticked; None where none was.

    >>> tripped(["W5", "W2"]).verdict
    <Verdict.EMERGENCY: 'emergency'>
    """
    return next((wire for wire in tripwires() if wire.id in ticked), None)


def signs_of(verdict: Verdict, more: Collection[MoreSigns]) -> str:
    """What leads to a verdict in mid-session, in words; `more`: whose signs belong to it besides those of everybody."""
    return "; ".join(wire.when for wire in tripwires() if wire.verdict is verdict and wire.only_if in (None, *more))


def after_set(response: LegResponse) -> AfterSet:
    """What to do after what the leg said.

    >>> after_set(LegResponse.MOVED_DOWN_OR_LARGER).name
    'LEAVE_DIRECTION'
    """
    return AfterSet(table("traffic_light")["leg_symptom_response"][response])


def settled(light: Light, stretch: Stretch) -> Light:
    """An amber light once the pain has fallen: who has just said so is not told to wait for it."""
    return replace(light, say=HALF_OF_A_REST if nerve.is_plain_rest(stretch) else HALF)


def unsettled(light: Light) -> Light:
    """What an amber light becomes where the pain does not fall, and until it is known that it does."""
    return replace(light, colour=Colour.RED, action=Action.STOP_EXERCISE_TODAY, say=DID_NOT_SETTLE)
