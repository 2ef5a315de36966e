"""A picture of the film without the figure: words, bars, the clock, what comes next; in the site's type and colours.

Everything is measured in units of the height, so that a phone's film and a television's share one layout. The stage is
the place that is left for the figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import pi

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from supple.figure.pages import VIEWER
from supple.figure.solids import colour
from supple.figure.stills import Backing
from supple.figure.view import Size
from supple.video.stage import Rows, room

FONT = VIEWER / "font" / "commissioner-flar.woff2"
STOP = "Stop for sharp pain or tingling."  # stands in every picture
TYPE_SHARES = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5)  # of the type, until all words have room
SOLID = 200  # a shadow has less, and does not count where the figure is to stand
FINE = 4  # samples across and down in a pixel of a curve
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels
Paint = tuple[int, int, int]


@dataclass(frozen=True)
class Colours:
    """The tokens of the site that a film needs."""

    ink: str
    soft: str
    teal: str
    past: str
    rest: str
    caption: str = "#0b1216"
    on_caption: str = "#ffffff"


COLOURS = {
    Backing.LIGHT: Colours("#15212b", "#44525c", "#0e5e65", "#498b90", "#b9c6c9"),
    Backing.DUSK: Colours("#edf1ee", "#b3c0c3", "#7fd0cc", "#4a9698", "#55676f"),
}


@dataclass(frozen=True)
class Layout:
    """Where everything is, in pixels; `unit` is the 720th part of the shorter side, `type` the unit of words."""

    size: Size
    unit: float
    type: float
    bar: Box
    count: tuple[int, int]
    words: Box
    stage: Box
    clock: Box
    ahead: Box
    caption: Box
    stop: tuple[int, int]


@dataclass(frozen=True)
class Lasting:
    """What stands on the page through a whole step."""

    steps: int
    step: int
    above: str
    title: str
    cue: str
    ahead: str
    horizon: float


@dataclass(frozen=True)
class Moment:
    """What stands on the page for a while: it changes when a word of it does."""

    lasting: Lasting
    through: int  # of the step, in hundredths
    left: str
    number: str
    what: str
    breath: str
    caption: str


@dataclass(frozen=True)
class Row:
    """A line of words: where it stands, and how it is set."""

    text: str
    top: float
    bottom: float
    tint: str
    face: ImageFont.FreeTypeFont


@dataclass(frozen=True, eq=False)
class Clock:
    """The ring: the page where it is full and where it is empty, and each pixel's turn from the top, 0 to 1."""

    box: Box
    full: Rows
    empty: Rows
    turn: npt.NDArray[np.float32]


@cache
def layout(size: Size) -> Layout:
    """The places for a film of this size."""
    return _portrait(size) if size[1] > size[0] else _landscape(size)


def _landscape(size: Size) -> Layout:
    wide, tall = size
    u = min(tall / 720, wide / 1280)
    right = wide - 56 * u
    clock = (right - 236 * u, 104 * u, right, 340 * u)
    stage = (380 * u, 92 * u, right - 252 * u, tall - 116 * u)
    return Layout(
        size,
        u,
        u,
        _box((56 * u, 44 * u, right - 168 * u, 52 * u)),
        (round(right), round(30 * u)),
        _box((56 * u, 104 * u, 368 * u, tall - 180 * u)),
        _even(stage),
        _even(clock),
        _box((right - 208 * u, 376 * u, right, 506 * u)),
        _box((wide / 2 - 480 * u, tall - 108 * u, wide / 2 + 480 * u, tall - 24 * u)),
        (round(56 * u), round(tall - 152 * u)),
    )


def _portrait(size: Size) -> Layout:
    wide, tall = size
    u = min(wide / 720, tall / 1280)
    right = wide - 40 * u
    stage = (0, 392 * u, wide, 800 * u)
    return Layout(
        size,
        u,
        1.3 * u,  # held in a hand, and farther away than a page would be
        _box((40 * u, 56 * u, right - 168 * u, 64 * u)),
        (round(right), round(42 * u)),
        _box((40 * u, 108 * u, right, 388 * u)),
        _even(stage),
        _even((40 * u, 812 * u, 276 * u, 1048 * u)),
        _box((right - 260 * u, 824 * u, right, 968 * u)),
        _box((40 * u, 1056 * u, right, 1212 * u)),
        (round(40 * u), round(1222 * u)),
    )


def sheet_of(at: Lasting, size: Size, ground: Backing, still: Image.Image | None) -> Image.Image:
    """What stays through a step, for `page`; `still` is the picture of what comes next."""
    where, paint = layout(size), COLOURS[ground]
    sheet = Image.fromarray(room(ground, size, where.stage[1] + at.horizon))
    draw = ImageDraw.Draw(sheet)
    for n, box in enumerate(_bars(at, where)):
        _bar(sheet, box, paint.past if n < at.step else paint.rest)
    right, top = where.count
    count = f"{min(at.step + 1, at.steps)} of {at.steps}"
    draw.text((right, top), count, _rgb(paint.ink), _type(20 * where.type, 540), anchor="ra")
    for row in words(at, where, paint):
        draw.text((where.words[0], row.top), row.text, _rgb(row.tint), row.face)
    _ahead(sheet, at, where, ground, still)
    draw.text(where.stop, STOP, _rgb(paint.soft), _type(20 * where.type, 540))
    return sheet


def page(at: Moment, stays: Image.Image, size: Size, ground: Backing) -> tuple[Rows, Clock]:
    """(height, width, 3) of a moment with an empty ring, over what stays through its step; and the ring."""
    where, paint = layout(size), COLOURS[ground]
    sheet = stays.copy()
    draw = ImageDraw.Draw(sheet)
    if at.through:
        left, top, right, bottom = _bars(at.lasting, where)[at.lasting.step]
        _bar(sheet, (left, top, left + (right - left) * at.through / 100, bottom), paint.teal)
    right, top = where.count
    draw.text((right, top + 24 * where.type), at.left, _rgb(paint.soft), _type(18 * where.type, 420), anchor="ra")
    _digits(draw, at, where, paint)
    _caption(draw, at, where, paint)
    ring = _ring(where)
    empty, full = (_under(sheet, where.clock, ring, tint) for tint in (paint.rest, paint.teal))
    sheet.paste(empty, where.clock[:2])
    return np.array(sheet), Clock(where.clock, np.array(full), np.array(empty), _turns(ring.size))


def card(lines: Sequence[tuple[str, float, int]], size: Size, ground: Backing) -> Rows:
    """A page of words alone, each with its size in units and its weight: how a film begins and ends."""
    paint = COLOURS[ground]
    sheet = Image.fromarray(room(ground, size, size[1] * 0.62))
    draw = ImageDraw.Draw(sheet)
    for row in card_rows(lines, size, paint):
        draw.text((layout(size).bar[0], row.top), row.text, _rgb(row.tint), row.face)
    return np.array(sheet)


def card_rows(lines: Sequence[tuple[str, float, int]], size: Size, paint: Colours) -> list[Row]:
    """All lines of a card, in the largest type in which they have room, in the middle of its height."""
    where = layout(size)
    wide = min(size[0] - 2 * where.bar[0], round(920 * where.unit))
    for share in TYPE_SHARES:
        u, y, rows = where.type * share, 0.0, list[Row]()
        for text, units, weight in lines:
            face = _type(units * u, weight, flare=100 if weight >= 560 else 0)
            for line in wrapped(text, face, wide):
                rows.append(Row(line, y, y + units * u * 1.25, paint.ink, face))
                y += units * u * 1.25
            y += 14 * u
        if y <= 0.92 * size[1]:
            break
    down = (size[1] - y) / 2
    return [replace(row, top=row.top + down, bottom=row.bottom + down) for row in rows]


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The words in lines of at most `width` pixels."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _bars(at: Lasting, where: Layout) -> list[tuple[float, float, float, float]]:
    """The place of the bar of each step."""
    left, top, right, bottom = where.bar
    gap = 6 * where.unit
    wide = (right - left - gap * (at.steps - 1)) / at.steps
    starts = [left + n * (wide + gap) for n in range(at.steps)]
    return [(start, top, start + wide, bottom) for start in starts]


def _bar(sheet: Image.Image, box: tuple[float, float, float, float], code: str) -> None:
    left, top, right, bottom = box
    wide, tall = max(1, round(right - left)), max(1, round(bottom - top))
    mask = Image.new("L", (wide * FINE, tall * FINE))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, wide * FINE - 1, tall * FINE - 1), tall * FINE / 2, fill=255)
    sheet.paste(_rgb(code), (round(left), round(top)), mask.resize((wide, tall), Image.Resampling.BOX))


def words(at: Lasting, where: Layout, paint: Colours) -> list[Row]:
    """Side and arc, the name, and what to feel or to do otherwise: all of it, in the largest type that has room."""
    for share in TYPE_SHARES:
        rows = list(_set(at, where, paint, share))
        if rows[-1].bottom <= where.words[3]:
            break
    return rows


def _set(at: Lasting, where: Layout, paint: Colours, share: float) -> Iterator[Row]:
    left, top, right, _ = where.words
    u, y = where.type * share, float(top)
    for text, units, weight, tint in (
        (at.above, 24, 540, paint.ink),
        (at.title, _fitting(at.title, right - left, u), 620, paint.ink),
        (at.cue, 24, 420, paint.soft),
    ):
        face = _type(units * u, weight, flare=100 if weight > 600 else 0)
        for line in wrapped(text, face, right - left):
            yield Row(line, y, y + units * u * 1.1, tint, face)
            y += units * u * (1.12 if weight > 600 else 1.3)
        y += 10 * u if text else 0


def _fitting(title: str, width: int, unit: float) -> int:
    """The largest size in which no word of a name is wider than its column, and the name has three lines at most."""
    for units in (44, 40, 36, 32, 28):
        face = _type(units * unit, 620, flare=100)
        lines = wrapped(title, face, width)
        if len(lines) <= 3 and max(map(face.getlength, lines), default=0) <= width:
            return units
    return 24


def _digits(draw: ImageDraw.ImageDraw, at: Moment, where: Layout, paint: Colours) -> None:
    left, top, right, bottom = where.clock
    middle, u = ((left + right) / 2, (top + bottom) / 2), where.unit
    digits = _type(92 * u if len(at.number) < 3 else 72 * u, 340, flare=100)
    draw.text((middle[0], middle[1] - 22 * u), at.number, _rgb(paint.ink), digits, anchor="mm")
    draw.text((middle[0], middle[1] + 42 * u), at.what, _rgb(paint.soft), _type(21 * u, 460), anchor="mm")
    draw.text((middle[0], middle[1] + 70 * u), at.breath, _rgb(paint.ink), _type(21 * u, 620), anchor="mm")


def _ahead(sheet: Image.Image, at: Lasting, where: Layout, ground: Backing, still: Image.Image | None) -> None:
    """A small picture of the next stretch, and its name."""
    if still is None:
        return
    left, top, right, bottom = where.ahead
    draw, paint, u = ImageDraw.Draw(sheet), COLOURS[ground], where.unit
    wide, tall = right - left, bottom - top
    mask = Image.new("L", (wide * FINE, tall * FINE))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, wide * FINE - 1, tall * FINE - 1), 14 * u * FINE, fill=255)
    small = Image.fromarray(room(ground, (wide, tall), tall * 0.62))
    solid = still.getchannel("A").point([255 * (alpha > SOLID) for alpha in range(256)]).getbbox() or (
        0,
        0,
        *still.size,
    )
    scale = min(0.84 * wide / (solid[2] - solid[0]), 0.84 * tall / (solid[3] - solid[1]))
    shrunk = still.resize((round(still.width * scale), round(still.height * scale)), Image.Resampling.LANCZOS)
    corner = (wide / 2 - scale * (solid[0] + solid[2]) / 2, 0.92 * tall - scale * solid[3])
    small.paste(shrunk, (round(corner[0]), round(corner[1])), shrunk)
    sheet.paste(small, (left, top), mask.resize((wide, tall), Image.Resampling.BOX))
    draw.rounded_rectangle((left, top, right, bottom), 14 * u, outline=_rgb(paint.soft), width=max(1, round(u)))
    face, y = _type(18 * u, 540), bottom + 8 * u
    for line in wrapped(f"Next: {at.ahead}", face, wide):
        draw.text((right, y), line, _rgb(paint.ink), face, anchor="ra")
        y += 23 * u


def caption(text: str, where: Layout, paint: Colours) -> list[Row]:
    """The lines of the sentence that is being said, in the largest type that has room."""
    left, top, right, bottom = where.caption
    u = where.type
    for units in (26, 24, 22, 20, 18, 16):
        face, leading = _type(units * u, 480), units * u * 1.25
        lines = wrapped(text, face, round(right - left - 40 * u))
        first = (top + bottom - leading * len(lines)) / 2
        if first >= top + 8 * u:
            break
    starts = [first + leading * n for n in range(len(lines))]
    return [Row(line, y, y + leading, paint.on_caption, face) for line, y in zip(lines, starts, strict=True)]


def _caption(draw: ImageDraw.ImageDraw, at: Moment, where: Layout, paint: Colours) -> None:
    """The sentence stands on its own dark ground, apart from the figure."""
    rows = caption(at.caption, where, paint)
    if not rows:
        return
    u, middle = where.type, (where.caption[0] + where.caption[2]) / 2
    half = max(row.face.getlength(row.text) for row in rows) / 2 + 20 * u
    box = (middle - half, rows[0].top - 8 * u, middle + half, rows[-1].bottom + 8 * u)
    draw.rounded_rectangle(box, 6 * u, fill=_rgb(paint.caption))
    for row in rows:
        draw.text((middle, (row.top + row.bottom) / 2), row.text, _rgb(row.tint), row.face, anchor="mm")


@lru_cache(maxsize=4)
def _ring(where: Layout) -> Image.Image:
    """How much of each pixel the ring covers."""
    wide, tall = where.clock[2] - where.clock[0], where.clock[3] - where.clock[1]
    fine = Image.new("L", (wide * FINE, tall * FINE))
    thick = max(1, round(10 * where.unit * FINE))
    ImageDraw.Draw(fine).ellipse((0, 0, wide * FINE - 1, tall * FINE - 1), outline=255, width=thick)
    return fine.resize((wide, tall), Image.Resampling.BOX)


def _under(sheet: Image.Image, box: Box, ring: Image.Image, code: str) -> Image.Image:
    part = sheet.crop((box[0], box[1], box[0] + ring.width, box[1] + ring.height))
    part.paste(_rgb(code), (0, 0), ring)
    return part


@lru_cache(maxsize=4)
def _turns(size: Size) -> npt.NDArray[np.float32]:
    """For each pixel its turn from the top, clockwise, 0 to 1."""
    across = np.arange(size[0]) + 0.5 - size[0] / 2
    down = np.arange(size[1]) + 0.5 - size[1] / 2
    turn = np.arctan2(across[None, :], -down[:, None]) / (2 * pi)
    found: npt.NDArray[np.float32] = np.mod(turn, 1.0).astype(np.float32)
    return found


@lru_cache(maxsize=64)
def _type(pixels: float, weight: int, *, flare: int = 0) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(FONT, max(8, pixels))
    face.set_variation_by_axes([weight, flare])
    return face


def _rgb(code: str) -> Paint:
    red, green, blue = (round(255 * part) for part in colour(code))
    return red, green, blue


def _box(box: tuple[float, float, float, float]) -> Box:
    left, top, right, bottom = map(round, box)
    return left, top, right, bottom


def _even(box: tuple[float, float, float, float]) -> Box:
    """A box whose corners lie on even pixels, as a film's colours do."""
    left, top, right, bottom = (2 * round(side / 2) for side in box)
    return left, top, right, bottom
