"""The ways that ship: every position is reached from every other, and a file that does not fit is named."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from supple.anatomy import Position
from supple.catalogue import CatalogueError, motion_reader, way_reader
from supple.catalogue.motion_reader import NoMotion, motions
from supple.catalogue.way_reader import UnknownWay, baked_way, route, way_of, ways
from supple.motion.way import Passage

CASES = json.loads((Path(__file__).parents[1] / "cases/ways.json").read_text(encoding="utf-8"))
FIRST = "standing_to_seated_chair"


def told(passage: Passage) -> str:
    return ("-" if passage.backwards else "+") + passage.way.id


def test_the_cases_are_about_the_ways_that_ship() -> None:
    assert [[way.id, way.begins, way.ends, way.on_bed] for way in ways()] == CASES["ways"]


@pytest.mark.parametrize(("begins", "ends", "on_bed", "row"), CASES["routes"])
def test_a_route(begins: str, ends: str, on_bed: bool, row: list[str]) -> None:
    assert [told(passage) for passage in route(Position(begins), Position(ends), on_bed=on_bed)] == row


def test_the_cases_have_every_two_positions_on_the_floor_and_on_a_bed() -> None:
    assert {tuple(case[:3]) for case in CASES["routes"]} == {
        (begins, ends, on_bed) for begins in Position for ends in Position for on_bed in (False, True)
    }


@pytest.mark.parametrize("on_bed", [False, True])
@pytest.mark.parametrize("begins", Position)
@pytest.mark.parametrize("ends", Position)
def test_one_comes_back_by_the_ways_one_went(begins: Position, ends: Position, on_bed: bool) -> None:
    there, back = route(begins, ends, on_bed=on_bed), route(ends, begins, on_bed=on_bed)

    assert [passage.way for passage in there] == [passage.way for passage in reversed(back)]
    assert all(one.backwards is not other.backwards for one, other in zip(there, reversed(back), strict=True))


def test_nobody_sits_up_or_lies_down_straight() -> None:
    ends = [{way.begins, way.ends} for way in ways()]

    assert all(Position.SIDE_LYING in pair for pair in ends if Position.SUPINE in pair)


def test_hands_are_on_the_floor_before_hips_are() -> None:
    down = {way.id: way for way in ways() if not way.on_bed}

    for way in down.values():
        if {way.begins, way.ends} & {Position.SUPINE, Position.PRONE, Position.SIDE_LYING, Position.SEATED_FLOOR}:
            assert way.begins in (Position.QUADRUPED, Position.SIDE_LYING)


def test_the_file_of_the_ways_is_no_motion() -> None:
    assert "ways" not in motions()
    assert "positions" not in motions()


def test_a_way_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownWay, match="no way 'standing_to_seated_chiar'; did you mean 'standing_to_seated_chair'"):
        way_of("standing_to_seated_chiar")


def test_a_way_that_is_not_baked_says_how_to_bake_it() -> None:
    with pytest.raises(NoMotion, match="not baked for giant; make it with: make motions STRETCH=ways"):
        baked_way(FIRST, "giant")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogue's motions, to be spoilt."""
    own = motion_reader.HERE / "motions"
    (tmp_path / "motions").mkdir()
    for name in (motion_reader.WAYS, motion_reader.POSITIONS):
        (tmp_path / "motions" / name).write_bytes((own / name).read_bytes())
    monkeypatch.setattr(motion_reader, "HERE", tmp_path)
    way_reader.ways.cache_clear()
    yield tmp_path / "motions" / motion_reader.WAYS
    way_reader.ways.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'begins = "standing"',
            'begins = "standign"',
            "'way' entry 1: 'begins' has the unknown word 'standign'; did you",
        ),
        ('view = "left"', "", "'way' entry 1: 'view' is missing; add a text"),
        (
            'on = "standing"',
            'on = "prone"',
            f"{FIRST}: 'on' of the first station is 'prone'; write 'standing', as 'beg",
        ),
        (
            'ends = "seated_chair"',
            'ends = "prone"',
            "'on' of the last station is 'seated_chair'; write 'prone', as 'ends",
        ),
        ('ends = "seated_chair"', 'ends = "standing"', "'ends' is 'standing' as 'begins' is; write another position"),
        ("pelvis_tilt = 30", "pelvis_tilt = 300", f"{FIRST}, station 2: pelvis_tilt = 300 is not within -180 to 180"),
        ("knee_flexion = 50", "knee_flexoin = 50", f"{FIRST}, station 2: angle 'knee_flexoin' does not exist"),
        (
            'lets_go = ["palm_both"]',
            'lets_go = ["plam_both"]',
            "station 3: 'lets_go' names plam_both, which 'seated_chair'",
        ),
        ("on_bed = true\nanchor", "anchor", "standing_to_seated_chair is there 2 times; keep one"),
        ("source =", "sourec =", "unknown key 'sourec'; did you mean 'source'?"),
        ("source =", "source", "this is not whole TOML"),
    ],
)
def test_a_file_that_does_not_fit_is_named_with_the_key_and_the_remedy(
    old: str, new: str, said: str, folder: Path
) -> None:
    text = folder.read_text(encoding="utf-8")
    assert old in text
    folder.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogueError) as found:
        ways()

    assert str(found.value).startswith("ways.toml: ")
    assert said in str(found.value)


def test_a_way_of_one_station_is_refused(folder: Path) -> None:
    text = folder.read_text(encoding="utf-8")
    first, second = (text.index("[[way.station]]"), text.index("[[way]]", text.index("[[way]]") + 1))
    one = text[first : text.index("[[way.station]]", first + 1)]
    folder.write_text(text[:first] + one + text[second:], encoding="utf-8")

    with pytest.raises(CatalogueError, match="'station' has 1 entries; a way needs at least two"):
        ways()
