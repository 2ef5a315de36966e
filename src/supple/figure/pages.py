"""What the viewer asks a server for: its own files, bodies, baked motions, the room of a stretch, and stills.

Paths are those that `figure.js` makes: `bodies/BODY.glb`, `motions/BODY/STRETCH.json`, `rooms/STRETCH.json`,
`stills/BODY/STRETCH.png` and `stretches.json`; a way between positions may stand where a stretch does. Everything else
is a file of `viewer/`.
"""

import io
import json
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image

from supple.anatomy import MuscleGroup, Position, Side
from supple.catalogue import Sides, Stretch, load
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.motion_reader import NoMotion, motion
from supple.catalogue.way_reader import ways
from supple.figure import body as bodies
from supple.figure.body import UnknownBody
from supple.figure.carrying import carried, look
from supple.figure.compiled import Floats
from supple.figure.performance import marked, pose_of, things
from supple.figure.props import Prop
from supple.figure.scene import figure, frame, scene
from supple.figure.stills import still
from supple.figure.view import View, named
from supple.motion import Motion
from supple.motion.baked import Baked, Frame, arc_share, loads, mirrored, sample
from supple.motion.way import Way

VIEWER = Path(__file__).parent / "viewer"
VENDOR = VIEWER / "vendor" / "three.module.js"
BODIES = Path(__file__).parent / "bodies"
TYPES = {".js": "text/javascript", ".glb": "model/gltf-binary", ".woff2": "font/woff2", ".json": "application/json"}
STILL_SIZE = (960, 720)
HEAD, PROVED = 300, b'"proved":true'  # stands before the frames in a baked file


class NoPage(LookupError):
    """There is nothing at that address."""


class ViewerNotReady(LookupError):
    """The viewer's own parts are not there."""


@dataclass(frozen=True)
class Answer:
    """What goes back to the browser."""

    content: bytes
    kind: str


@dataclass(frozen=True)
class Entry:
    """What the page says of a stretch: `marks_side` where it pulls on one alone, `bodies` that it is baked for."""

    id: str
    name: str
    position: str
    feel: str
    steps: tuple[str, ...]
    sides: bool
    marks_side: bool
    view: str
    passed: str
    primary: tuple[MuscleGroup, ...]
    secondary: tuple[MuscleGroup, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class WayEntry:
    """What the page says of a way between positions; `bodies` are those on which it is proved."""

    id: str
    name: str
    begins: Position
    ends: Position
    on_bed: bool
    sides: bool
    view: str
    passed: str
    stations: int
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class Pages:
    """Answers requests for the viewer. `baked` is where motions lie; `motion` and `ways` are how they are read."""

    baked: Path = CATALOGUE / "baked"
    motion: Callable[[str], Motion] = motion
    ways: Callable[[], tuple[Way, ...]] = ways
    drawing: Lock = field(default_factory=Lock, compare=False)

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """The answer to a path without its first slash; raises NoPage and what the catalogue and the figure raise."""
        match path.split("/"):
            case ["stretches.json"]:
                stretches, found = map(asdict, self.stretches()), map(asdict, self.shown_ways())
                return _json({"stretches": [*stretches], "ways": [*found], "bodies": bodies.names()})
            case ["motions", body, name] if name.endswith(".json"):
                return Answer(self._bake(name.removesuffix(".json"), body).read_bytes(), TYPES[".json"])
            case ["rooms", name] if name.endswith(".json"):
                return _json(_room(self._made(name.removesuffix(".json"))))
            case ["stills", body, name] if name.endswith(".png"):
                return Answer(self._still(name.removesuffix(".png"), body, query), "image/png")
            case ["bodies", name]:
                return self._body(name)
        return _file(VIEWER, path or "index.html")

    def stretches(self) -> list[Entry]:
        """Every stretch that has a motion."""
        found = []
        for stretch in load().stretches.values():
            try:
                found.append(self._entry(stretch, self.motion(stretch.id)))
            except NoMotion:
                continue
        return found

    def shown_ways(self) -> list[WayEntry]:
        """Every way between positions that passed the look and is proved on some body."""
        found = [self._way_entry(way) for way in self.ways() if way.passed]
        return [entry for entry in found if entry.bodies]

    def _way_entry(self, way: Way) -> WayEntry:
        return WayEntry(
            id=way.id,
            name=way.name,
            begins=way.begins,
            ends=way.ends,
            on_bed=way.on_bed,
            sides=way.has_sides,
            view=way.view,
            passed=way.passed,
            stations=len(way.station),
            bodies=tuple(body for body in bodies.names() if self._is_proved(way, body)),
        )

    def _is_proved(self, way: Way, body: str) -> bool:
        file = self._way_file(way, body)
        return file.is_file() and PROVED in file.read_bytes()[:HEAD]  # to read all of them would take a second

    def _way_file(self, way: Way, body: str) -> Path:
        return self.baked / body / "ways" / f"{way.id}.json"

    def _way(self, name: str) -> Way | None:
        return next((way for way in self.ways() if way.id == name), None)

    def _made(self, name: str) -> Motion | Way:
        return self._way(name) or self.motion(name)

    def _entry(self, stretch: Stretch, made: Motion) -> Entry:
        marks = marked(stretch)
        return Entry(
            id=stretch.id,
            name=stretch.name,
            position=stretch.start_position.value.replace("_", " "),
            feel=stretch.feel_it,
            steps=stretch.steps,
            sides=stretch.sides is Sides.ALTERNATE_SIDES,
            marks_side=marks.side is not Side.NONE,
            view=made.view,
            passed=made.passed,
            primary=marks.primary,
            secondary=marks.secondary,
            bodies=tuple(body for body in bodies.names() if (self.baked / body / f"{stretch.id}.json").is_file()),
        )

    def _bake(self, stretch: str, body: str) -> Path:
        """The file of a stretch, or of a way that may be shown on this body."""
        _known(body)
        if way := self._way(stretch):
            if way.passed and self._is_proved(way, body):
                return self._way_file(way, body)
            raise NoMotion(
                f"{stretch} is not shown on the body '{body}', for it is not proved there; choose another body."
            )
        load().stretch(stretch)
        file = self.baked / body / f"{stretch}.json"
        if not file.is_file():
            raise NoMotion(f"{stretch} is not baked for the body '{body}'; make it with: make motions.")
        return file

    def _body(self, name: str) -> Answer:
        stem, _, ending = name.partition(".")
        _known(stem)
        if ending not in ("glb", "muscles.json"):
            raise NoPage(f"There is no 'bodies/{name}'; ask for {stem}.glb or {stem}.muscles.json.")
        return _file(BODIES, name)

    def _still(self, stretch: str, body: str, query: Mapping[str, str]) -> bytes:
        made, right = self._made(stretch), query.get("side") == Side.RIGHT
        side = Side.RIGHT if right else Side.LEFT
        pose, bones = self._pose(stretch, body, made, query)
        wearer, room, marks = bodies.load(body), things(made.props, mirrored_too=right), None
        if isinstance(made, Motion):
            room += carried(made, pose)
            marks = marked(load().stretch(stretch), side) if query.get("muscles") == "1" else None
        view: View = named(query.get("view") or made.view)
        with self.drawing:  # numba's threads serve one at a time
            person = figure(wearer, pose_of(pose, bones, wearer), marks)
            picture = still(scene(person, room, view), view, STILL_SIZE, frame=frame(person, room))
        out = io.BytesIO()
        Image.fromarray(picture).save(out, format="PNG", compress_level=3)
        return out.getvalue()

    def _pose(
        self, stretch: str, body: str, made: Motion | Way, query: Mapping[str, str]
    ) -> tuple[Frame, tuple[str, ...]]:
        """The frame and its bones: in position where `arc` is 0 or the motion has not passed the look.

        Of a way, `arc` is the percentage of it that has been gone.
        """
        moved = _read(self._bake(stretch, body))
        track = moved.track(query["way"]) if query.get("way") else moved.tracks[0]
        arc = _number(query.get("arc", "100"))
        share = arc / 100 if isinstance(made, Way) else arc_share(arc) if arc else 0.0
        found = sample(track, share if made.passed and moved.proved else 0.0)
        return mirrored(found, moved.bones) if query.get("side") == Side.RIGHT else found, moved.bones


def check() -> None:
    """That the viewer can be served; raises ViewerNotReady."""
    if not VENDOR.is_file():
        raise ViewerNotReady("The viewer's copy of three.js is missing; bring it with: make setup.")


def _read(file: Path) -> Baked:
    return loads(file.read_text(encoding="utf-8"), file.name)


def _known(body: str) -> None:
    if body not in bodies.names():
        raise UnknownBody(f"There is no body '{body}': choose one of {', '.join(bodies.names())}.")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise NoPage(f"arc {text!r} is no number; give 10 to 100.") from error


def _file(folder: Path, name: str) -> Answer:
    steps = name.split("/")
    file = folder.joinpath(*steps)
    if not all(step.strip(".").isprintable() and step.strip(".") for step in steps) or not file.is_file():
        raise NoPage(f"There is no page '{name}'; begin at the first one: /")
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Answer(file.read_bytes(), kind)


def _room(made: Motion | Way) -> Mapping[str, object]:
    """What stands in the room of a motion, and what the figure holds in it."""
    held = made.carried if isinstance(made, Motion) else ()
    return {
        "stands": [_thing(prop) for prop in things(made.props)],
        "carried": [asdict(look(one.prop)) for one in held],
    }


def _thing(prop: Prop) -> dict[str, object]:
    """A thing as `figure.js` builds it: metres, and the colour of each vertex by its number."""
    mesh = prop.mesh
    codes, paints = np.unique(np.rint(mesh.colours * 255).astype(int), axis=0, return_inverse=True)
    normals: Floats = mesh.normals if mesh.normals is not None else np.zeros_like(mesh.vertices)
    return {
        "name": prop.name,
        "screens": prop.screens,
        "places": mesh.vertices.round(4).astype(float).round(4).ravel().tolist(),
        "normals": normals.astype(float).round(3).ravel().tolist(),
        "faces": mesh.triangles.ravel().tolist(),
        "paints": paints.ravel().tolist(),
        "colours": [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in codes],
    }


def _json(value: object) -> Answer:
    return Answer(json.dumps(value, separators=(",", ":")).encode(), TYPES[".json"])
