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
from supple.video.page import Clock, Moment, card, layout, page
from supple.video.stage import Piece, Rows, Stage, planes, read

QUALITY = {  # hardly anything moves from one picture to the next: the quickest search finds all of it
    "preset": "ultrafast",
    "crf": "24",
    "bf": "0",
    "keyint": "300",
    "threads": "1",
    "x264-params": "deblock=1",
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


def _standing(part: Card) -> Iterator[Rows]:
    rows = _planes(card(part.lines, part.size, part.ground))
    for _ in range(part.frames):
        yield rows


def _laid_out(part: Part) -> Iterator[Rows]:
    """Every frame of a step: the page as long as no word of it changes, the figure on its stage, the ring."""
    told = Told(part.plan, part.line, script(part.line))
    look = part.pieces[0].look
    where = layout(part.size)
    horizon = Stage(part.pieces[0]).horizon
    ahead = _still(part.plan, part.step + 1, look.body)
    shown: Moment | None = None
    opened, pictures = -1, [np.zeros((0, 0), np.uint8)]
    for n, (piece, picture) in enumerate(part.frames, start=part.first):
        second = n / part.fps
        moment = told.moment(second, horizon)
        if moment != shown:
            rows, clock = page(moment, part.size, look.ground, ahead if moment.ahead else None)
            shown, sheet, ring = moment, _planes(rows), _Ring(clock)
        if piece != opened:
            opened, pictures = piece, read(part.kept[piece])
        frame = sheet.copy()
        _laid(frame, pictures[picture], part.size, where.stage)
        ring.turned(frame, part.size, told.turn(second))
        yield frame


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


def _laid(frame: Rows, picture: Rows, size: Size, box: tuple[int, int, int, int]) -> None:
    """Puts a picture of planes into a frame of planes; corners lie on even pixels."""
    left, top, right, bottom = box
    tall = bottom - top
    frame[top:bottom, left:right] = picture[:tall]
    inside = _colours(picture, (right - left, tall))
    for plane, part in zip(_colours(frame, size), inside, strict=True):
        plane[top // 2 : bottom // 2, left // 2 : right // 2] = part


def _colours(planes: Rows, size: Size) -> tuple[Rows, Rows]:
    """The two planes of colour as views that may be written to."""
    wide, tall = size
    below = planes[tall:].reshape(2, tall // 2, wide // 2)
    return below[0], below[1]


class _Ring:
    """The ring of the clock in planes."""

    def __init__(self, clock: Clock) -> None:
        self.box = clock.box
        self.full, self.empty, self.turn = _planes(clock.full), _planes(clock.empty), clock.turn

    def turned(self, frame: Rows, size: Size, share: float) -> None:
        """Draws so much of the ring."""
        left, top, right, bottom = self.box
        inner = (right - left, bottom - top)
        on = self.turn < share
        frame[top:bottom, left:right] = np.where(on, self.full[: inner[1]], self.empty[: inner[1]])
        small = on[::2, ::2]
        colours = zip(_colours(frame, size), _colours(self.full, inner), _colours(self.empty, inner), strict=True)
        for plane, full, empty in colours:
            plane[top // 2 : bottom // 2, left // 2 : right // 2] = np.where(small, full, empty)


def _film(pictures: Iterator[Rows], size: Size, fps: int) -> bytes:
    file = BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=Fraction(fps), options=QUALITY)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        for picture in pictures:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")))
        out.mux(stream.encode())
    return file.getvalue()
