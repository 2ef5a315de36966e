"""A stretch file that cannot be used is named, with its key and the remedy."""

from pathlib import Path

import pytest

from supple.catalogue import CatalogueError, UnknownStretch, load, read, read_stretch
from supple.catalogue.reader import HERE

SOLEUS = (HERE / "stretches/soleus_wall.toml").read_text(encoding="utf-8")

BROKEN = {
    "a missing key": (
        'sides = "alternate_sides"\n',
        "",
        "soleus_wall.toml: 'sides' is missing; add one of alternate_sides, both_together, midline.",
    ),
    "an unknown key": (
        "breathing = ",
        "breating = ",
        "soleus_wall.toml: unknown key 'breating'; did you mean 'breathing'?",
    ),
    "an unknown word": (
        'settings = ["wall"]',
        'settings = ["wal"]',
        "soleus_wall.toml: 'settings' has the unknown word 'wal'; did you mean 'wall'?",
    ),
    "a word like no other": (
        'sides = "alternate_sides"',
        'sides = "x"',
        "soleus_wall.toml: 'sides' has the unknown word 'x'; write one of alternate_sides, both_together, midline.",
    ),
    "an unknown tag": (
        'tag = "knee_pain_or_replacement"',
        'tag = "knee_pain"',
        "soleus_wall.toml: 'also' entry 1: 'tag' has the unknown word 'knee_pain'; "
        "did you mean 'knee_pain_or_replacement'?",
    ),
    "a missing key inside": (
        "hold_target_s = 30\n",
        "",
        "soleus_wall.toml: 'dose': 'hold_target_s' is missing; add a whole number.",
    ),
    "a number out of bounds": (
        "lumbar = { flexion = 0,",
        "lumbar = { flexion = 4,",
        "soleus_wall.toml: 'spine_load': 'lumbar': 'flexion' is 4; write a number from 0 to 3.",
    ),
    "a text where a number belongs": (
        "rest_s = 10",
        'rest_s = "10"',
        "soleus_wall.toml: 'dose': 'rest_s' is '10'; write a whole number.",
    ),
    "a text where a list belongs": (
        'settings = ["wall"]',
        'settings = "wall"',
        "soleus_wall.toml: 'settings' is 'wall'; write a list.",
    ),
    "a range without its second number": (
        'range_deg = [15, 30] },\n    { joint = "knee"',
        'range_deg = [15] },\n    { joint = "knee"',
        "soleus_wall.toml: 'joint_motions' entry 1: 'range_deg' has 1 parts; write 2.",
    ),
    "a range upside down": (
        'range_deg = [15, 30] },\n    { joint = "knee"',
        'range_deg = [30, 15] },\n    { joint = "knee"',
        "soleus_wall.toml: 'joint_motions', ankle dorsiflexion runs from 30 down to 15; write the smaller first.",
    ),
    "an id that differs from the file name": (
        'id = "soleus_wall"',
        'id = "soleus"',
        "soleus_wall.toml: 'id' is 'soleus'; write 'soleus_wall', or rename the file.",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_named_with_its_remedy(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in SOLEUS

    with pytest.raises(CatalogueError) as caught:
        read_stretch(_file(tmp_path, SOLEUS.replace(right, wrong, 1)))

    assert str(caught.value) == message


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"^soleus_wall.toml: .* TOML \(.* line 3, .*\); mend that line.$"):
        read_stretch(_file(tmp_path, SOLEUS.replace("aliases = [", "aliases = ", 1)))


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    file = tmp_path / "soleus_wall.toml"
    file.write_bytes(b"id = '\xff'")

    with pytest.raises(CatalogueError, match=r"^soleus_wall.toml: this is not whole TOML"):
        read_stretch(file)


def test_a_folder_without_stretches_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no stretch is here"):
        read(tmp_path)


def test_a_file_that_is_right_is_read_from_any_folder(tmp_path: Path) -> None:
    assert read_stretch(_file(tmp_path, SOLEUS)) == load().stretch("soleus_wall")


def test_an_unknown_stretch_is_named_with_its_nearest() -> None:
    with pytest.raises(UnknownStretch, match="no stretch 'cat_camle'; did you mean cat_camel"):
        load().stretch("cat_camle")


def test_the_catalogue_is_read_once() -> None:
    assert load() is load()


def _file(folder: Path, text: str) -> Path:
    file = folder / "soleus_wall.toml"
    file.write_text(text, encoding="utf-8")
    return file
