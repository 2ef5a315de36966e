"""`supple export` and `supple bookings`: a plan on paper and in a calendar, and the list of visits."""

from pathlib import Path

import pytest

from supple.exchange.ical import loads
from tests.cli.doors import supple

SAMPLE = Path(__file__).parents[2] / "samples/v03.yaml"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    assert supple("plan", SAMPLE, "--minutes", "5", "-o", file).code == 0
    return file


def test_a_handout_is_written(plan: Path, tmp_path: Path) -> None:
    said = supple("export", "handout", plan, "-o", tmp_path / "plan.pdf")

    assert (said.code, said.err) == (0, "")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_a_calendar_is_written_and_written_again(plan: Path, tmp_path: Path) -> None:
    for _ in range(2):
        said = supple("export", "ical", plan, "-o", tmp_path / "plan.ics", "--at", "07:15", "--zone", "Europe/Berlin")

        assert (said.code, said.err) == (0, "")
    assert {f"{entry.begins:%H:%M}" for entry in loads((tmp_path / "plan.ics").read_bytes())} == {"07:15"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("handout", "-o", "plan.txt"), "ends in .pdf"),
        (("ical", "-o", "plan.txt"), "ends in .ics"),
        (("ical", "-o", "plan.ics", "--at", "tea"), "no hour"),
        (("ical", "-o", "plan.ics", "--zone", "Mars"), "no time zone"),
    ],
)
def test_what_cannot_be_is_named_with_the_remedy(plan: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    kind, option, name, *more = words

    refused = supple("export", kind, plan, option, tmp_path / name, *more)

    assert refused.code == 2
    assert said in refused.err
    assert list(tmp_path.iterdir()) == []


def test_something_else_is_never_written_over(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.ics").write_text("a letter")

    refused = supple("export", "ical", plan, "-o", tmp_path / "plan.ics")

    assert refused.code == 2
    assert (tmp_path / "plan.ics").read_text() == "a letter"
