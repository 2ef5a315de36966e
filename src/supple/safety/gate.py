"""The session gate: what resting pain, asked before every session, lets the session hold."""

from dataclasses import dataclass

from supple.safety.tables import table
from supple.safety.words import MOST_PAIN as MOST_PAIN
from supple.safety.words import Gate as Gate


class PainError(ValueError):
    """A pain is not a whole number from 0 to 10."""


@dataclass(frozen=True)
class Opening:
    """How far the gate opens, and the sentence that says so."""

    gate: Gate
    say: str


def gate(pain_now: int) -> Opening:
    """What pain at rest of 0 to 10 lets a session hold; raises PainError.

    >>> gate(7).gate
    <Gate.POSITIONS_OF_EASE_ONLY: 'positions_of_ease_only'>
    """
    pain(pain_now, "pain before the session")
    row = next(row for row in table("gate")["gates"] if row["range"][0] <= pain_now <= row["range"][1])
    return Opening(Gate(row["allow"]), row["say"])


def pain(value: object, name: str) -> int:
    """`value` where it is a whole number from 0 to 10; raises PainError naming it."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PAIN:
        raise PainError(f"{name}: {value!r} is not a whole number from 0 to {MOST_PAIN}.")
    return value


def positions_of_ease() -> frozenset[str]:
    """The stretches that ease pain, in whatever setting."""
    return frozenset(stretch for stretches in table("gate")["positions_of_ease"].values() for stretch in stretches)
