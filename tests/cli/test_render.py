"""`supple render` and `supple batch render`: a film, or one sentence and nothing half-written."""

import json
from pathlib import Path

import av
import pytest

from tests.cli.doors import supple

SAMPLE = Path(__file__).parents[2] / "samples/v03.yaml"
TINY = ("--size", "160x144", "--fps", "1", "--music", "none", "--voice", "none")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of one minute."""
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    assert supple("plan", SAMPLE, "--minutes", "1", "-o", file).code == 0
    return file


@pytest.mark.torture
def test_a_film_is_made_and_many_are_and_bad_plans_are_named(plan: Path, tmp_path: Path) -> None:
    one = supple("render", plan, "-o", tmp_path / "film.mp4", *TINY, "--ground", "dusk")
    lines = [json.dumps(json.loads(plan.read_text(encoding="utf-8"))), "", '{"steps": []}', "nonsense"]
    (tmp_path / "plans.jsonl").write_text("\n".join(lines), encoding="utf-8")
    many = supple("batch", "render", tmp_path / "plans.jsonl", "-o", tmp_path / "films", *TINY, "--ground", "dusk")

    assert (one.code, one.err) == (0, "")
    with av.open(tmp_path / "film.mp4", "r") as film:
        assert film.streams.video[0].frames > 60
    assert many.code == 2
    assert "Written: 1 of 3 films" in many.out
    assert "line 3: " in many.err
    assert "line 4: this is no whole plan" in many.err
    assert sorted(file.name for file in (tmp_path / "films").iterdir()) == ["0001.jpg", "0001.mp4", "0001.vtt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "film.avi"), "give a name that ends in .mp4"),
        (("-o", "nowhere/film.mp4"), "there is no folder"),
        (("-o", "film.mp4", "--size", "big"), "is no size"),
        (("-o", "film.mp4", "--size", "9999x20"), "is no size of a film"),
        (("-o", "film.mp4", "--fps", "0"), "0 pictures a second"),
        (("-o", "film.mp4", "--body", "cat"), "There is no body 'cat'"),
        (("-o", "film.mp4", "--ground", "sea"), "There is no ground 'sea'"),
        (("-o", "film.mp4", "--ground", "transparent"), "choose light or dusk"),
        (("-o", "film.mp4", "--music", "nothing.ogg"), "nothing.ogg"),
        (("-o", "film.mp4", "--voice", "nobody.onnx"), "nobody.onnx"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_named_with_the_remedy(plan: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    option, name, *more = words

    refused = supple("render", plan, option, tmp_path / name, *more)

    assert refused.code == 2
    assert said in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_refuses_makes_no_film(plan: Path, tmp_path: Path) -> None:
    told = json.loads(plan.read_text(encoding="utf-8")) | {"verdict": "see_clinician"}
    (tmp_path / "plan.json").write_text(json.dumps(told), encoding="utf-8")

    refused = supple("render", tmp_path / "plan.json", "-o", tmp_path / "film.mp4", *TINY)

    assert refused.code == 3
    assert not (tmp_path / "film.mp4").exists()


def test_something_else_is_never_written_over(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_text("a letter to somebody")

    refused = supple("render", plan, "-o", tmp_path / "film.mp4", *TINY)

    assert refused.code == 2
    assert (tmp_path / "film.mp4").read_text() == "a letter to somebody"


def test_a_scheduler_that_is_not_there_is_named(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "plans.jsonl").write_text(json.dumps(json.loads(plan.read_text(encoding="utf-8"))), encoding="utf-8")

    refused = supple(
        "batch", "render", tmp_path / "plans.jsonl", "-o", tmp_path, *TINY, "--scheduler", "nowhere", "--fps", "2"
    )

    assert refused.code == 2
    assert "nowhere" in refused.err
