"""A session as one file: picture, voice and music, chapters, subtitles inside and beside it, and a poster.

The figure's pieces are drawn first, each known one once for all films; then each step is laid out and encoded by
itself, so that the work is shared by all cores or machines, a film that was broken off goes on where it stopped, and
memory does not grow with the session. Nothing bears the film's name before it is whole.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import chain, islice, pairwise
from math import ceil
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import av
from av import Packet
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.stream import VideoStream
from PIL import Image

from supple.catalogue import load
from supple.figure.stills import Backing
from supple.figure.view import Size
from supple.files import FileError
from supple.planner.plan import Plan
from supple.planner.wording import spoken_s
from supple.session import Timeline, timeline
from supple.session.script import Line, script
from supple.session.timeline import WELL_DONE
from supple.video.page import layout
from supple.video.reel import QUALITY, Card, Part
from supple.video.samples import RATE_HZ, Samples, framed
from supple.video.stage import Look, Piece, Shown, shown
from supple.video.words import getting_help, safety

if TYPE_CHECKING:
    from av.container.core import Chapter

OPENING_S = 18  # ours: time to read what to have ready and when to stop
LEAST_SIDE, MOST_SIDE, MOST_FPS = 180, 1920, 60
LEAST_PIXELS = 320 * 180  # with fewer nobody can read the words
LONGEST = 2.4
LANGUAGE = "eng"
POSTER_QUALITY = 88
AAC = 128_000
SUBTITLE_HZ = 1000
CODE = ("video/moments", "video/page", "video/reel", "session/cue_words", "session/pace", "session/script")
Encoded: TypeAlias = "Packet[VideoStream]"
ROOM = "make room, or choose another place."
SUBTITLE_STYLE = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class BadFilm(ValueError):
    """A film cannot be made as it is asked for."""


@dataclass(frozen=True)
class Wanted:
    """How a film is to look."""

    size: Size = (1280, 720)
    fps: int = 30
    body: str = "woman"
    ground: Backing = Backing.LIGHT


@dataclass(frozen=True)
class Film:
    """All of a film but its pixels and its sound. Its clock begins with the opening card; a step of the plan, and each
    sentence, comes `OPENING_S` later than in the session.
    """

    plan: Plan
    line: Timeline
    wanted: Wanted
    shown: tuple[Shown, ...]
    said: tuple[Line, ...]
    seconds: int

    def pieces(self) -> dict[str, Piece]:
        """The figure's pieces by their names, each once."""
        return {piece.key: piece for part in self.shown for piece in part.pieces}

    def parts(self) -> list[Part | Card]:
        """What is encoded by itself, in order: the opening, each step, the end."""
        size, fps, ground = self.wanted.size, self.wanted.fps, self.wanted.ground
        minutes = max(1, int(self.line.seconds / 60 + 0.5))
        count = len({step.stretch for step in self.plan.steps})
        title = f"{minutes} minute{'s' * (minutes != 1)}, {count} stretch{'es' * (count != 1)}"
        signs = [(text, 30, 540) for text in safety(self.plan)]
        told = [(note, 24, 420) for note in self.plan.notes if note not in safety(self.plan)]
        grave = [(text, 22, 420) for text in getting_help(self.plan)]
        first = (("Supple", 30, 600), (title, 56, 620), *signs, *told, *grave)
        opening = Card(first, OPENING_S * fps, size, ground, fps)
        last_s = self.seconds - OPENING_S - self.line.seconds
        said = [(text, 48 if text.startswith(WELL_DONE) else 30, 540) for text in self.line.cues[-1].say]
        last = (*said, *signs, *grave)
        end = Card(last, last_s * fps, size, ground, fps)
        steps = [Part(self.plan, self.line, s.step, s.first, s.pieces, s.frames, size, fps) for s in self.shown]
        return [opening, *steps, end]

    def chapters(self) -> list[tuple[int, str]]:
        """At which second each begins, and what it is called: one for each stretch, both sides in one."""
        found = [(0, "Before you begin")]
        names = [step.name for step in self.plan.steps]
        for number, name in enumerate(names):
            if number == 0 or name != names[number - 1]:
                found.append((OPENING_S + self.line.start_of(number), name))
        return [*found, (OPENING_S + self.line.seconds, "The end")]


def film(plan: Plan, wanted: Wanted) -> Film:
    """What a film of this plan has; raises BadFilm, and what the figure raises for an unknown body."""
    check(wanted)
    if not plan.steps:
        raise BadFilm("The plan has no steps, so there is nothing to film; give it more minutes or another place.")
    line = timeline(plan, load())
    left, top, right, bottom = layout(wanted.size).stage
    look = Look(wanted.body, wanted.ground, (right - left, bottom - top))
    session = script(line)
    over_s = max([float(line.seconds), *(each.at_s + each.seconds for each in session)])
    said = (
        *_one_after_the_other(safety(plan), 1.0, -1),
        *(replace(each, at_s=OPENING_S + each.at_s) for each in session),
        *_one_after_the_other(safety(plan), OPENING_S + over_s + 0.5, len(plan.steps)),
    )
    end_s = ceil(said[-1].at_s + said[-1].seconds + 1)
    return Film(plan, line, wanted, tuple(shown(line, plan, look, wanted.fps)), said, end_s)


def _one_after_the_other(sentences: Iterable[str], at_s: float, step: int) -> Iterator[Line]:
    for text in sentences:
        yield Line(at_s, spoken_s(text), text, step)
        at_s += spoken_s(text)


def part_key(part: Part | Card) -> str:
    """The name of an encoded part by content."""
    plain = replace(part, kept=()) if isinstance(part, Part) else part
    told = json.dumps([asdict(plain), QUALITY, _code()], sort_keys=True, default=str)
    return sha256(told.encode()).hexdigest()[:40]


def voiced(sound: Iterable[Samples], file: IO[bytes]) -> None:
    """Writes what is heard as AAC in MP4, for `put_together`."""
    count = 0
    with av.open(file, "w", format="mp4") as out:
        audio = out.add_stream("aac", rate=RATE_HZ, layout="stereo", bit_rate=AAC)
        for block in sound:
            out.mux(audio.encode(framed(block, count)))
            count += len(block)
        out.mux(audio.encode())
    file.seek(0)


def put_together(made: Film, parts: Iterable[bytes], sound: IO[bytes], output: Path) -> None:
    """Writes the film beside its name and gives it the name once it is whole; raises FileError."""
    half = output.with_name(f".{output.name}.half")
    try:
        with (
            av.open(str(half), "w", format="mp4", options={"movflags": "+faststart"}) as out,
            av.open(sound, "r") as heard,
        ):
            _muxed(out, made, parts, heard)
        half.replace(output)
    except OSError as error:
        raise FileError(f"{output}: the film cannot be written ({error.strerror or error}); {ROOM}") from error
    finally:
        half.unlink(missing_ok=True)


def subtitles(made: Film) -> str:
    """The sentences as WebVTT."""
    rows = ["WEBVTT", ""]
    for each in made.said:
        if not each.counts:
            rows += [f"{_clock(each.at_s)} --> {_clock(each.at_s + each.seconds)}", each.text, ""]
    return "\n".join(rows)


def poster(part: bytes) -> bytes:
    """The middle of an encoded step as JPEG."""
    with av.open(BytesIO(part), "r") as step:
        frames = step.decode(video=0)
        middle = next(islice(frames, step.streams.video[0].frames // 2, None))
    out = BytesIO()
    Image.fromarray(middle.to_ndarray(format="rgb24")).save(out, format="JPEG", quality=POSTER_QUALITY)
    return out.getvalue()


def _muxed(out: OutputContainer, made: Film, parts: Iterable[bytes], sound: InputContainer) -> None:
    """Pictures, sound and sentences side by side, so that none waits long for the others."""
    pictures = _packets(parts)
    first = next(pictures)
    video = out.add_stream_from_template(first.stream)
    audio = out.add_stream_from_template(sound.streams.audio[0])
    words = out.add_stream("mov_text")
    words.codec_context.subtitle_header = SUBTITLE_STYLE
    for stream in (audio, words):
        stream.metadata["language"] = LANGUAGE
    out.set_chapters(_chapters(made))
    heard = (packet for packet in sound.demux(audio=0) if packet.size)
    waits = next(heard, None)
    told = deque(each for each in made.said if not each.counts)
    fps = made.wanted.fps
    for n, packet in enumerate(chain([first], pictures)):
        while waits and (waits.pts or 0) <= n / fps * RATE_HZ:
            _mux(out, waits, audio)
            waits = next(heard, None)
        while told and told[0].at_s <= n / fps:
            out.mux(_written(words, told.popleft()))
        out.mux(_placed(packet, video, n, fps))
    for rest in chain([waits] if waits else [], heard):
        _mux(out, rest, audio)


def _mux(out: OutputContainer, packet: "Packet[AudioStream]", stream: AudioStream) -> None:
    packet.stream = stream
    out.mux(packet)


def _packets(parts: Iterable[bytes]) -> Iterator[Encoded]:
    """The encoded pictures of all parts in order; each part begins with a whole picture."""
    for content in parts:
        with av.open(BytesIO(content), "r") as part:
            yield from (packet for packet in part.demux(video=0) if packet.size)


def _placed(packet: Encoded, stream: VideoStream, frame: int, fps: int) -> Encoded:
    """A packet of a part at its frame of the film; without pictures that look ahead, dts and pts are one."""
    found: Encoded = Packet(bytes(packet))  # type: ignore[assignment]  # of bytes, it does not say of what
    found.stream, found.time_base = stream, Fraction(1, fps)
    found.pts = found.dts = frame
    found.duration, found.is_keyframe = 1, packet.is_keyframe
    return found


def _written(stream: SubtitleStream, each: Line) -> "Packet[SubtitleStream]":
    start, lasts = round(each.at_s * SUBTITLE_HZ), round(each.seconds * SUBTITLE_HZ)
    text = SubtitleSet.create(f"0,0,Default,,0,0,0,,{each.text}".encode(), 0, lasts, start)
    packet = stream.codec_context.encode_subtitle(text)
    packet.stream, packet.time_base = stream, Fraction(1, SUBTITLE_HZ)
    packet.pts = packet.dts = start
    packet.duration = lasts
    return packet


def _chapters(made: Film) -> "list[Chapter]":
    starts = [*made.chapters(), (made.seconds, "")]
    return [
        {"id": n, "start": at, "end": end, "time_base": Fraction(1), "metadata": {"title": title}}
        for n, ((at, title), (end, _)) in enumerate(pairwise(starts))
    ]


def _clock(second: float) -> str:
    """A moment as WebVTT has it."""
    ms = round(second * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def check(wanted: Wanted) -> None:
    """Raises BadFilm for a size or a speed that no film has."""
    wide, tall = wanted.size
    fits = all(LEAST_SIDE <= side <= MOST_SIDE and side % 2 == 0 for side in wanted.size)
    if not fits or wide * tall < LEAST_PIXELS or max(wide, tall) > LONGEST * min(wide, tall):
        raise BadFilm(
            f"size: {wide}x{tall} is no size of a film; give even numbers from {LEAST_SIDE} to {MOST_SIDE}, with room "
            f"for words: at least {LEAST_PIXELS} pixels, and one side at most {LONGEST} times the other."
        )
    if not 1 <= wanted.fps <= MOST_FPS:
        raise BadFilm(f"fps: {wanted.fps} pictures a second are not possible; give 1 to {MOST_FPS}.")


@cache
def _code() -> str:
    """Changes with how a page is laid out and encoded."""
    told = sha256()
    for name in CODE:
        told.update((Path(__file__).parent.parent / f"{name}.py").read_bytes())
    return told.hexdigest()
