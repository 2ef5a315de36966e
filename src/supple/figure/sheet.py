"""The contact sheet: every stretch from two sides, in position, half-way and full, and every way between positions.

`python -m supple.figure.sheet FOLDER [BODY] [STRETCH or WAY ...]` writes one picture each, to be looked at one by one,
and a page that shows all: of stretches in FOLDER, of ways in FOLDER/ways.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from supple.catalogue import Stretch, load
from supple.catalogue.motion_reader import NoMotion, baked, motion
from supple.catalogue.way_reader import baked_way, way_of, ways
from supple.figure.body import load as load_body
from supple.figure.body import names as body_names
from supple.figure.carrying import carried
from supple.figure.compiled import Floats
from supple.figure.ground import Picture
from supple.figure.performance import marked, pose_of, things
from supple.figure.props import Prop
from supple.figure.rasteriser import Mesh
from supple.figure.scene import figure, frame, scene
from supple.figure.stills import Backing, still
from supple.figure.view import Size, View
from supple.motion.baked import sample
from supple.motion.way import Way

TILE, LARGE = (240, 180), (480, 360)
SECOND = {
    View.THREE_QUARTER: View.LEFT,
    View.THREE_QUARTER_BACK: View.LEFT,
}  # beside what is seen best; else three-quarter
QUALITY = 82
WAYS = "ways"


def picture(stretch: Stretch, body_name: str) -> Image.Image:
    """The pictures of one stretch, one row per view; raises NoMotion."""
    made, moved, body = motion(stretch.id), baked(stretch.id, body_name), load_body(body_name)
    shown = [moved.tracks[0].frames[0]] + [sample(track, share) for track in moved.tracks for share in (0.5, 1.0)]
    people = [figure(body, pose_of(pose, moved.bones, body), marked(stretch)) for pose in shown]
    around_them = [(*things(made.props), *carried(made, pose)) for pose in shown]
    return _rows(people, around_them, View(made.view))


def way_picture(way: Way, body_name: str) -> Image.Image:
    """The stations of a way, one row per view; raises NoMotion."""
    moved, body = baked_way(way.id, body_name), load_body(body_name)
    shown = [sample(moved.tracks[0], share) for share in np.linspace(0, 1, len(way.station)).tolist()]
    people = [figure(body, pose_of(pose, moved.bones, body)) for pose in shown]
    return _rows(people, [things(way.props)] * len(people), View(way.view))


def _rows(people: Sequence[Mesh], around_them: Sequence[tuple[Prop, ...]], best: View) -> Image.Image:
    """The same people from where they are seen best and from a second side."""
    rows = []
    for view in (best, SECOND.get(best, View.THREE_QUARTER)):
        whole = np.concatenate([frame(person, has) for person, has in zip(people, around_them, strict=True)])
        tiles = [_tile(person, has, view, whole) for person, has in zip(people, around_them, strict=True)]
        rows.append(np.concatenate(tiles, axis=1))
    return Image.fromarray(np.concatenate(rows)).convert("RGB")


def _tile(person: Mesh, has: tuple[Prop, ...], view: View, whole: Floats, size: Size = TILE) -> Picture:
    return still(scene(person, has, view), view, size, behind=Backing.LIGHT, frame=whole)


def together(stretches: Sequence[str], body_name: str = "woman", across: int = 3) -> Image.Image:
    """Several stretches in one picture, each in full and from where it is seen best."""
    tiles = []
    for name in stretches:
        stretch, made, moved, body = load().stretch(name), motion(name), baked(name, body_name), load_body(body_name)
        full = moved.tracks[0].frames[-1]
        person = figure(body, pose_of(full, moved.bones, body), marked(stretch))
        has = (*things(made.props), *carried(made, full))
        tiles.append(_tile(person, has, View(made.view), frame(person, has), LARGE))
    rows = [np.concatenate(tiles[at : at + across], axis=1) for at in range(0, len(tiles), across)]
    return Image.fromarray(np.concatenate(rows)).convert("RGB")


def page(stretches: list[str], body: str) -> str:
    """The page that shows every picture with its stretch's name."""
    lines = [
        f"# The contact sheet ({body})",
        "",
        "Written by `make contact-sheet`. From two sides: in position, half-way,",
    ]
    lines += ["full; a flow shows both its ends. Orange is where the stretch works.", ""]
    for name in stretches:
        lines += [f"**{load().stretch(name).name}** (`{name}`){_told(name)}", "", f"![{name}]({name}.webp)", ""]
    return "\n".join(lines)


def _told(name: str) -> str:
    """What is not shown moving of a stretch, and on whom; nothing where it is shown on every body."""
    if not motion(name).passed:
        return ": has not passed the look, and is shown in position only"
    unproved = [body for body in body_names() if not baked(name, body).proved]
    return f": not proved, so in position only, on the body {' and '.join(unproved)}" if unproved else ""


def ways_page(names: list[str], body: str) -> str:
    """The page that shows the stations of every way."""
    lines = [
        f"# Ways between positions ({body})",
        "",
        "Written by `make contact-sheet`: each way by its stations, from",
    ]
    lines += ["two sides. The way back is the same, from right to left.", ""]
    for name in names:
        proved = [body for body in body_names() if baked_way(name, body).proved]
        look = "passed the look" if way_of(name).passed else "has not passed the look"
        told = f"proved on {', '.join(proved) or 'no body'}; {look}"
        lines += [f"**{way_of(name).name}** (`{name}`): {told}", "", f"![{name}]({name}.webp)", ""]
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Draw the sheet."""
    folder, body, *only = [*words, *(["woman"] if len(words) < 2 else [])]
    known = [way.id for way in ways()]
    names = only or [*load().stretches, *known]
    (Path(folder) / WAYS).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        drawn = [name for name in pool.map(_draw, names, [body] * len(names), [folder] * len(names)) if name]
    if not only:
        stretches, found = ([name for name in drawn if (name in known) is is_way] for is_way in (False, True))
        (Path(folder) / "README.md").write_text(page(stretches, body), encoding="utf-8")
        (Path(folder) / WAYS / "README.md").write_text(ways_page(found, body), encoding="utf-8")
    print(f"{len(drawn)} of {len(names)} stretches and ways drawn in {folder}")
    return 0


def _draw(name: str, body: str, folder: str) -> str:
    way = next((way for way in ways() if way.id == name), None)
    file = Path(folder) / (WAYS if way else "") / f"{name}.webp"
    try:
        drawn = way_picture(way, body) if way else picture(load().stretch(name), body)
    except NoMotion:
        return ""
    drawn.save(file, quality=QUALITY, method=6)
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
