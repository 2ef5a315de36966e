"""A part of a film: one step laid out frame by frame and encoded, or a card of words that stands for some seconds."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from io import BytesIO

import av
import numpy as np
from PIL import Image

from supple.figure.pages import Pages
from supple.figure.stills import Backing
from supple.figure.view import Size
from supple.planner.plan import Plan
from supple.session.script import script
from supple.session.timeline import Timeline
from supple.video.moments import Told
from supple.video.page import Box, Clock, Moment, card, layout, page, sheet_of
from supple.video.stage import Piece, Rows, Stage, planes, read

QUALITY = {  # hardly anything moves from one picture to the next: the quickest search finds all of it
    "preset": "ultrafast",
    "qp": "22",
    "bf": "0",
    "keyint": "300",
    "threads": "1",
}


@dataclass(frozen=True)
class Part:
    """One step of a film: which frames of the session it has, and the pictures of its pieces as they are kept."""

    plan: Plan
    line: Timeline
    step: int
    first: int
    pieces: tuple[Piece, ...]
    frames: tuple[tuple[int, int], ...]
    size: Size
    fps: int
    kept: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Card:
    """Words that stand for some frames."""

    lines: tuple[tuple[str, float, int], ...]
    frames: int
    size: Size
    ground: Backing
    fps: int


def encoded(part: Part | Card) -> bytes:
    """A part as a film without sound."""
    pictures = _standing(part) if isinstance(part, Card) else _laid_out(part)
    return _film(pictures, part.size, part.fps)


def _standing(part: Card) -> Iterator[av.VideoFrame]:
    canvas = _Canvas(part.size)
    canvas.put(_planes(card(part.lines, part.size, part.ground)), (0, 0, *part.size))
    for _ in range(part.frames):
        yield canvas.frame


def _laid_out(part: Part) -> Iterator[av.VideoFrame]:
    """Every frame of a step: the page as long as no word of it changes, the figure on its stage, the ring.

    All are one picture, of which only what changes is written anew.
    """
    told = Told(part.plan, part.line, script(part.line))
    look = part.pieces[0].look
    stage = layout(part.size).stage
    horizon = Stage(part.pieces[0]).horizon
    canvas = _Canvas(part.size)
    shown: Moment | None = None
    on, pictures = (-1, -1), list[Rows]()
    for n, (piece, picture) in enumerate(part.frames, start=part.first):
        second = n / part.fps
        moment = told.moment(second, horizon)
        if moment != shown:
            if shown is None or moment.lasting != shown.lasting:
                ahead = _still(part.plan, moment.lasting.step + 1, look.body)  # the words go on before the figure does
                stays = sheet_of(moment.lasting, part.size, look.ground, ahead)
            rows, clock = page(moment, stays, part.size, look.ground)
            canvas.put(_planes(rows), (0, 0, *part.size))
            ring = _Ring(clock)
        if piece != on[0]:
            pictures = read(part.kept[piece])
        if moment != shown or (piece, picture) != on:
            canvas.put(pictures[picture], stage)
        ring.turned(canvas, told.turn(second))
        shown, on = moment, (piece, picture)
        yield canvas.frame


def _still(plan: Plan, number: int, body: str) -> Image.Image | None:
    """A picture of a step on clear ground."""
    if number >= len(plan.steps):
        return None
    step = plan.steps[number]
    return _drawn_still(step.stretch, "right" if step.side.value == "right" else "left", body)


@cache
def _drawn_still(stretch: str, side: str, body: str) -> Image.Image:
    answer = Pages().get(f"stills/{body}/{stretch}.png", {"side": side, "muscles": "1"})
    picture = Image.open(BytesIO(answer.content)).convert("RGBA")
    return picture.crop(picture.getbbox())


def _planes(rows: Rows) -> Rows:
    return planes(av.VideoFrame.from_ndarray(rows, format="rgb24").reformat(format="yuv420p"))


class _Canvas:
    """A frame whose brightness and colours are written in place; the corners of what is put lie on even pixels."""

    def __init__(self, size: Size) -> None:
        self.frame = av.VideoFrame(*size, "yuv420p")
        self.light, *self.colours = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
            for plane in self.frame.planes
        )

    def put(self, picture: Rows, box: Box) -> None:
        """Writes a picture of planes into its place."""
        left, top, right, bottom = box
        self.light[top:bottom, left:right] = picture[: bottom - top]
        for plane, part in zip(self.colours, _colours(picture, (right - left, bottom - top)), strict=True):
            plane[top // 2 : bottom // 2, left // 2 : right // 2] = part


def _colours(planes: Rows, size: Size) -> Rows:
    """(2, height / 2, width / 2): the two planes of colour of a picture, as a view."""
    wide, tall = size
    return planes[tall:].reshape(2, tall // 2, wide // 2)


class _Ring:
    """The ring of the clock in planes."""

    def __init__(self, clock: Clock) -> None:
        self.box, self.turn = clock.box, clock.turn
        self.full, self.empty = _planes(clock.full), _planes(clock.empty)

    def turned(self, canvas: _Canvas, share: float) -> None:
        """Draws so much of the ring."""
        left, top, right, bottom = self.box
        inner = (right - left, bottom - top)
        on = self.turn < share
        light = np.where(on, self.full[: inner[1]], self.empty[: inner[1]])
        colours = np.where(on[::2, ::2], _colours(self.full, inner), _colours(self.empty, inner))
        canvas.put(np.concatenate([light, colours.reshape(-1, inner[0])]), self.box)


def _film(pictures: Iterator[av.VideoFrame], size: Size, fps: int) -> bytes:
    file = BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=Fraction(fps), options=QUALITY)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        for n, picture in enumerate(pictures):
            picture.pts, picture.time_base = n, Fraction(1, fps)
            out.mux(stream.encode(picture))
        out.mux(stream.encode())
    return file.getvalue()
