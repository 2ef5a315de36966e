"""Fewer triangles where a surface is flat: edges collapse in the order of least error (Garland and Heckbert 1997).

A vertex collapses onto a neighbour and never moves, so that place, weights and colour of what stays are untouched.
"""

import heapq
from collections.abc import Iterator

import numpy as np

from supple.figure.makehuman.data import Floats, Ints

FLAT = 0.35  # the least cosine between a triangle's normal before and after
LONGEST_M = 0.035  # no edge grows longer, so that the surface still bends well
SPREAD = 2e-7  # what a difference of 1 in the travelling columns costs, in m² times m²


class _Mesh:
    """The state of a collapse: places, live triangles round each vertex, and quadrics."""

    def __init__(self, values: Floats, triangles: Ints, care: Floats, border: frozenset[int]) -> None:
        self.points = values[:, :3]
        self.rest = values[:, 3:]
        self.faces = [tuple(int(corner) for corner in face) for face in triangles]
        self.around: list[set[int]] = [set() for _ in values]
        for number, face in enumerate(self.faces):
            for corner in face:
                self.around[corner].add(number)
        self.care = care
        self.border = border
        self.quadrics = _quadrics(self.points, triangles)

    def neighbours(self, vertex: int) -> set[int]:
        return {corner for number in self.around[vertex] for corner in self.faces[number]} - {vertex}

    def cost(self, gone: int, stays: int) -> float:
        """The error if `gone` collapses onto `stays`; infinite where it must not."""
        if gone in self.border:
            return float("inf")
        place = np.append(self.points[stays], 1)
        bend = float(place @ (self.quadrics[gone] + self.quadrics[stays]) @ place)
        change = float(((self.rest[gone] - self.rest[stays]) ** 2).sum())
        length = float(((self.points[gone] - self.points[stays]) ** 2).sum())
        if length > LONGEST_M**2:
            return float("inf")
        return float(self.care[gone]) * (max(bend, 0) + SPREAD * change + 1e-6 * length**2) + 1e-16

    def sound(self, gone: int, stays: int) -> bool:
        """Whether the surface stays a surface, flips nowhere and no edge grows too long."""
        shared = self.around[gone] & self.around[stays]
        ring = self.neighbours(gone)
        if len(shared) != 2 or len(ring & self.neighbours(stays)) != 2:
            return False
        if any(np.linalg.norm(self.points[other] - self.points[stays]) > LONGEST_M for other in ring):
            return False
        return all(self._keeps_facing(number, gone, stays) for number in self.around[gone] - shared)

    def _keeps_facing(self, number: int, gone: int, stays: int) -> bool:
        a, b, c = (self.points[corner] for corner in self.faces[number])
        d, e, f = (self.points[stays if corner == gone else corner] for corner in self.faces[number])
        before, after = _cross(b - a, c - a), _cross(e - d, f - d)
        size = (before @ before) ** 0.5 * (after @ after) ** 0.5
        longest = max(((e - d) ** 2).sum(), ((f - e) ** 2).sum(), ((d - f) ** 2).sum())
        slim = (after @ after) ** 0.5 < 0.12 * longest
        return bool(before @ after > FLAT * size) and not slim

    def collapse(self, gone: int, stays: int) -> None:
        for number in self.around[gone] & self.around[stays]:
            for corner in self.faces[number]:
                self.around[corner].discard(number)
        for number in self.around[gone]:
            self.faces[number] = tuple(stays if corner == gone else corner for corner in self.faces[number])
            self.around[stays].add(number)
        self.around[gone] = set()
        self.quadrics[stays] = self.quadrics[stays] + self.quadrics[gone]

    def live(self) -> Iterator[tuple[int, ...]]:
        for number, face in enumerate(self.faces):
            if number in self.around[face[0]]:
                yield face


def simplified(values: Floats, triangles: Ints, target: int, care: Floats, border: frozenset[int]) -> Ints:
    """The triangles left when about `target` vertices remain; `care` multiplies the error of losing a vertex."""
    mesh = _Mesh(values, triangles, care, border)
    heap = [entry for vertex in range(len(values)) if (entry := _best(mesh, vertex))]
    heapq.heapify(heap)
    left = len(np.unique(triangles))
    while heap and left > target:
        cost, gone, stays = heapq.heappop(heap)
        if not mesh.around[gone]:
            continue
        current = _best(mesh, gone)
        if current is None:
            continue
        if current != (cost, gone, stays):
            heapq.heappush(heap, current)
            continue
        ring = mesh.neighbours(gone)
        mesh.collapse(gone, stays)
        left -= 1
        for vertex in sorted(ring):
            entry = _best(mesh, vertex)
            if entry:
                heapq.heappush(heap, entry)
    return np.array(list(mesh.live()))


def _best(mesh: _Mesh, gone: int) -> tuple[float, int, int] | None:
    choices = sorted((mesh.cost(gone, stays), stays) for stays in mesh.neighbours(gone))
    for cost, stays in choices[:3]:
        if cost < float("inf") and mesh.sound(gone, stays):
            return cost, gone, stays
    return None


def _cross(a: Floats, b: Floats) -> Floats:
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _quadrics(points: Floats, triangles: Ints) -> Floats:
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    normal = np.cross(b - a, c - a)
    size = np.linalg.norm(normal, axis=1, keepdims=True)
    normal = normal / np.maximum(size, 1e-15)
    plane = np.column_stack([normal, -(normal * a).sum(1)])
    each = plane[:, :, None] * plane[:, None, :] * size[:, :, None] / 2
    total = np.zeros((len(points), 4, 4))
    for corner in range(3):
        np.add.at(total, triangles[:, corner], each)
    return total
