"""Voice, music and chimes in one track: as loud as a broadcast, the music low while somebody speaks.

The loudness is measured as ITU-R BS.1770 and EBU R 128 say, by libavfilter's `ebur128`; -16 LUFS is what AES TD1008
asks of talks that are heard on the way. It is measured over the whole first, so all is computed more than once, block
by block, and the memory does not grow with the length. The limiter looks ahead, so that no tone is bent.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import av
import numpy as np
import numpy.typing as npt

from supple.video.samples import RATE_HZ, Samples, framed

Mono = Samples

LUFS = -16.0
NEAR_LU = 0.2
PEAK_DBTP = -2.0  # AAC and Opus add up to a decibel; -1 dBTP is the promise

UNDER_DB = -5  # the loop, which has -24 dB, while nobody speaks
DUCKED_DB = -15
VOICE_RMS_DB = -20
AHEAD_S = 0.5  # the music has made way by the time the sentence begins
AFTER_S = 1.2
TOGETHER_S = 1.5  # between sentences as near as this it stays low: else it would pump
FADE_S = 2.0

NOTES = {"begin": (523.25, 659.25), "end": (440.0,), "step": (392.0, 523.25, 659.25), "done": (523.25, 659.25, 783.99)}
_CHIME_LEVEL, _CHIME_S, _CHIME_APART_S = 0.05, 1.4, 0.18

_SILENT_LUFS = -60
_TRIES = 4
_HOP = RATE_HZ // 1000  # the limiter works in milliseconds
_LOOK = 25  # of them, to either side
_TAPS = 12  # of each of the three filters between two samples


class Overlap(ValueError):
    """Two sentences are said at once, or one is not over when the session is."""


@dataclass(frozen=True)
class Said:
    """A sentence and when it begins; `text` names it if something is wrong. Mono, at 48 kHz."""

    at_s: float
    samples: Mono
    text: str = ""

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self.at_s + len(self.samples) / RATE_HZ

    def __str__(self) -> str:
        return (
            f"“{self.text}” ({self.at_s:.2f}–{self.end_s:.2f} s)"
            if self.text
            else f"{self.at_s:.2f}–{self.end_s:.2f} s"
        )


@dataclass(frozen=True)
class Chime:
    """One of the NOTES of the player, and when it sounds."""

    at_s: float
    notes: str


def mixed(said: Iterable[Said], seconds: float, bed: Samples | None, chimes: Iterable[Chime] = ()) -> Iterator[Samples]:
    """The whole track in blocks of a second, (n, 2) at 48 kHz; `bed` is a loop of music. Raises Overlap at once."""
    spoken = _in_order(said, seconds)
    scene = _Scene(spoken, _ducks(spoken), tuple(chimes), round(seconds * RATE_HZ), bed, _evenness(spoken))
    return _levelled(scene)


def loudness(blocks: Iterable[Samples]) -> float:
    """Integrated, in LUFS; -70 for silence."""
    return _measured(blocks, "lavfi.r128.I", "metadata=1")


def true_peak(blocks: Iterable[Samples]) -> float:
    """In dBTP; minus infinity for silence."""
    peak = _measured(blocks, "lavfi.r128.true_peak", "metadata=1:peak=true")
    return float(20 * np.log10(peak)) if peak > 0 else -np.inf


@dataclass(frozen=True)
class _Scene:
    said: tuple[Said, ...]
    ducks: tuple[tuple[float, float], ...]  # from when to when the music is low
    chimes: tuple[Chime, ...]
    count: int
    bed: Samples | None
    voice: float  # the factor that brings the voice to VOICE_RMS_DB


def _in_order(said: Iterable[Said], seconds: float) -> tuple[Said, ...]:
    spoken = tuple(sorted(said, key=lambda each: each.at_s))
    for one, other in pairwise(spoken):
        if one.end_s > other.at_s + 0.5 / RATE_HZ:
            raise Overlap(f"{one} is not over when {other} begins; let the second wait, or make the first shorter.")
    for each in spoken:
        if each.at_s < 0 or each.end_s > seconds + 0.5 / RATE_HZ:
            raise Overlap(
                f"{each} does not lie within the {seconds:.2f} s of the session; make it shorter or say it earlier."
            )
    return spoken


def _ducks(spoken: Sequence[Said]) -> tuple[tuple[float, float], ...]:
    spans: list[tuple[float, float]] = []
    for each in spoken:
        if spans and each.at_s - spans[-1][1] < TOGETHER_S:
            spans[-1] = spans[-1][0], each.end_s
        else:
            spans.append((each.at_s, each.end_s))
    return tuple(spans)


def _evenness(spoken: Sequence[Said]) -> float:
    power = sum(float(np.sum(np.square(each.samples, dtype=np.float64))) for each in spoken)
    count = sum(len(each.samples) for each in spoken)
    return 10 ** (VOICE_RMS_DB / 20) / (power / count) ** 0.5 if power > 0 else 1.0


def _raw(scene: _Scene) -> Iterator[Samples]:
    """The track before its level is known."""
    under, low = (10 ** (level / 20) for level in (UNDER_DB, DUCKED_DB - UNDER_DB))
    for start in range(0, scene.count, RATE_HZ):
        size = min(RATE_HZ, scene.count - start)
        at_s = (start + np.arange(size)) / RATE_HZ
        block = np.zeros((size, 2), np.float32)
        if scene.bed is not None:
            level = under * low ** _ducked(scene.ducks, at_s) * _fade(at_s, scene.count / RATE_HZ)
            block += _round(scene.bed, start, size) * np.asarray(level, np.float32)[..., None]
        for said in scene.said:
            if said.at_s < at_s[-1] + 1 / RATE_HZ and said.end_s > at_s[0]:
                _add(block, said.samples * np.float32(scene.voice), round(said.at_s * RATE_HZ) - start)
        for chime in scene.chimes:
            if chime.at_s <= at_s[-1] and chime.at_s + 3 > at_s[0]:
                _add(block, _chime(NOTES[chime.notes]), round(chime.at_s * RATE_HZ) - start)
        yield block


def _round(bed: Samples, start: int, size: int) -> Samples:
    """A part of the loop, which begins anew where it ends."""
    first = start % len(bed)
    parts = [bed[first : first + size]]
    while (found := sum(map(len, parts))) < size:
        parts.append(bed[: size - found])
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _ducked(ducks: Sequence[tuple[float, float]], at_s: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How far the music has made way, from 0 to 1; one number where it is the same throughout."""
    near_by = [(begin, end) for begin, end in ducks if begin - AHEAD_S <= at_s[-1] and end + AFTER_S >= at_s[0]]
    if any(begin <= at_s[0] and at_s[-1] <= end for begin, end in near_by):
        return np.ones(1)
    share = np.zeros(len(at_s) if near_by else 1)
    for begin, end in near_by:
        near = np.minimum((at_s - begin + AHEAD_S) / AHEAD_S, (end + AFTER_S - at_s) / AFTER_S)
        share = np.maximum(share, 0.5 - 0.5 * np.cos(np.pi * np.clip(near, 0, 1)))
    return share


def _chime(notes: Sequence[float]) -> Mono:
    sound = np.zeros(round((_CHIME_S + _CHIME_APART_S * len(notes)) * RATE_HZ), np.float32)
    at_s = np.arange(round(_CHIME_S * RATE_HZ)) / RATE_HZ
    shape = np.minimum(at_s / 0.03, 1) * np.exp(-at_s * 5) * np.minimum((_CHIME_S - at_s) / 0.1, 1)
    for index, hertz in enumerate(notes):
        begin = round(index * _CHIME_APART_S * RATE_HZ)
        sound[begin : begin + len(at_s)] += (_CHIME_LEVEL * shape * np.sin(2 * np.pi * hertz * at_s)).astype(np.float32)
    return sound


def _add(block: Samples, sound: Mono, at: int) -> None:
    """Adds the part of the sound that falls into the block, in the centre."""
    begin, end = max(at, 0), min(at + len(sound), len(block))
    if begin < end:
        block[begin:end] += sound[begin - at : end - at, None]


def _fade(at_s: npt.NDArray[np.float64], seconds: float) -> Mono:
    """The music in and out at both ends, in between one number; the voice begins at once, for it may be a warning."""
    lasts_s = min(FADE_S, seconds / 8)
    if lasts_s <= at_s[0] and at_s[-1] <= seconds - lasts_s:
        return np.ones(1, np.float32)
    near = np.clip(np.minimum(at_s, seconds - at_s) / lasts_s, 0, 1)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * near), np.float32)


def _levelled(scene: _Scene) -> Iterator[Samples]:
    gain_db = LUFS - loudness(_raw(scene))
    if LUFS - gain_db < _SILENT_LUFS:
        yield from _raw(scene)
        return
    short_before_db = more_db = 0.0
    for _ in range(_TRIES):  # what the limiter takes is given back
        short_db = LUFS - loudness(_limited(_raw(scene), gain_db))
        if abs(short_db) < NEAR_LU:
            break
        brought = (short_before_db - short_db) / more_db if more_db else 1.0  # by a decibel of the last try
        more_db, short_before_db = short_db / min(max(brought, 0.3), 1.0), short_db
        gain_db += more_db
    yield from _limited(_raw(scene), gain_db)


def _limited(blocks: Iterable[Samples], gain_db: float) -> Iterator[Samples]:
    """Louder, and nowhere above PEAK_DBTP; each block waits for the next, into which the limiter looks."""
    gain, ceiling = np.float32(10 ** (gain_db / 20)), 10 ** (PEAK_DBTP / 20)
    before: Samples = np.zeros((RATE_HZ, 2), np.float32)
    now: Samples | None = None
    for after in _and_silence(blocks):
        louder = after * gain
        if now is not None:
            yield now * _share(np.concatenate([before, now, louder]), len(now), ceiling)[:, None]
            before = now
        now = louder


def _and_silence(blocks: Iterable[Samples]) -> Iterator[Samples]:
    yield from blocks
    yield np.zeros((RATE_HZ, 2), np.float32)


def _share(around: Samples, count: int, ceiling: float) -> Mono:
    """What is left of each of `count` samples after the first second, so that the peaks stay below the ceiling."""
    reach = (_LOOK * 2 + 3) * _HOP  # beyond it nothing counts
    heard = around[RATE_HZ - reach : RATE_HZ + count + reach]
    if np.abs(heard).max() < ceiling / 2:  # a peak between samples is never twice as high
        return np.ones(count, np.float32)
    frames = -(-len(heard) // _HOP)
    peaks = np.zeros(frames * _HOP)
    peaks[: len(heard)] = _peaks(heard)
    need = np.minimum(1, ceiling / np.maximum(peaks.reshape(frames, _HOP).max(axis=1), 1e-9))
    width = 2 * _LOOK + 1
    least = np.lib.stride_tricks.sliding_window_view(np.pad(need, _LOOK + 1, mode="edge"), width + 2).min(axis=1)
    bell = np.hanning(width + 2)[1:-1]
    smooth = np.convolve(np.pad(least, _LOOK, mode="edge"), bell / bell.sum(), "valid")
    middles = (np.arange(frames) + 0.5) * _HOP
    return np.interp(reach + np.arange(count), middles, smooth).astype(np.float32)


def _peaks(sound: Samples) -> npt.NDArray[np.float64]:
    """The highest that the curve through the samples reaches at each of them or just after, by fourfold sampling."""
    found = np.abs(sound).max(axis=1).astype(np.float64)
    for quarter in (0.25, 0.5, 0.75):
        far = np.arange(-_TAPS // 2 + 1, _TAPS // 2 + 1) - quarter
        taps = np.sinc(far) * np.cos(np.pi * far / (_TAPS + 1)) ** 2
        for side in (0, 1):
            between = np.convolve(sound[:, side], taps[::-1])[_TAPS // 2 : _TAPS // 2 + len(sound)]
            found = np.maximum(found, np.abs(between))
    return np.asarray(found)


def _measured(blocks: Iterable[Samples], name: str, options: str) -> float:
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="fltp", sample_rate=RATE_HZ, layout="stereo")
    meter, sink = graph.add("ebur128", options), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    told, count = {name: "-70" if name.endswith("I") else "0"}, 0
    for block in blocks:
        graph.push(framed(block, count))
        count += len(block)
        told = _last(graph.pull, told)
    graph.push(None)
    return float(_last(graph.pull, told)[name])


def _last(pull: Callable[[], object], told: dict[str, str]) -> dict[str, str]:
    """What the newest frame that is ready tells, else what was told before."""
    while True:
        try:
            told = pull().metadata or told  # type: ignore[attr-defined]  # the stubs leave it out
        except (av.BlockingIOError, av.EOFError):
            return told
