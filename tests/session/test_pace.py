"""Go, stay, come back: where in a cycle one is."""

from dataclasses import replace
from pathlib import Path

import pytest

from supple.planner import Step, wording
from supple.planner.doses import Mode
from supple.session import Phase, phase
from tests.people import planned, vignette

CYCLES = next(step for step in planned(vignette("V07", 8)).steps if step.mode is Mode.CYCLES)


def cycle(*, move_s: int, pause_s: int) -> Step:
    """A step of four cycles."""
    return replace(CYCLES, cycles=4, pause_s=pause_s, seconds=8 * (move_s + pause_s))


@pytest.mark.parametrize(
    ("second", "now"),
    [
        (0, Phase("go", 4)),
        (3.5, Phase("go", 1)),
        (4, Phase("stay 3 s", 3)),
        (7, Phase("come back", 4)),
        (11, Phase("stay 3 s", 3)),
        (13.9, Phase("stay 3 s", 1)),
        (14, Phase("stay 3 s", 1)),
    ],
)
def test_a_cycle_goes_stays_comes_back_and_stays(second: float, now: Phase) -> None:
    assert phase(cycle(move_s=4, pause_s=3), second) == now


def test_without_a_pause_one_goes_and_comes_back() -> None:
    said = [phase(cycle(move_s=3, pause_s=0), second).say for second in range(6)]

    assert said == ["go"] * 3 + ["come back"] * 3


def test_what_is_held_has_no_cycles() -> None:
    with pytest.raises(ValueError, match="has no cycles"):
        phase(replace(CYCLES, cycles=0), 1)


def test_a_sentence_takes_as_long_here_as_in_the_browser() -> None:
    script = (Path(wording.__file__).parents[1] / "web/play/static/play/pace.js").read_text(encoding="utf-8")

    assert f"const SHORTEST_LINE_S = {wording.SHORTEST_LINE_S};" in script
    assert f"const WORD_S = {wording.WORD_S};" in script
    assert f"const LETTER_S = {wording.LETTER_S};" in script
