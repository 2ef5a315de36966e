"""A body of the figure as arrays: surface, colours, skeleton, skin weights and muscle masks, read from `bodies/`."""

import json
import struct
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from supple.anatomy import MuscleGroup

Singles = NDArray[np.float32]
Wholes = NDArray[np.int32]

TYPES: dict[int, type[np.generic]] = {5120: np.int8, 5121: np.uint8, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class UnknownBody(LookupError):
    """No body of that name ships with Supple."""


class BrokenBody(ValueError):
    """A file of a body is missing or is not what it should be."""


@dataclass(frozen=True)
class Part:
    """The triangles `first` to `last` (excluded) make up one part: skin, shirt, leggings, hair, brows or eyes."""

    name: str
    first: int
    last: int

    @property
    def triangles(self) -> slice:
        """The rows of `Body.triangles` that belong to the part."""
        return slice(self.first, self.last)


@dataclass(frozen=True, eq=False)
class Body:
    """One person at rest: metres, y up, soles at y = 0, facing +z, the left side at +x; colours sRGB 0..1.

    Bones bear MakeHuman's names, parents before children; their rest rotation is identity, `heads` is where they turn.
    """

    name: str
    height_m: float
    vertices: Singles
    normals: Singles
    triangles: Wholes
    colours: Singles
    parts: tuple[Part, ...]
    joints: Wholes
    weights: Singles
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Singles
    muscles: dict[MuscleGroup, Singles]


def names() -> tuple[str, ...]:
    """The bodies that ship, sorted."""
    folder = files("supple.figure") / "bodies"
    if not folder.is_dir():
        return ()
    return tuple(sorted(file.name.removesuffix(".glb") for file in folder.iterdir() if file.name.endswith(".glb")))


def load(name: str) -> Body:
    """The body of that name; raises UnknownBody or BrokenBody."""
    if name not in names():
        raise UnknownBody(f"There is no body '{name}': choose one of {', '.join(names()) or 'none, none is built'}.")
    folder = files("supple.figure") / "bodies"
    document, data = parse_glb(_read(folder / f"{name}.glb"), name)
    muscles = json.loads(_read(folder / f"{name}.muscles.json"))
    return _body(name, document, data, muscles)


def parse_glb(content: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """The JSON and the binary chunk of a GLB; raises BrokenBody."""
    if len(content) < 28 or struct.unpack_from("<II", content) != (0x46546C67, 2):
        raise BrokenBody(f"{name}.glb is no GLB 2.0 file: build it again with python -m supple.figure.makehuman.")
    length, kind = struct.unpack_from("<II", content, 12)
    total = struct.unpack_from("<I", content, 8)[0]
    if kind != 0x4E4F534A or total != len(content):
        raise BrokenBody(f"{name}.glb is cut short: build it again with python -m supple.figure.makehuman.")
    document: dict[str, Any] = json.loads(content[20 : 20 + length])
    return document, content[28 + length :]


def array(document: dict[str, Any], data: bytes, number: int) -> NDArray[Any]:
    """The rows of one accessor, as they are stored; normalised ones are scaled to 0..1 or -1..1."""
    accessor = document["accessors"][number]
    view = document["bufferViews"][accessor["bufferView"]]
    kind, width = np.dtype(TYPES[accessor["componentType"]]), WIDTHS[accessor["type"]]
    stride = view.get("byteStride", kind.itemsize * width)
    start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    rows: NDArray[Any] = np.ndarray(
        (accessor["count"], width), kind, data, offset=start, strides=(stride, kind.itemsize)
    )
    if accessor.get("normalized"):
        rows = np.maximum(rows.astype(np.float32) / np.iinfo(kind).max, -1)
    return rows


def _read(file: Traversable) -> bytes:
    if not file.is_file():
        raise BrokenBody(f"{file.name} is missing: build it again with python -m supple.figure.makehuman.")
    return file.read_bytes()


def _body(name: str, document: dict[str, Any], data: bytes, muscles: dict[str, list[tuple[int, int]]]) -> Body:
    primitives = document["meshes"][0]["primitives"]
    given = {key: array(document, data, number) for key, number in primitives[0]["attributes"].items()}
    faces = [array(document, data, primitive["indices"]).reshape(-1, 3) for primitive in primitives]
    bones, parents, heads = _skeleton(document)
    vertices = given["POSITION"].astype(np.float32)
    normals = given["NORMAL"] / np.maximum(np.linalg.norm(given["NORMAL"], axis=1, keepdims=True), 1e-6)
    return Body(
        name=name,
        height_m=float(document["asset"]["extras"]["height_m"]),
        vertices=vertices,
        normals=normals.astype(np.float32),
        triangles=np.concatenate(faces).astype(np.int32),
        colours=_srgb(given["COLOR_0"][:, :3]),
        parts=_parts(document, [len(rows) for rows in faces]),
        joints=given["JOINTS_0"].astype(np.int32),
        weights=(given["WEIGHTS_0"] / given["WEIGHTS_0"].sum(1, keepdims=True)).astype(np.float32),
        bones=bones,
        parents=parents,
        heads=heads,
        muscles={group: _mask(muscles[group.value], len(vertices)) for group in MuscleGroup},
    )


def _parts(document: dict[str, Any], sizes: list[int]) -> tuple[Part, ...]:
    ends = np.cumsum([0, *sizes]).tolist()
    primitives = document["meshes"][0]["primitives"]
    labels = [document["materials"][primitive["material"]]["name"] for primitive in primitives]
    return tuple(Part(label, ends[at], ends[at + 1]) for at, label in enumerate(labels))


def _skeleton(document: dict[str, Any]) -> tuple[tuple[str, ...], tuple[int, ...], Singles]:
    nodes, order = document["nodes"], document["skins"][0]["joints"]
    above = {child: at for at, node in enumerate(nodes) for child in node.get("children", ())}
    parents = tuple(order.index(above[node]) if node in above else -1 for node in order)
    heads = np.zeros((len(order), 3))
    for at, node in enumerate(order):
        heads[at] = np.array(nodes[node]["translation"]) + (heads[parents[at]] if parents[at] >= 0 else 0)
    return tuple(nodes[node]["name"] for node in order), parents, heads.astype(np.float32)


def _srgb(light: Singles) -> Singles:
    curve = np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
    return curve.astype(np.float32)


def _mask(pairs: list[tuple[int, int]], size: int) -> Singles:
    mask = np.zeros(size, np.float32)
    if pairs:
        vertices, percents = np.array(pairs).T
        mask[vertices] = percents / 100
    return mask
