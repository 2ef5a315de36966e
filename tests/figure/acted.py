"""Motions made up for tests: whoever stands lifts the left heel, so that no bake of the catalogue is needed."""

from collections.abc import Sequence
from pathlib import Path

from supple.figure.body import Body, load, names
from supple.motion.baked import Baked, Frame, Quaternion, Track, dumps

STILL: Quaternion = (0.0, 0.0, 0.0, 1.0)
BENT: Quaternion = (0.5**0.5, 0.0, 0.0, 0.5**0.5)  # a right angle about the axis across the body


def heel_lift(stretch: str, body: Body, *, proved: bool = True) -> Baked:
    """The left lower leg, and what hangs on it, goes back by a right angle."""
    moving = {body.bones.index("lowerleg01.L")}
    for bone, parent in enumerate(body.parents):
        if parent in moving:
            moving.add(bone)
    x, y, z = (float(part) for part in body.heads[0])
    stands = Frame((STILL,) * len(body.bones), (x, y, z))
    bends = Frame(tuple(BENT if bone in moving else STILL for bone in range(len(body.bones))), (x, y, z))
    tracks = (Track("lift", (stands, bends)),)
    return Baked(stretch, body.name, body.bones, Track("enter", (stands, stands)), tracks, proved)


def bake_way(folder: Path, name: str, *, stations: int, proved_on: Sequence[str]) -> None:
    """Writes the heel lift as a way of so many stations, for every body."""
    for body in names():
        (frames,) = (track.frames for track in heel_lift(name, load(body)).tracks)
        track = Track("way", tuple(frames[i % 2] for i in range(stations)))
        made = Baked(name, body, load(body).bones, None, (track,), body in proved_on)
        file = folder / body / "ways" / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dumps(made), encoding="utf-8")


def bake(folder: Path, *stretches: str, unproved_on: str = "") -> Path:
    """Writes the heel lift as these stretches, for every body, proved on all but one; returns the folder."""
    for name in names():
        (folder / name).mkdir(parents=True)
        for stretch in stretches:
            made = heel_lift(stretch, load(name), proved=name != unproved_on)
            (folder / name / f"{stretch}.json").write_text(dumps(made), encoding="utf-8")
    return folder
