"""The mix: every sentence whole, the music low beside it, as loud as it should be and never clipped."""

import io
import resource
import tracemalloc
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest

from supple.video.mix import (
    AFTER_S,
    AHEAD_S,
    DUCKED_DB,
    LUFS,
    NOTES,
    UNDER_DB,
    Chime,
    Mono,
    Overlap,
    Said,
    loudness,
    mixed,
    true_peak,
)
from supple.video.music import Mood, loop
from supple.video.samples import RATE_HZ, Samples, framed

calm = cache(lambda: loop(Mood.CALM, 1))


def talk(seconds: float, loud: float = 0.2, seed: int = 1) -> Mono:
    """Noise in syllables, between 150 and 3000 Hz: as loud and as quiet by turns as speech is."""
    count = round(seconds * RATE_HZ)
    at_s = np.arange(count) / RATE_HZ
    parts = np.fft.rfft(np.random.default_rng(seed).standard_normal(count) * np.sin(np.pi * 3 * at_s) ** 2)
    parts[round(3000 * seconds) :] = parts[: round(150 * seconds)] = 0
    return np.asarray(loud * np.fft.irfft(parts, count), np.float32)


HUM = np.stack([0.089 * np.sin(2 * np.pi * 400 * np.arange(RATE_HZ) / RATE_HZ)] * 2, axis=1).astype(np.float32)


def nothing(at_s: float, seconds: int) -> Said:
    """A sentence that cannot be heard, so that the music alone is measured."""
    return Said(at_s, np.zeros(seconds * RATE_HZ, np.float32))


def sentences(seconds: int, every_s: int = 7) -> list[Said]:
    return [
        Said(at_s, talk(2.5, 0.1 + at_s % 3 / 10, at_s % 5), f"at {at_s}") for at_s in range(1, seconds - 3, every_s)
    ]


def as_aac(blocks: list[Samples]) -> list[Samples]:
    """What is heard of the track once it is in a film."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=RATE_HZ, layout="stereo", bit_rate=128_000)
        count = 0
        for block in blocks:
            file.mux(stream.encode(framed(block, count)))
            count += len(block)
        file.mux(stream.encode(None))
    with av.open(io.BytesIO(out.getvalue()), "r") as film:
        return [frame.to_ndarray().T.astype(np.float32) for frame in film.decode(audio=0)]


def power(blocks: list[Samples], begin_s: float, end_s: float) -> float:
    sound = np.concatenate(blocks)[round(begin_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return float(np.sqrt(np.mean(sound**2)))


@pytest.mark.parametrize("music", [True, False], ids=["music", "no music"])
@pytest.mark.parametrize("spoken", [True, False], ids=["voice", "no voice"])
@pytest.mark.parametrize("seconds", [20, pytest.param(75, marks=pytest.mark.torture)])
def test_a_film_is_as_loud_as_it_should_be_and_never_clipped(seconds: int, spoken: bool, music: bool) -> None:
    said, bed = sentences(seconds) if spoken else [], calm() if music else None
    chimes = [Chime(5, "begin"), Chime(12, "done")]

    heard = as_aac(list(mixed(said, seconds, bed, chimes)))

    assert loudness(heard) == pytest.approx(LUFS, abs=0.5)
    assert true_peak(heard) < -1


def test_it_is_as_long_as_the_session_to_the_sample() -> None:
    assert sum(len(block) for block in mixed(sentences(20), 20.5, calm())) == 20.5 * RATE_HZ


def test_silence_stays_silence() -> None:
    blocks = list(mixed([], 20, None))

    assert len(blocks) == 20
    assert not np.any(np.concatenate(blocks))


def test_the_music_makes_way_before_a_sentence_and_comes_back_after() -> None:
    blocks = list(mixed([nothing(10, 2)], 30, HUM))

    alone = power(blocks, 6, 10 - AHEAD_S)
    assert power(blocks, 10, 12) == pytest.approx(alone * 10 ** ((DUCKED_DB - UNDER_DB) / 20), rel=0.02)
    assert power(blocks, 12 + AFTER_S, 16) == pytest.approx(alone, rel=0.02)


def test_the_music_stays_low_between_sentences_that_are_near() -> None:
    near = list(mixed([nothing(10, 1), nothing(12.2, 1)], 30, HUM))
    far = list(mixed([nothing(10, 1), nothing(14.2, 1)], 30, HUM))

    assert power(near, 11, 12.2) == pytest.approx(power(near, 10, 11), rel=0.02)
    assert power(far, 12.2, 13.7) == pytest.approx(power(far, 6, 9), rel=0.02)


@pytest.mark.parametrize("at_s", [5, 5.5, 9.97])
def test_the_music_makes_way_without_a_step(at_s: float) -> None:
    blocks = np.concatenate(list(mixed([nothing(at_s, 1)], 20, HUM)))

    quiet = blocks[3 * RATE_HZ : 4 * RATE_HZ]
    assert np.abs(np.diff(blocks, axis=0)).max() < 1.05 * np.abs(np.diff(quiet, axis=0)).max()


def test_the_first_sentence_is_whole_from_its_first_sample() -> None:
    said = talk(3)

    sound = np.concatenate(list(mixed([Said(0, said)], 20, None)))[: len(said), 0]

    gain = sound[RATE_HZ] / said[RATE_HZ]
    assert np.corrcoef(sound, said)[0, 1] > 0.99
    assert np.abs(sound[:4800] - gain * said[:4800]).max() < 0.3 * np.abs(sound).max()


def test_a_sentence_and_a_chime_are_heard_when_they_are_due() -> None:
    said, chime = Said(3.25, talk(1)), Chime(8.5, "end")

    sound = np.abs(np.concatenate(list(mixed([said], 20, None, [chime])))[:, 0])

    heard = np.flatnonzero(sound > 0.01 * sound.max()) / RATE_HZ
    assert heard[0] == pytest.approx(3.25, abs=0.04)
    assert heard[heard > 5][0] == pytest.approx(8.5, abs=0.04)


@pytest.mark.parametrize("name", NOTES)
def test_every_chime_of_the_player_is_there(name: str) -> None:
    script = Path("src/supple/web/play/static/play/sounds.js").read_text()

    notes = ", ".join(f"{hertz:g}" for hertz in NOTES[name])

    assert f"{name}: [{notes}]" in script


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            [Said(1, talk(2), "Breathe in."), Said(2.5, talk(1), "Hold.")],
            "“Breathe in.” .* not over when “Hold.” .* begins",
        ),
        ([Said(18.5, talk(2), "Well done.")], "“Well done.” .* does not lie within the 20.00 s"),
        ([Said(-0.5, talk(2), "Hello.")], "“Hello.” .* does not lie within"),
    ],
    ids=["overlap", "past the end", "before the beginning"],
)
def test_what_would_be_cut_or_said_over_is_named(said: list[Said], words: str) -> None:
    with pytest.raises(Overlap, match=words):
        mixed(said, 20, None)


@pytest.mark.torture
def test_the_memory_does_not_grow_with_the_length() -> None:
    def most(seconds: int) -> int:
        said = [Said(at_s, clip) for at_s in range(1, seconds - 4, 7)]
        tracemalloc.start()
        for _ in mixed(said, seconds, bed):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    clip, bed = talk(2.5), calm()

    assert most(80) < 1.2 * most(20)


@pytest.mark.torture
def test_an_hour_is_as_loud_as_a_minute_and_takes_no_more_memory() -> None:
    clip, bed = talk(2.5), calm()
    list(mixed([Said(1, clip)], 20, bed))
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    found = loudness(mixed([Said(at_s, clip) for at_s in range(1, 3595, 7)], 3600, bed))

    assert found == pytest.approx(LUFS, abs=0.5)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before_kb + 50_000
