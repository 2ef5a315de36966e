"""The session gate."""

import pytest

from supple.catalogue import load
from supple.safety.gate import Gate, PainError, gate, positions_of_ease

EXPECTED = [Gate.FULL_PLAN] * 5 + [Gate.GENTLE_ONLY] * 2 + [Gate.POSITIONS_OF_EASE_ONLY] + [Gate.NONE_RESCREEN] * 3


@pytest.mark.parametrize("pain", range(11))
def test_every_pain_opens_the_gate_in_one_way(pain: int) -> None:
    assert gate(pain).gate is EXPECTED[pain]
    assert gate(pain).say.endswith(".")


@pytest.mark.parametrize("pain", [-1, 11, 2.5, True, "3", None])
def test_what_is_no_pain_is_refused_by_name(pain: int) -> None:
    with pytest.raises(PainError, match=r"pain before the session: .* is not a whole number from 0 to 10"):
        gate(pain)


def test_the_positions_of_ease_are_stretches() -> None:
    assert positions_of_ease() <= set(load().stretches)
