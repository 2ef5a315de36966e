"""`supple stills` draws a stretch, and names what it cannot draw with the remedy."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.doors import supple


def test_a_picture_of_a_stretch_is_written(tmp_path: Path) -> None:
    file = tmp_path / "cat.png"

    said = supple("stills", "cat_camel", "-o", file, "--arc", "60", "--size", "320x240", "--body", "man")

    assert (said.code, said.err) == (0, "")
    with Image.open(file) as picture:
        assert picture.size == (320, 240)
        assert picture.getchannel("A").getextrema() == (0, 255)


def test_left_and_right_are_mirror_images_seen_from_the_front(tmp_path: Path) -> None:
    files = [tmp_path / f"{side}.png" for side in ("left", "right")]
    for file in files:
        supple("stills", "standing_side_bend", "-o", file, "--side", file.stem, "--view", "front", "--no-muscles")

    left, right = (Image.open(file).convert("L") for file in files)
    flipped = right.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    differing = sum(abs(a - b) > 60 for a, b in zip(left.tobytes(), flipped.tobytes(), strict=True))
    assert differing < 0.01 * left.width * left.height


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cat_came",), "did you mean cat_camel?"),
        (("cat_camel", "--body", "child"), "child"),
        (("cat_camel", "--view", "top"), "choose one of front, back"),
        (("cat_camel", "--arc", "5"), "is outside 10 to 100"),
        (("cat_camel", "--size", "big"), "'big' is no size"),
        (("cat_camel", "--size", "9x9"), "give whole pixels from 16 to 4096"),
        (("cat_camel", "--ground", "beach"), "choose one of transparent"),
        (("cat_camel", "--way", "twirl"), "take one of round, hollow"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_remedy(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"

    refused = supple("stills", *words, "-o", file)

    assert refused.code == 2
    assert said in refused.err
    assert not file.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    refused = supple("stills", "cat_camel", "-o", tmp_path / "absent" / "picture.png")

    assert refused.code == 2
    assert "cannot be written" in refused.err
    assert "choose another place" in refused.err


@pytest.mark.parametrize("content", [b"age: 40\n", b"\xff\xd8\xff\xe0JFIF"], ids=["answers", "another picture"])
def test_a_file_that_is_no_png_is_never_replaced_by_one(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "me.png"
    file.write_bytes(content)

    refused = supple("stills", "cat_camel", "-o", file)

    assert (refused.code, refused.out) == (2, "")
    assert refused.sentence == f"{file}: this file is no picture in PNG and is left as it is; choose another name."
    assert file.read_bytes() == content


@pytest.mark.parametrize("name", ["me.yaml", "c.jpg", "README.md", "-"])
def test_a_name_that_is_none_of_a_png_is_refused_before_anything_is_drawn(name: str, tmp_path: Path) -> None:
    file = tmp_path / name

    refused = supple("stills", "cat_camel", "-o", file)

    assert refused.code == 2
    assert refused.sentence == f"{file}: the picture is a PNG; give a name that ends in .png."
    assert list(tmp_path.iterdir()) == []


def test_a_picture_may_take_the_place_of_a_picture_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "cat.PNG"
    for body in ("woman", "man"):
        said = supple("stills", "Cat-camel", "-o", file, "--size", "64x48", "--body", body)
        assert (said.code, said.out) == (0, f"Written: {file}\n")

    assert list(tmp_path.iterdir()) == [file]
