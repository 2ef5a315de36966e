"""A mesh as a picture: a z-buffer in numba, without graphics card or driver, the same bytes for the same input.

Limits: nothing is seen through but the ground and veils; what comes nearer to the eye than 5 cm is left out; surfaces
do not mirror or colour each other.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import radians, tan

import numpy as np

from supple.figure.compiled import Floats, Whole
from supple.figure.ground import Ground, Picture, backdrop, compose
from supple.figure.light import STEPS, Lens, Lights, Seen, Surface, crevices, directions, encoded, linear, shade, soften
from supple.figure.shadow import floor_shadow, light_map
from supple.figure.view import Camera, Size, axes, project
from supple.figure.zbuffer import fill, smooth_normals

LEAST, MOST = 16, 4096
FINENESS = 2  # samples across and down in each pixel; 3 for a still
BANDS = 6
VEIL = 0.3  # how much of what is behind a veil it covers: enough to see what hands press on, and the person
ALL_HEIGHTS_M, KEY_CELLS = 9.0, 144  # the key light's shadow on the floor: of all, and coarse, for it is soft
CONTACT_M, CONTACT_CELLS = 0.3, 200  # the dimness under what is near the floor
UPWARDS = np.array([0.0, 1.0, 0.0], np.float32)


class BrokenMesh(ValueError):
    """A mesh cannot be drawn."""


class BadSize(ValueError):
    """A picture cannot have this size."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles in metres, seen from both sides; `colours` are sRGB 0 to 1, one for each vertex.

    Vertices are shared by the triangles of a smooth surface; where `normals` is None they follow from the triangles.
    The first `casting` triangles throw shadows, `None` is all. The last `veil` triangles are seen through.
    """

    vertices: Floats
    triangles: Whole
    colours: Floats
    normals: Floats | None = None
    casting: int | None = None
    veil: int = 0


def render(
    mesh: Mesh,
    camera: Camera,
    size: Size,
    *,
    ground: Ground | None = None,
    shadow: bool = True,
    fineness: int = FINENESS,
    threads: int | None = None,
) -> Picture:
    """(height, width, 4) red, green, blue and straight alpha, for `size` = (width, height).

    Without a ground all but figure and shadow is clear. Raises BrokenMesh, BadSize.
    """
    check_size(size)
    check(mesh)
    bare = replace(mesh, triangles=mesh.triangles[: len(mesh.triangles) - mesh.veil])
    with ThreadPoolExecutor(threads or min(4, os.cpu_count() or 1)) as workers:
        shown = (bare, mesh) if mesh.veil else (mesh,)
        drawn = [_Drawing(each, camera, size, fineness, workers).picture(ground, shadow=shadow) for each in shown]
    return drawn[0] if len(drawn) == 1 else _veiled(*drawn)


def owners(mesh: Mesh, camera: Camera, size: Size) -> Whole:
    """(height, width): the triangle seen at the middle of each pixel, -1 where there is none."""
    check_size(size)
    check(mesh)
    owner = np.full((size[1], size[0]), -1, np.int32)
    fill(project(mesh.vertices, camera, size), mesh.triangles, 1, np.zeros(owner.shape, np.float32), owner, 0, size[1])
    return owner


def joined(meshes: Sequence[Mesh], shadowless: Sequence[Mesh] = (), veils: Sequence[Mesh] = ()) -> Mesh:
    """One mesh of several; those that are `shadowless` throw no shadow, and `veils` are seen through as well."""
    casting, veil = (sum(len(mesh.triangles) for mesh in some) for some in (meshes, veils))
    meshes = [*meshes, *shadowless, *veils]
    starts = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]).astype(np.float32),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, starts, strict=True)]).astype(np.int32),
        np.concatenate([mesh.colours for mesh in meshes]).astype(np.float32),
        np.concatenate([_normals(mesh) for mesh in meshes]),
        casting,
        veil,
    )


def check_size(size: Size) -> None:
    """Raises BadSize unless both sides lie in 16 to 4096 pixels."""
    if any(side != int(side) or not LEAST <= side <= MOST for side in size):
        raise BadSize(f"A picture of {size[0]} x {size[1]} cannot be made; give whole pixels from {LEAST} to {MOST}.")


def check(mesh: Mesh) -> None:
    """Raises BrokenMesh, saying what is wrong, unless `mesh` can be drawn."""
    count = len(mesh.vertices)
    if count == 0 or len(mesh.triangles) == 0:
        raise BrokenMesh("The mesh is empty; give it at least one triangle.")
    if mesh.vertices.shape != (count, 3) or mesh.colours.shape != (count, 3) or mesh.triangles.shape[1:] != (3,):
        raise BrokenMesh("The mesh needs three numbers for each vertex, colour and triangle, and a colour per vertex.")
    broken = np.flatnonzero(~np.isfinite(mesh.vertices).all(axis=1))
    if len(broken):
        raise BrokenMesh(f"Vertex {broken[0]} of the mesh is not a place in the room; pose the body anew.")
    if mesh.triangles.min() < 0 or mesh.triangles.max() >= count:
        raise BrokenMesh(f"A triangle of the mesh names a vertex outside 0 to {count - 1}; build the mesh anew.")


def _veiled(bare: Picture, covered: Picture) -> Picture:
    """The picture without its veils, with so much of the one in which they cover what is behind."""
    shares = [share * picture[..., 3:].astype(np.float32) for share, picture in ((1 - VEIL, bare), (VEIL, covered))]
    alpha = shares[0] + shares[1]
    colours = (shares[0] * bare[..., :3] + shares[1] * covered[..., :3]) / np.maximum(alpha, 1e-3)
    veiled: Picture = np.rint(np.concatenate([colours, alpha], axis=2)).astype(np.uint8)
    return veiled


def _normals(mesh: Mesh) -> Floats:
    return smooth_normals(mesh.vertices, mesh.triangles) if mesh.normals is None else mesh.normals


class _Drawing:
    """One picture in the making: its buffers, and the threads that fill them band by band."""

    def __init__(self, mesh: Mesh, camera: Camera, size: Size, fineness: int, workers: ThreadPoolExecutor) -> None:
        self.workers, self.fineness, self.size = workers, fineness, size
        self.rows, self.casting = axes(camera), mesh.casting
        fine = (size[0] * fineness, size[1] * fineness)
        vertices = np.ascontiguousarray(mesh.vertices, np.float32)
        triangles = np.ascontiguousarray(mesh.triangles, np.int32)
        colours = linear(np.asarray(mesh.colours, np.float32))
        self.surface = Surface(project(vertices, camera, fine), triangles, vertices, _normals(mesh), colours)
        self.eye = np.array(camera.eye, np.float32)
        scale = size[1] / 2 / tan(radians(camera.field_deg) / 2)
        self.lens = Lens(self.eye, self.rows.astype(np.float32), scale, size[0], size[1])

    def picture(self, ground: Ground | None, *, shadow: bool) -> Picture:
        """All steps, each waiting for the one before."""
        lighting = self.workers.submit(self._lights)
        seen = self._seen()
        dim = self._folds(seen)
        lights, table = lighting.result(), encoded(np.linspace(0, 1, STEPS, dtype=np.float32))
        sums = np.zeros((self.size[1], self.size[0], 4), np.float32)
        self._each(len(sums), lambda a, b: shade(self.surface, lights, seen, dim, table, sums, a, b))
        return self._on_ground(sums, lights, ground, shadow=shadow)

    def _seen(self) -> Seen:
        points, triangles = self.surface.points, self.surface.triangles
        columns = np.clip(points[points[:, 2] > 0, 0] / self.fineness, 0, self.size[0])
        left, right = int(columns.min(initial=self.size[0])), int(np.ceil(columns.max(initial=0)))
        nearness = np.zeros((self.size[1] * self.fineness, self.size[0] * self.fineness), np.float32)
        owner = np.full(nearness.shape, -1, np.int32)
        self._each(len(owner), lambda a, b: fill(points, triangles, self.fineness, nearness, owner, a, b))
        return Seen(nearness, owner, self.fineness, left, right)

    def _folds(self, seen: Seen) -> Floats:
        dim, soft = np.zeros((2, self.size[1] // 2, self.size[0] // 2), np.float32)
        self._each(len(dim), lambda a, b: crevices(self.surface, self.lens, seen, dim, a, b))
        self._each(len(dim), lambda a, b: soften(dim, seen, soft, a, b))
        return soft

    def _lights(self) -> Lights:
        triangles = self.surface.triangles[: self.casting]
        vertices = self.surface.vertices[: triangles.max(initial=0) + 1]
        key, second, rim = directions(self.rows)
        return Lights(
            self.eye,
            key,
            second,
            rim,
            light_map(vertices, triangles, key),
            floor_shadow(vertices, triangles, key, ALL_HEIGHTS_M, KEY_CELLS),
            floor_shadow(vertices, triangles, UPWARDS, CONTACT_M, CONTACT_CELLS),
        )

    def _on_ground(self, sums: Floats, lights: Lights, ground: Ground | None, *, shadow: bool) -> Picture:
        out = np.empty(sums.shape, np.uint8)
        behind = backdrop(ground, self.lens, self.surface.vertices, shadow=shadow)
        floor, contact = lights.floor, lights.contact
        self._each(len(out), lambda a, b: compose(sums, self.lens, behind, floor, contact, out, a, b))
        return out

    def _each(self, rows: int, job: Callable[[int, int], None]) -> None:
        edges = [rows * band // BANDS for band in range(BANDS + 1)]
        list(self.workers.map(job, edges[:-1], edges[1:]))
