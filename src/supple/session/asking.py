"""What a session may be asking while its clock stands still, in words, so that every door asks the same."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from supple.safety.screening import advice
from supple.safety.traffic_light import LegResponse, MoreSigns, Quality, Tripwire, first_of_all, tripwires
from supple.safety.verdicts import Verdict
from supple.safety.words import MOST_PAIN, CallFirst

WORSE, RETURN, DOWN, NONE_OF_THESE = "worse", "return", "down", "none"
YES, NO = "yes", "no"
ON, SKIP, END = "on", "skip", "end"

FEELINGS = {
    Quality.STRETCH_PULL.value: "A pull, as in a stretch",
    Quality.ACHE.value: "An ache",
    Quality.SHARP.value: "Sharp or stabbing",
    Quality.TINGLING_OR_NUMB.value: "Tingling or numb",
    Quality.SPREADING.value: "It spreads, or runs down an arm or leg",
    Quality.WEAKNESS.value: "Weakness",
    Quality.DIZZINESS.value: "Dizziness",
}
LEGS = {
    LegResponse.MOVED_UP_OR_SMALLER.value: "Better: the pain moved up, or got smaller",
    LegResponse.UNCHANGED.value: "The same",
    LegResponse.MOVED_DOWN_OR_LARGER.value: "Worse: the pain moved down, or got larger",
    LegResponse.NEW_NUMBNESS_OR_WEAKNESS.value: "New numbness or weakness",
}
PAINS = {str(n): str(n) for n in range(MOST_PAIN + 1)}
SOMETHING_WORSE = {
    WORSE: "Something worse: chest, breath, new numbness between the legs, bladder or bowel, a weak leg",
}
IN_THE_MIDST = ("Do not start stretching.", "Do not stretch.")  # no use to somebody who is stretching


class What(StrEnum):
    """The question, or what is told before one goes on."""

    NOTHING = "nothing"
    KIND = "kind"
    SIT_DOWN = "sit_down"
    STRENGTH = "strength"
    SETTLES = "settles"
    SIGNS = "signs"
    LEG = "leg"
    TOLD = "told"


DO = {
    What.KIND: "Stopped. Come out slowly.",
    What.SETTLES: "Ease off, and take two slow breaths.",
    What.SIGNS: "Stop and rest.",
}
ASKS = {
    What.KIND: "What does it feel like?",
    What.STRENGTH: "How strong is it now, from 0 to 10?",
    What.SETTLES: "Has it fallen to 3 or less, or back to where it was before?",
    What.SIGNS: "Is any of these so, now or new?",
    What.LEG: "How is the leg after this one?",
}


@dataclass(frozen=True)
class Open:
    """An open question. `quality` and `during` are what was answered so far; `said` is told when the signs are denied.

    `back_to`: the question that comes again then. `only_end`: nothing but the end of the session can follow. `eased`:
    the same stretch comes again, smaller.
    `verdict`: what is told asks this of the person.
    """

    what: What = What.NOTHING
    quality: str = ""
    during: int = 0
    said: str = ""
    back_to: What = What.NOTHING
    only_end: bool = False
    eased: bool = False
    verdict: Verdict | None = None

    @property
    def do(self) -> str:
        """What to do at once, before one answers; empty where that is nothing."""
        if self.what is What.SIT_DOWN:
            return first_of_all(Quality(self.quality)) or ""
        return DO.get(self.what, "")

    @property
    def asks(self) -> str:
        """The question in words; empty where something is told."""
        return ASKS.get(self.what, "")


NOTHING = Open()


def answers(asked: Open, more: Collection[MoreSigns]) -> dict[str, str]:
    """Every answer that the open question takes, with its words; `more` is whose signs are among them."""
    back = {RETURN: "Go back"}
    match asked.what:
        case What.KIND:
            return FEELINGS | SOMETHING_WORSE | {RETURN: "Go back, it is fine"}
        case What.SIT_DOWN:
            return {DOWN: "I am sitting or lying down"} | SOMETHING_WORSE | back
        case What.STRENGTH:
            return PAINS | SOMETHING_WORSE | back
        case What.SETTLES:
            return {YES: "Yes", NO: "No, or not sure"} | SOMETHING_WORSE
        case What.SIGNS:
            signs = {wire.id: capitalised(wire.when) for wire in tripwires(more)}
            return signs | {NONE_OF_THESE: "None of these"}
        case What.LEG:
            return LEGS | SOMETHING_WORSE
        case What.TOLD:
            return _after_told(asked)
        case What.NOTHING:
            return {}


def _after_told(told: Open) -> dict[str, str]:
    if told.only_end:
        return {END: "End the session"}
    on = {ON: "Try the smaller one", SKIP: "Skip this one"} if told.eased else {ON: "Go on"}
    return on | {END: "Stop for today"} | SOMETHING_WORSE


def stop_now(verdict: Verdict, call_first: CallFirst | None = None) -> str:
    """What a verdict asks of somebody in the midst of a session; `call_first`: of whom."""
    said = advice(verdict, call_first)
    for before in IN_THE_MIDST:
        said = said.replace(before, "Stop stretching.")
    return said


def card(wire: Tripwire) -> str:
    """What to do about a sign in the midst of a session."""
    return wire.say or (stop_now(wire.verdict) if wire.verdict else f"{capitalised(wire.do)}.")


def capitalised(text: str) -> str:
    """A text of the tables as a sentence begins."""
    return text[:1].upper() + text[1:]
