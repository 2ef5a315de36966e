"""Music to breathe by, made here: a loop of whole breaths whose end leads into its beginning.

Every note starts on a beat, and a breath in and out is a whole number of beats, so that whoever breathes with the
guide breathes with the music. All is laid on a circle: what rings on past the end rings at the beginning.
Limits: the same seed gives the same bytes on the same machine; another processor may round the last bit otherwise.
"""

import hashlib
import io
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import av
import numpy as np

from supple import files
from supple.session.timeline import BREATH_S
from supple.video.samples import RATE_HZ, NoSound, Samples, decoded, framed

WHOLE_BREATH_S = 2 * BREATH_S
BREATHS = 12
LEVEL_DB = -24  # root of the mean square, of a loop
PEAK = 0.7

MOST_S = 600  # of one's own music: the rest is not heard
LEAST_S = 8
CROSSFADE_S = 3
SILENT = 1e-4

_COARSE = RATE_HZ // 2  # notes are drawn at half the rate: nothing above _DARK_HZ is left of them
_DARK_HZ = 5200
_RING_S = 3.2  # until the room is 60 dB quieter
_WET = 0.55
_BEFORE_S = 0.024
_CENTRE = 60  # upper voices lie within half an octave or so around this note


class Mood(StrEnum):
    """How the music feels."""

    CALM = "calm"
    BRIGHT = "bright"


class NoMusic(ValueError):
    """A file of one's own has no music that can be played."""


@dataclass(frozen=True)
class _Chord:
    """Semitones above the key: the bass, and the voices above it."""

    bass: int
    voices: tuple[int, ...]


@dataclass(frozen=True)
class _Style:
    """What makes a mood. `swell` is how much the pad breathes, `plucks` the chance of one on a beat."""

    chords_a_breath: int
    beats: int
    attack_s: float
    release_s: float
    swell: float
    plucks: float
    pluck_level: float
    pluck_attack_s: float
    pluck_decay_s: float
    phrases: tuple[tuple[_Chord, ...], ...]


_I9, _IV9 = _Chord(0, (4, 7, 11, 14)), _Chord(5, (9, 12, 16, 19))
_VI, _V_SUS = _Chord(9, (12, 14, 16, 19)), _Chord(7, (12, 14, 17, 21))
_II, _I_ADD9 = _Chord(2, (5, 7, 9, 12)), _Chord(0, (2, 4, 7))
_V, _VI7, _IV_ADD9 = _Chord(7, (2, 7, 11)), _Chord(9, (0, 4, 7)), _Chord(5, (0, 7, 9))
_I_OVER_3, _II7 = _Chord(4, (0, 7, 14)), _Chord(2, (0, 5, 9))

_STYLES = {
    Mood.CALM: _Style(
        1, 8, 2.6, 4.0, 0.32, 0.14, 0.11, 0.03, 1.6,
        ((_I9, _IV9, _VI, _IV9), (_I9, _VI, _IV9, _V_SUS), (_IV9, _I9, _II, _V_SUS)),
    ),
    Mood.BRIGHT: _Style(
        2, 12, 1.1, 2.0, 0.2, 0.62, 0.2, 0.006, 0.55,
        (
            (_I_ADD9, _V, _VI7, _IV_ADD9, _I_ADD9, _I_OVER_3, _IV_ADD9, _V),
            (_VI7, _IV_ADD9, _I_ADD9, _V, _VI7, _IV_ADD9, _I_OVER_3, _V),
            (_IV_ADD9, _I_OVER_3, _II7, _V, _IV_ADD9, _I_ADD9, _II7, _V),
        ),
    ),
}  # fmt: skip


def loop(mood: Mood, seed: int) -> Samples:
    """Music of BREATHS whole breaths, (n, 2) at 48 kHz, to be played round and round."""
    style, chance = _STYLES[mood], np.random.default_rng([seed, list(Mood).index(mood)])
    key = int(chance.integers(-4, 4))
    chords = [chord for turn in chance.permutation(len(style.phrases)) for chord in style.phrases[turn]]
    circle = np.zeros((BREATHS * WHOLE_BREATH_S * _COARSE, 2), np.float32)
    _pads(circle, style, chords, key, chance)
    circle *= _swell(style.swell)[:, None]
    _plucks(circle, style, chords, key, chance)
    return _levelled(_in_a_room(circle, chance))


def kept(mood: Mood, seed: int, folder: Path) -> Samples:
    """`loop`, made once for a folder; that of an earlier version goes. Raises FileError."""
    file = folder / f"{mood}-{seed}-{_version()}.npy"
    with suppress(OSError, ValueError):  # it is not there, or not whole
        found: Samples = np.load(file)
        return found
    made, content = loop(mood, seed), io.BytesIO()
    np.save(content, made)
    files.make_folder(folder)
    for earlier in folder.glob(f"{mood}-{seed}-*.npy"):
        files.remove(earlier)
    files.write_bytes(file, content.getvalue())
    return made


def own(path: Path) -> Samples:
    """A file of one's own as a loop of the same kind: its end is faded into its beginning; raises NoMusic."""
    try:
        sound = np.clip(np.nan_to_num(decoded(path, "stereo", most_s=MOST_S)), -4, 4)
    except NoSound as error:
        raise NoMusic(f"{path}: {error}; choose a file of music.") from error
    except FileNotFoundError as error:
        raise NoMusic(f"{path}: there is no such file; check the name.") from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise NoMusic(f"{path}: cannot be read as music; choose an MP3, Ogg, FLAC, WAV or M4A file.") from error
    if len(sound) < LEAST_S * RATE_HZ:
        raise NoMusic(f"{path}: holds less than {LEAST_S} seconds of sound; choose a longer piece.")
    if float(np.abs(sound).max()) < SILENT:
        raise NoMusic(f"{path}: there is only silence in it; choose another piece.")
    return _levelled(_closed(sound))


def opus(sound: Samples) -> bytes:
    """The sound as Opus in Ogg, for a browser."""
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=RATE_HZ, layout="stereo", bit_rate=96_000)
        for start in range(0, len(sound), RATE_HZ):
            frame = framed(sound[start : start + RATE_HZ], start)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


@cache
def _version() -> str:
    """Changes whenever the music may."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


def _pads(circle: Samples, style: _Style, chords: list[_Chord], key: int, chance: np.random.Generator) -> None:
    lasts_s = WHOLE_BREATH_S / style.chords_a_breath
    for index, chord in enumerate(chords * (BREATHS * style.chords_a_breath // len(chords))):
        shape = _arch(style.attack_s, lasts_s, style.release_s)
        at = round(index * lasts_s * _COARSE)
        _lay(circle, at, _voice(36 + (key + chord.bass) % 12, shape, 0.5, 4, chance), 0.0)
        for voice in chord.voices:
            for pan in (-0.55, 0.55):  # each side has its own, a little apart
                _lay(circle, at, _voice(_near(key + voice), shape, 0.34, 5, chance), pan)


def _plucks(circle: Samples, style: _Style, chords: list[_Chord], key: int, chance: np.random.Generator) -> None:
    beats_a_chord = style.beats // style.chords_a_breath
    beat_s = WHOLE_BREATH_S / style.beats
    last = -1
    for beat in range(BREATHS * style.beats):
        chord = chords[beat // beats_a_chord % len(chords)]
        strong = beat % beats_a_chord == 0
        if not strong and chance.random() > style.plucks:
            continue
        voices = [index for index in range(len(chord.voices)) if index != last]
        last = int(chance.choice(voices))
        note = _near(key + chord.voices[last]) + 12
        level = style.pluck_level * (1.0 if strong else float(chance.uniform(0.45, 0.8)))
        _lay(circle, round(beat * beat_s * _COARSE), _pluck(note, level, style), float(chance.uniform(-0.6, 0.6)))


def _voice(note: int, shape: Samples, level: float, partials: int, chance: np.random.Generator) -> Samples:
    """A soft tone: partials that fall off fast, slightly out of tune with its like, as strings are."""
    turns = np.arange(len(shape)) * (_hertz(note) * 2 ** (chance.uniform(-5, 5) / 1200) / _COARSE)
    drift = 0.03 * np.sin(2 * np.pi * (np.arange(len(shape)) / _COARSE * 0.21 + chance.random()))
    phase = (turns + drift) % 1
    tone = np.zeros(len(shape), np.float32)
    for partial in range(1, partials + 1):
        angle = (2 * np.pi * ((partial * phase + chance.random()) % 1)).astype(np.float32)
        tone += np.sin(angle) / np.float32(partial**2.1)
    return tone * shape * np.float32(level * 0.2)


def _pluck(note: int, level: float, style: _Style) -> Samples:
    """A bar of wood: its fourth partial dies at once."""
    passed_s = np.arange(round(5 * style.pluck_decay_s * _COARSE)) / _COARSE
    phase = 2 * np.pi * _hertz(note) * passed_s
    tone = np.sin(phase) + 0.18 * np.sin(4 * phase) * np.exp(-passed_s / (0.12 * style.pluck_decay_s))
    begins = 0.5 - 0.5 * np.cos(np.pi * np.clip(passed_s / style.pluck_attack_s, 0, 1))
    ends = np.clip((passed_s[-1] - passed_s) / 0.05, 0, 1)
    return np.asarray(level * tone * begins * ends * np.exp(-passed_s / style.pluck_decay_s), np.float32)


def _arch(attack_s: float, lasts_s: float, release_s: float) -> Samples:
    """Rises, stays, and dies away while the next one rises."""
    rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(round(attack_s * _COARSE)) / (attack_s * _COARSE))
    fall = 0.5 + 0.5 * np.cos(np.pi * np.arange(round(release_s * _COARSE)) / (release_s * _COARSE))
    return np.concatenate([rise, np.ones(round((lasts_s - attack_s) * _COARSE)), fall]).astype(np.float32)


def _swell(share: float) -> Samples:
    """Fuller as one has breathed in, softer as one has breathed out."""
    breath = np.arange(WHOLE_BREATH_S * _COARSE) / (WHOLE_BREATH_S * _COARSE)
    return np.tile(1 - share * (0.5 + 0.5 * np.cos(2 * np.pi * breath)), BREATHS).astype(np.float32)


def _lay(circle: Samples, at: int, sound: Samples, pan: float) -> None:
    """Lays a sound on the circle; what runs past the end goes on at the beginning."""
    sides = np.array([np.cos((pan + 1) * np.pi / 4), np.sin((pan + 1) * np.pi / 4)], np.float32)
    fits = min(len(sound), len(circle) - at)
    circle[at : at + fits] += sound[:fits, None] * sides
    circle[: len(sound) - fits] += sound[fits:, None] * sides


def _in_a_room(circle: Samples, chance: np.random.Generator) -> Samples:
    """With the room's answer, without what is shrill, at the full rate: all of it on the circle."""
    count = len(circle)
    ring_s = np.arange(round(1.3 * _RING_S * _COARSE)) / _COARSE
    room = chance.standard_normal((len(ring_s), 2)) * (10 ** (-3 * ring_s / _RING_S))[:, None]
    room *= np.clip(ring_s / 0.03, 0, 1)[:, None]  # it answers softly, without a hard first echo
    room /= np.sqrt((room**2).sum(axis=0))
    hertz = np.fft.rfftfreq(count, 1 / _COARSE)[:, None]
    late = np.zeros((count, 2))
    late[round(_BEFORE_S * _COARSE) :][: len(room)] = room
    answer = np.fft.rfft(late, axis=0) / (1 + (hertz / 1800) ** 2)
    kept = (hertz / 30) ** 4 / (1 + (hertz / 30) ** 4) / np.sqrt(1 + (hertz / _DARK_HZ) ** 8)
    sound = np.fft.rfft(circle, axis=0) * (1 + _WET * answer) * kept
    whole = np.zeros((count * RATE_HZ // _COARSE // 2 + 1, 2), np.complex128)
    whole[: len(sound)] = sound
    return np.fft.irfft(whole, count * RATE_HZ // _COARSE, axis=0).astype(np.float32)


def _levelled(sound: Samples) -> Samples:
    """At the level of every loop, and never clipped."""
    level = 10 ** (LEVEL_DB / 20) / float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    return sound * np.float32(min(level, PEAK / float(np.abs(sound).max())))


def _closed(sound: Samples) -> Samples:
    """Shorter by the crossfade, in which the end sinks under the beginning."""
    over = min(CROSSFADE_S * RATE_HZ, len(sound) // 3)
    share = np.arange(over, dtype=np.float32)[:, None] / over
    head = sound[:over] * np.sin(share * np.pi / 2) + sound[-over:] * np.cos(share * np.pi / 2)
    return np.concatenate([head, sound[over:-over]])


def _near(semitones: int) -> int:
    """The note of this name nearest to the centre."""
    return _CENTRE - 6 + (semitones - _CENTRE + 6) % 12


def _hertz(note: int) -> float:
    return float(440 * 2 ** ((note - 69) / 12))
