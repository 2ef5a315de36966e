"""`supple render` and `supple batch render`: a film, or one sentence and nothing half-written."""

import json
from pathlib import Path

import av
import pytest

from supple.session import Recheck
from tests.cli.doors import answers_file, supple
from tests.cli.test_signs import AN_HOUR_AGO, CHEST, sign_log
from tests.safety.people import well

SAMPLE = Path(__file__).parents[2] / "samples/v03.yaml"
TINY = ("--size", "320x180", "--fps", "1", "--music", "none", "--voice", "none")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of one minute."""
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    assert supple("plan", SAMPLE, "--minutes", "1", "-o", file).code == 0
    return file


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which nobody told of anything."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SUPPLE_DATA", str(home))
    return home


@pytest.mark.torture
def test_a_film_is_made_and_many_are_and_bad_plans_are_named(plan: Path, tmp_path: Path) -> None:
    one = supple("render", plan, "-o", tmp_path / "film.mp4", *TINY, "--ground", "dusk")
    as_printed = plan.read_text(encoding="utf-8")  # in many lines
    lines = [as_printed, "", '{"steps": []}', "nonsense", '{"verdict": "emergency"}']
    (tmp_path / "plans.jsonl").write_text("\n".join(lines), encoding="utf-8")
    after = as_printed.count("\n") + 3
    many = supple("batch", "render", tmp_path / "plans.jsonl", "-o", tmp_path / "films", *TINY, "--ground", "dusk")

    assert (one.code, one.err) == (0, "")
    with av.open(tmp_path / "film.mp4", "r") as film:
        assert film.streams.video[0].frames > 60
    assert many.code == 2
    assert "Written: 1 of 4 films" in many.out
    assert f"line {after}: " in many.err
    assert f"line {after + 1}: this is no whole plan" in many.err
    assert "this plan says emergency" in many.err
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


def test_what_is_printed_in_place_of_a_plan_makes_no_film(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, well(saddle_numbness="yes"))
    printed = supple("plan", answers, "--minutes", "3", "--json")
    (tmp_path / "plan.json").write_text(printed.out, encoding="utf-8")

    refused = supple("render", tmp_path / "plan.json", "-o", tmp_path / "film.mp4", *TINY)

    assert printed.code == 3

    assert refused.code == 3
    assert "emergency" in refused.sentence


def test_no_film_is_made_of_old_answers_or_after_a_grave_sign(plan: Path, tmp_path: Path, own_home: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps(json.loads(plan.read_text(encoding="utf-8")) | {"answered_on": "2020-01-01"}))
    aged = supple("render", old, "-o", tmp_path / "film.mp4", *TINY)
    sign_log(own_home / "sessions", Recheck(AN_HOUR_AGO, CHEST.id, CHEST.when, CHEST.verdict))
    told = supple("render", plan, "-o", tmp_path / "film.mp4", *TINY)

    assert (aged.code, told.code) == (2, 3)
    assert "answer every question again" in aged.sentence
    assert "chest pain" in told.err
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.parametrize("name", ["film.mp4", "film.vtt", "film.jpg"])
def test_something_else_is_never_written_over(plan: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a letter to somebody")

    refused = supple("render", plan, "-o", tmp_path / "film.mp4", *TINY)

    assert refused.code == 2
    assert (tmp_path / name).read_text() == "a letter to somebody"


def test_nor_is_it_where_many_films_are_made(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "0001.mp4").write_text("a letter to somebody")

    refused = supple("batch", "render", plan, "-o", tmp_path, *TINY)

    assert refused.code == 2
    assert "line 1: " in refused.err
    assert (tmp_path / "0001.mp4").read_text() == "a letter to somebody"


def test_a_scheduler_that_is_not_there_is_named(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "plans.jsonl").write_text(json.dumps(json.loads(plan.read_text(encoding="utf-8"))), encoding="utf-8")

    refused = supple(
        "batch", "render", tmp_path / "plans.jsonl", "-o", tmp_path, *TINY, "--scheduler", "nowhere", "--fps", "2"
    )

    assert refused.code == 2
    assert "nowhere" in refused.err
