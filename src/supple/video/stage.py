"""The figure of a film: which pictures of it a step needs, and those pictures, drawn once for every film that has them.

A step is cut into pieces: into position, the hold or the cycles, and out. A piece is the pictures that it needs, each
once and in the order in which they are first seen; it bears the name of all that decides how it looks, so that a piece
of one film serves every other.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from math import cos, pi, radians, tan
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

import supple.figure as figure_package
from supple.anatomy import Side
from supple.catalogue import load
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.motion_reader import baked, motion
from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.carrying import carried
from supple.figure.compiled import Floats
from supple.figure.ground import Ground, edge
from supple.figure.light import Lens
from supple.figure.performance import MIRRORED_VIEW, marked, pose_of, things
from supple.figure.rasteriser import render
from supple.figure.scene import Pose as Posed
from supple.figure.scene import figure, frame, scene
from supple.figure.stills import GROUNDS, Backing
from supple.figure.view import Camera, Size, View, axes, framed
from supple.motion import Motion
from supple.motion.baked import Baked, Frame, Track, arc_share, mirrored, sample
from supple.planner.plan import Plan, Step
from supple.session import Cue, CueKind, Timeline
from supple.session.pose import Pose, Way, pose
from supple.session.timeline import BREATH_S

CHEST = "spine01"
FULL_CHEST = (1.012, 1.0, 1.035)  # how much wider and deeper a full chest is; as the browser's figure has it
EXHALED_S = 1.0  # before another cue the breath is out
BREATHS = 40  # steps between an empty and a full chest: finer ones cannot be seen
SHARES = 5000  # steps of a way
SURVEYED = 4  # so many frames lie between the poses by which a picture is framed
FADE = 0.07  # of the width or height, over which a shadow ends at the sides and at the top
SHADOW = 0.75  # what covers less is a shadow
KEPT = {"crf": "8", "preset": "veryfast", "g": "30"}
FIGURE = Path(figure_package.__file__).parent
DRAWING = (
    "carrying",
    "ground",
    "light",
    "props",
    "rasteriser",
    "scene",
    "shadow",
    "skinning",
    "solids",
    "tint",
    "view",
    "zbuffer",
)
Rows = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class State:
    """How the figure stands in one picture: where on which track, and how full the chest is, both in whole steps."""

    track: str
    share: int
    breath: int


@dataclass(frozen=True)
class Look:
    """What all pictures of a film have in common; `size` is that of the stage, both even."""

    body: str
    ground: Backing
    size: Size


@dataclass(frozen=True)
class Piece:
    """Pictures of a step, each once."""

    stretch: str
    side: Side
    arc_percent: int
    look: Look
    states: tuple[State, ...]

    @property
    def key(self) -> str:
        """Its name by content: another figure, motion, drawing or order of pictures is another piece."""
        told = json.dumps([asdict(self), KEPT, _made_of(self.stretch, self.look.body)], sort_keys=True)
        return sha256(told.encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Shown:
    """Which picture of which piece is on in each frame of a step, from frame `first` on."""

    step: int
    first: int
    pieces: tuple[Piece, ...]
    frames: tuple[tuple[int, int], ...]  # the number of the piece, and of the picture in it


def shown(line: Timeline, plan: Plan, look: Look, fps: int) -> Iterator[Shown]:
    """The figure of a whole session, step by step."""
    poses = ((n, pose(line, plan, n / fps)) for n in range(line.seconds * fps))
    for number, found in groupby(poses, key=lambda each: each[1].step):
        step = plan.steps[number]
        frames = [(n, at, _state(step, at, _breath(line.at(n / fps), n / fps), look.body)) for n, at in found]
        pieces: list[Piece] = []
        order: list[tuple[int, int]] = []
        for _, part in groupby(frames, key=lambda each: each[1].way):
            states = [state for _, _, state in part]
            known = tuple(dict.fromkeys(states))
            piece = Piece(step.stretch, step.side, step.arc_percent, look, known)
            at = pieces.index(piece) if piece in pieces else len(pieces)
            pieces += [piece] if at == len(pieces) else []
            where = {state: i for i, state in enumerate(known)}
            order += [(at, where[state]) for state in states]
        yield Shown(number, frames[0][0], tuple(pieces), tuple(order))


def drawn(piece: Piece) -> bytes:
    """The pictures of a piece as a film of their own, one frame each."""
    file = BytesIO()
    with av.open(file, "w", format="matroska") as out:
        stream = out.add_stream("libx264", rate=Fraction(30), options=KEPT)
        stream.width, stream.height = piece.look.size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for picture in pictures(piece):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return file.getvalue()


def pictures(piece: Piece) -> Iterator[Rows]:
    """(height, width, 3) of each state of a piece."""
    stage = Stage(piece)
    for state in piece.states:
        yield stage.picture(state)


def read(content: bytes) -> list[Rows]:
    """The pictures of a piece as planes: (height * 3 / 2, width), brightness above and colour below."""
    with av.open(BytesIO(content), "r") as kept:
        return [planes(found) for found in kept.decode(video=0)]


def planes(picture: av.VideoFrame) -> Rows:
    """A picture as brightness, and below it the two colours at half the size: (height * 3 / 2, width)."""
    found: Rows = picture.to_ndarray(format="yuv420p").astype(np.uint8, copy=False)
    return found


class Stage:
    """A stretch on one side, on one body, seen by one camera that stays; ready to be drawn in any state."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.body: Body = load_body(piece.look.body)
        self.motion: Motion = motion(piece.stretch)
        self.baked: Baked = baked(piece.stretch, piece.look.body)
        self.right = piece.side is Side.RIGHT
        self.things = things(self.motion.props, mirrored_too=self.right)
        self.marks = marked(load().stretch(piece.stretch), piece.side)
        best = View(self.motion.view)
        self.view = MIRRORED_VIEW.get(best, best) if self.right else best
        self.chest = self.body.bones.index(CHEST)
        self.points = self._survey()
        self.camera: Camera = framed(self.view, self.points, piece.look.size)
        self.veil = _sides(piece.look.size)
        self.top = np.minimum((np.arange(piece.look.size[1]) + 0.5) / (piece.look.size[1] * FADE), 1)[:, None, None]

    def picture(self, state: State) -> Rows:
        """The figure in a state, before wall and floor."""
        at = self._frame(state)
        person = figure(self.body, self._posed(at, state.breath / BREATHS), self.marks)
        held = (*self.things, *carried(self.motion, at))
        mesh = scene(person, held, self.view)
        clear = render(mesh, self.camera, self.piece.look.size, threads=1).astype(np.float32)
        cover = clear[..., 3:] / 255 * self.veil
        cover *= np.where(cover < SHADOW, self.top, 1)
        behind = room(self.piece.look.ground, self.piece.look.size, self.horizon)
        return np.rint(clear[..., :3] * cover + behind * (1 - cover)).astype(np.uint8)

    @cached_property
    def horizon(self) -> float:
        """The row of the stage at which wall and floor meet; minus infinite where one looks straight down."""
        wide, tall = self.piece.look.size
        scale = tall / 2 / tan(radians(self.camera.field_deg) / 2)
        lens = Lens(np.array(self.camera.eye, np.float32), axes(self.camera).astype(np.float32), scale, wide, tall)
        return edge(_ground(self.piece.look.ground), lens, self.points)

    def _frame(self, state: State) -> Frame:
        found = sample(self.baked.track(state.track), state.share / SHARES)
        return mirrored(found, self.baked.bones) if self.right else found

    def _posed(self, at: Frame, breath: float) -> Posed:
        posed = pose_of(at, self.baked.bones, self.body)
        fuller = 1 + breath * (np.array(FULL_CHEST) - 1)
        rotations = posed.rotations.copy()
        rotations[self.chest] = rotations[self.chest] * fuller
        return Posed(rotations, posed.root)

    def _survey(self) -> Floats:
        """The points that the camera must have inside, wherever the motion takes the body."""
        found = []
        for track in _tracks(self.motion, self.baked):
            for n in range(0, len(track.frames), SURVEYED):
                at = mirrored(track.frames[n], self.baked.bones) if self.right else track.frames[n]
                person = figure(self.body, pose_of(at, self.baked.bones, self.body))
                found.append(frame(person, (*self.things, *carried(self.motion, at)))[::7])
        return np.concatenate(found)


@lru_cache(maxsize=8)
def room(ground: Backing, size: Size, horizon: float) -> Rows:
    """(height, width, 3), not to be written to: wall above the horizon and floor below it."""
    planes = _ground(ground)
    part = np.clip(np.arange(1, size[1] + 1) - horizon, 0, 1)[:, None]
    column = np.array([planes.wall]) * (1 - part) + np.array([planes.floor]) * part
    rows: Rows = np.repeat(np.rint(column[:, None] * 255).astype(np.uint8), size[0], axis=1)
    rows.flags.writeable = False
    return rows


def _ground(backing: Backing) -> Ground:
    """Wall and floor; a film is never on clear ground."""
    return GROUNDS[backing] or GROUNDS[Backing.LIGHT] or Ground((1, 1, 1), (1, 1, 1))


def _state(step: Step, at: Pose, breath: int, body: str) -> State:
    """Which track, and how far along it. Only what has passed our look, and is proved on this body, moves."""
    passed, moved = _known(step.stretch, body)
    one, *others = (track.name for track in moved.tracks)
    reach = arc_share(step.arc_percent)
    if at.way is Way.ENTER and at.share < 1 and passed and moved.enter and moved.enter_proved:
        return State(moved.enter.name, _share(at.share), breath)
    if not (passed and moved.proved):
        return State(one, 0, breath)
    match at.way:
        case Way.ENTER:
            return State(one, 0, breath)
        case Way.CYCLE if others:
            return State(one if at.end >= 0 else others[0], _share(abs(at.end) * reach), breath)
        case Way.OUT if step.cycles:
            return State(others[0] if others else one, _share(at.share * reach) if others else 0, breath)
    return State(one, _share(at.share * reach), breath)


def _share(share: float) -> int:
    return round(share * SHARES)


def _breath(cue: Cue, second: float) -> int:
    """How full the chest is: in and out with the breathing guide, and out before another cue begins."""
    if cue.kind is CueKind.MOVE or not cue.seconds:
        return 0
    into_s = second - cue.at_s
    full = (1 - cos(pi * into_s / BREATH_S)) / 2
    return round(BREATHS * full * min(1.0, (cue.seconds - into_s) / EXHALED_S))


@cache
def _known(stretch: str, body: str) -> tuple[bool, Baked]:
    return bool(motion(stretch).passed), baked(stretch, body)


def _tracks(made: Motion, moved: Baked) -> list[Track]:
    """The ways on which the body is shown."""
    enter = [moved.enter] if made.passed and moved.enter and moved.enter_proved else []
    if not (made.passed and moved.proved):
        return [replace(moved.tracks[0], frames=moved.tracks[0].frames[:1]), *enter]
    return [*moved.tracks, *enter]


def _sides(size: Size) -> Floats:
    """(1, width, 1): 1, and towards either side less, so that no shadow is cut off."""
    column = np.arange(size[0], dtype=np.float32) + 0.5
    share = np.minimum(column, size[0] - column) / (size[0] * FADE)
    found: Floats = np.minimum(share, 1)[None, :, None].astype(np.float32)
    return found


@cache
def _made_of(stretch: str, body: str) -> str:
    """Changes with the body, with the motion of a stretch, and with how the figure is drawn."""
    told = sha256()
    drawing = [FIGURE / f"{name}.py" for name in DRAWING]
    moved = [CATALOGUE / "baked" / body / f"{stretch}.json", CATALOGUE / "motions" / f"{stretch}.toml"]
    for file in (Path(__file__), *drawing, *sorted((FIGURE / "bodies").glob(f"{body}.*")), *moved):
        told.update(file.read_bytes())
    return told.hexdigest()
