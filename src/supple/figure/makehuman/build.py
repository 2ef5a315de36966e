"""From the MakeHuman data and a recipe to one body: shape, rig, clothes, muscle masks, files."""

import json
from pathlib import Path

import numpy as np

from supple.anatomy import MuscleGroup
from supple.figure.makehuman.clothes import dressed
from supple.figure.makehuman.data import Floats, MakeHuman
from supple.figure.makehuman.eyes import brows, eyes
from supple.figure.makehuman.glb import Model, dumps
from supple.figure.makehuman.hair import hair, under_hair
from supple.figure.makehuman.mesh import border_edges, compact, normals_of
from supple.figure.makehuman.muscles import masks
from supple.figure.makehuman.paint import marks
from supple.figure.makehuman.pieces import Piece
from supple.figure.makehuman.recipes import Recipe
from supple.figure.makehuman.rig import Rig, rigged
from supple.figure.makehuman.shapes import shaped
from supple.figure.makehuman.simplify import simplified

BUDGET = {"skin": 9200, "shirt": 3300, "leggings": 2500}  # vertices, so that the file stays below 700 kB


def build(data: MakeHuman, recipe: Recipe) -> tuple[Model, dict[MuscleGroup, Floats]]:
    """One body, and for each muscle group a mask over its vertices."""
    points = shaped(data, recipe)
    rig = rigged(data, points)
    painted = marks(data, points, under_hair(data, points, recipe))
    pieces = dressed(data, points, rig, recipe, painted)
    pieces += [brows(data, points, rig, recipe, pieces[0]), hair(data, points, rig, recipe)]
    pieces.append(eyes(data, points, rig, recipe))
    pieces = [_thinned(piece, rig) for piece in pieces]
    model = _model(pieces, rig, recipe.height_m)
    full = np.concatenate([piece.values[:, 3:] for piece in pieces])
    cover = np.concatenate([np.full(len(piece.values), piece.name in BUDGET) for piece in pieces])
    found = masks(model.points, full, rig)
    return model, {group: mask * cover for group, mask in found.items()}


def write(data: MakeHuman, recipe: Recipe, folder: Path) -> None:
    """Writes `NAME.glb` and `NAME.muscles.json` into the folder."""
    model, groups = build(data, recipe)
    (folder / f"{recipe.name}.glb").write_bytes(dumps(model))
    table = {group.value: sparse(mask) for group, mask in groups.items()}
    text = json.dumps(table, separators=(",", ":"))
    (folder / f"{recipe.name}.muscles.json").write_text(text + "\n", encoding="utf-8")


def sparse(mask: Floats) -> list[tuple[int, int]]:
    """Pairs of vertex and percent, where there is at least one percent."""
    percent = np.round(mask * 100).astype(int)
    return [(int(at), int(percent[at])) for at in np.nonzero(percent)[0]]


def _thinned(piece: Piece, rig: Rig) -> Piece:
    """The piece with as many vertices as the budget allows; the face keeps most of its own."""
    if piece.name not in BUDGET:
        return piece
    eye = rig.head("head") + np.array([0, 0.06, 0.06])
    face = (np.linalg.norm(piece.points - eye, axis=1) < 0.10) & (piece.name == "skin")
    hand = rig.share(piece.values[:, 3:], "wrist", "metacarpal", "finger") > 0.5
    care = np.where(face, 8.0, np.where(hand, 2.0, 1.0))
    normals = normals_of(piece.points, piece.triangles)
    border = frozenset(border_edges(piece.triangles).ravel().tolist())
    rows = np.column_stack([piece.values, piece.colours, normals])
    triangles = simplified(rows[:, :-3], piece.triangles, BUDGET[piece.name], care, border)
    rows, triangles = compact(rows, triangles)
    return Piece(piece.name, rows[:, :-6], triangles, rows[:, -6:-3])


def _model(pieces: list[Piece], rig: Rig, height_m: float) -> Model:
    first_vertex = np.cumsum([0, *(len(piece.values) for piece in pieces)])
    first_triangle = np.cumsum([0, *(len(piece.triangles) for piece in pieces)])
    weights = np.concatenate([piece.values[:, 3:] for piece in pieces])
    joints = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    top = np.take_along_axis(weights, joints, 1)
    return Model(
        points=np.concatenate([piece.points for piece in pieces]),
        normals=np.concatenate([normals_of(piece.points, piece.triangles) for piece in pieces]),
        triangles=np.concatenate(
            [piece.triangles + start for piece, start in zip(pieces, first_vertex[:-1], strict=True)]
        ),
        colours=np.concatenate([piece.colours for piece in pieces]),
        joints=joints,
        weights=top / top.sum(1, keepdims=True),
        parts=tuple(
            (piece.name, int(first_triangle[at]), int(first_triangle[at + 1])) for at, piece in enumerate(pieces)
        ),
        bones=rig.bones,
        parents=rig.parents,
        heads=rig.heads,
        height_m=height_m,
    )
