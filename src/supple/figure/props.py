"""What stands in the room: mat, chair, sofa, desk, wall, doorway, step, bed, towel, strap and pillow, in metres.

A figure at the origin faces +z. Each thing is given where one would want it by default, and can be turned by quarters
and moved. `surfaces` are the boxes that nothing may enter and that hands, feet and seats rest on.
"""

from dataclasses import dataclass, replace

import numpy as np

from supple.figure.rasteriser import Mesh, joined
from supple.figure.solids import Point, cushion, soft_box, soft_cylinder, turned_about

MAT_M = (0.61, 0.006, 1.83)  # 24 x 72 inches, the usual exercise mat
SEAT_HEIGHT_M = 0.45  # between size marks 5 (0.43) and 6 (0.46) of EN 1729-1, for people of 1.46 to 1.88 m
SEAT_M = (0.44, 0.035, 0.42)
CHAIR_TOP_M = 0.86
SOFA_M = (0.90, 0.40, 0.62)  # to the top of the seat; level shins of one who lies before it (ours)
SOFA_TOP_M = 0.58  # a low one, over which one sees what lies on the seat
DESK_HEIGHT_M = 0.74  # between size marks 5 (0.71) and 6 (0.76) of EN 1729-1
DESK_M = (1.20, 0.03, 0.70)
WALL_M = (1.7, 2.4, 0.10)  # 2.4 m is a usual height of dwelling rooms; as wide as reads as a wall
DOOR_M = (0.81, 2.00)  # clear opening; the width is the least that ISO 21542 asks for wheelchairs (0.80), with a thumb
JAMB_M = 0.09
STEP_M = (0.60, 0.15, 0.32)  # 0.15 m is the middle height of exercise steps (0.10, 0.15, 0.20)
BED_M = (0.90, 0.50, 2.00)  # a single mattress; 0.50 m to its top, a height that is easy to rise from
ROLL_M = (0.10, 0.40)  # a bath towel rolled up: diameter and length
TOWEL_WIDTH_M = 0.045  # a towel drawn tight to be pulled at, as a fist holds it
STRAP_WIDTH_M = 0.038  # 1.5 inches, the usual exercise strap
TOWEL_THICK_M, STRAP_THICK_M = 0.02, 0.004
PILLOW_M = (0.60, 0.12, 0.40)  # 40 x 60 cm, pressed by a head

MAT, WOOD, DARK_WOOD, CLOTH = "#788fa0", "#cdb492", "#8a7460", "#9fb0b8"
WALL, FRAME, SHEET, TOWEL, STRAP = "#d3dfe2", "#e0e3df", "#dde0dc", "#e0d4c2", "#a27b52"


@dataclass(frozen=True)
class Box:
    """An axis-aligned block from corner `low` to corner `high`."""

    low: Point
    high: Point


@dataclass(frozen=True, eq=False)
class Prop:
    """A thing in the room. One that `screens` is seen through where it would stand before the figure."""

    name: str
    mesh: Mesh
    boxes: tuple[Box, ...] = ()
    screens: bool = False

    def surfaces(self) -> tuple[Box, ...]:
        """What nothing may enter."""
        return self.boxes


class UnknownProp(LookupError):
    """There is no thing of this name."""


def by_name(name: str) -> Prop:
    """The thing of this name, as it stands before somebody at the origin; raises UnknownProp."""
    makers = (mat, chair, sofa, desk, wall, doorway, step, bed, rolled_towel, pillow)
    for make in makers:
        if make.__name__ == name:
            return make()
    raise UnknownProp(f"There is no prop {name!r}; choose one of {', '.join(make.__name__ for make in makers)}.")


def placed(prop: Prop, at: tuple[float, float] = (0.0, 0.0), *, quarter_turns: int = 0, up_m: float = 0.0) -> Prop:
    """`prop` turned about the vertical by quarters, from facing +z towards +x, moved by `at` = (x, z) and lifted."""
    boxes = tuple(_moved(box, at, quarter_turns % 4, up_m) for box in prop.boxes)
    mesh = turned_about(prop.mesh, quarter_turns, at)
    lifted = replace(mesh, vertices=mesh.vertices + np.array([0, up_m, 0], np.float32))
    return Prop(prop.name, lifted, boxes, prop.screens)


def mat() -> Prop:
    """A mat along z, let into the floor: its top is y = 0, so that what rests on the floor rests on the mat."""
    low, high = (-MAT_M[0] / 2, -MAT_M[1], -MAT_M[2] / 2), (MAT_M[0] / 2, 0.0, MAT_M[2] / 2)
    return Prop("mat", soft_box(low, high, MAT, radius=(0.025, 0.003, 0.025)))


def chair() -> Prop:
    """A chair whose sitter faces +z; the middle of the seat's front edge is at z = 0.2."""
    front, back, side = 0.2, 0.2 - SEAT_M[2], SEAT_M[0] / 2
    seat = Box((-side, SEAT_HEIGHT_M - SEAT_M[1], back), (side, SEAT_HEIGHT_M, front))
    rest = Box((-side, 0.60, back - 0.03), (side, CHAIR_TOP_M, back))
    legs = [
        soft_box((x - 0.016, 0.0, z - 0.016), (x + 0.016, top, z + 0.016), DARK_WOOD, radius=0.010)
        for x in (0.022 - side, side - 0.022)
        for z, top in ((back - 0.005, CHAIR_TOP_M - 0.03), (front - 0.03, SEAT_HEIGHT_M - 0.02))
    ]
    parts = [soft_box(seat.low, seat.high, CLOTH, radius=0.016), soft_box(rest.low, rest.high, CLOTH, radius=0.014)]
    return Prop("chair", joined([*parts, *legs]), (seat, rest))


def sofa() -> Prop:
    """A sofa whose sitter faces +z; the middle of the seat's front edge is at z = 0."""
    wide, tall, deep = SOFA_M
    seat = Box((-wide / 2, 0.0, -deep), (wide / 2, tall, 0.0))
    rest = Box((-wide / 2, 0.0, -deep - 0.14), (wide / 2, SOFA_TOP_M, -deep))
    return Prop("sofa", joined([soft_box(box.low, box.high, CLOTH, radius=0.04) for box in (seat, rest)]), (seat, rest))


def desk() -> Prop:
    """A desk before a person who faces +z: the near edge of its top is at z = 0."""
    wide, thick, deep = DESK_M
    top = Box((-wide / 2, DESK_HEIGHT_M - thick, 0.0), (wide / 2, DESK_HEIGHT_M, deep))
    legs = [
        soft_box((x - 0.025, 0.0, z - 0.025), (x + 0.025, DESK_HEIGHT_M - thick + 0.002, z + 0.025), DARK_WOOD)
        for x in (0.06 - wide / 2, wide / 2 - 0.06)
        for z in (0.06, deep - 0.06)
    ]
    return Prop("desk", joined([soft_box(top.low, top.high, WOOD, radius=0.01), *legs]), (top,))


def wall() -> Prop:
    """A wall before a person who faces +z: its near side is z = 0."""
    wide, tall, thick = WALL_M
    block = Box((-wide / 2, 0.0, 0.0), (wide / 2, tall, thick))
    skirting = soft_box((-wide / 2, 0.0, -0.012), (wide / 2, 0.07, 0.02), FRAME, radius=0.005)
    return Prop("wall", joined([soft_box(block.low, block.high, WALL), skirting]), (block,), screens=True)


def doorway() -> Prop:
    """An opening in a wall, walked through along z; its near side is z = 0, its middle x = 0."""
    half, tall, thick, outer = DOOR_M[0] / 2, DOOR_M[1], WALL_M[2], WALL_M[0] / 2
    left = Box((half, 0.0, 0.0), (outer, WALL_M[1], thick))
    right = Box((-outer, 0.0, 0.0), (-half, WALL_M[1], thick))
    over = Box((-half, tall, 0.0), (half, WALL_M[1], thick))
    walls = [soft_box(box.low, box.high, WALL, radius=0.001) for box in (left, right, over)]
    jambs = [
        ((half, 0.0, -0.014), (half + JAMB_M, tall, thick + 0.014)),
        ((-half - JAMB_M, 0.0, -0.014), (-half, tall, thick + 0.014)),
        ((-half - JAMB_M, tall, -0.014), (half + JAMB_M, tall + JAMB_M, thick + 0.014)),
    ]
    frame = [soft_box(low, high, FRAME, radius=0.006) for low, high in jambs]
    # Hands lean on the frame, which stands out from the wall. Half as deep as the wall, so that its thin side faces the
    # room: as a post it would push what leans on it sideways into the opening.
    near = [Box(low, (high[0], high[1], thick / 2)) for low, high in jambs[:2]]
    return Prop("doorway", joined([*walls, *frame]), (*near, over, left, right), screens=True)


def step() -> Prop:
    """A low step before a person who faces +z: its near edge is z = 0."""
    wide, tall, deep = STEP_M
    block = Box((-wide / 2, 0.0, 0.0), (wide / 2, tall, deep))
    return Prop("step", soft_box(block.low, block.high, WOOD, radius=0.015), (block,))


def bed() -> Prop:
    """A bed along z, its middle at the origin."""
    wide, tall, long = BED_M
    block = Box((-wide / 2, 0.0, -long / 2), (wide / 2, tall, long / 2))
    mattress = soft_box((-wide / 2, tall - 0.19, -long / 2), block.high, SHEET, radius=0.05)
    frame = soft_box((-wide / 2 - 0.02, 0.16, -long / 2 - 0.02), (wide / 2 + 0.02, tall - 0.17, long / 2 + 0.02), WOOD)
    legs = [
        soft_box((x - 0.03, 0.0, z - 0.03), (x + 0.03, 0.18, z + 0.03), DARK_WOOD)
        for x in (0.06 - wide / 2, wide / 2 - 0.06)
        for z in (0.08 - long / 2, long / 2 - 0.08)
    ]
    return Prop("bed", joined([mattress, frame, *legs]), (block,))


def rolled_towel() -> Prop:
    """A towel rolled up, lying along x on the floor."""
    thick, long = ROLL_M
    body = soft_cylinder((-long / 2, thick / 2, 0.0), (long / 2, thick / 2, 0.0), thick / 2, TOWEL, edge=0.012)
    return Prop("rolled_towel", body, (Box((-long / 2, 0.0, -thick / 2), (long / 2, thick, thick / 2)),))


def pillow() -> Prop:
    """A pillow on the floor, its long side along x."""
    block = Box((-PILLOW_M[0] / 2, 0.0, -PILLOW_M[2] / 2), (PILLOW_M[0] / 2, PILLOW_M[1], PILLOW_M[2] / 2))
    return Prop("pillow", cushion(block.low, block.high, FRAME), (block,))


def _moved(box: Box, at: tuple[float, float], quarters: int, up: float) -> Box:
    corners = np.array([box.low, box.high])
    x, z = corners[:, 0], corners[:, 2]
    for _ in range(quarters):
        x, z = z, -x
    x, z = x + at[0], z + at[1]
    return Box(
        (float(x.min()), box.low[1] + up, float(z.min())),
        (float(x.max()), box.high[1] + up, float(z.max())),
    )
