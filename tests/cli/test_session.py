"""What `supple session` prints: a plan unrolled in time."""

from pathlib import Path

import pytest

from tests.cli.doors import supple
from tests.cli.test_plan import SAMPLE


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of four minutes, written down."""
    file = tmp_path / "plan.json"
    supple("plan", SAMPLE, "--minutes", "4", "-o", file)
    return file


def test_the_cues_fill_the_seconds_of_the_plan_without_a_gap(plan: Path) -> None:
    steps = supple("plan", SAMPLE, "--minutes", "4", "--json").json

    unrolled = supple("session", plan, "--json").json

    assert list(unrolled) == ["seconds", "cues"]
    assert unrolled["seconds"] == steps["seconds"]
    ends = [cue["at_s"] + cue["seconds"] for cue in unrolled["cues"]]
    assert [cue["at_s"] for cue in unrolled["cues"]] == [0, *ends[:-1]]
    assert [cue["kind"] for cue in (unrolled["cues"][0], unrolled["cues"][-1])] == ["get_ready", "finish"]


def test_what_is_said_is_shown_with_its_time(plan: Path) -> None:
    cues = supple("session", plan, "--json").json["cues"]

    said = " ".join(supple("session", plan).out.split())

    assert said.startswith("0:00 get ready")
    for cue in cues:
        assert all(" ".join(sentence.split()) in said for sentence in cue["say"])
