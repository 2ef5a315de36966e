"""The music: it has no seam, breathes with the guide, and is the same whenever it is made again."""

import io
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest

from supple.video import music
from supple.video.music import (
    BREATHS,
    CROSSFADE_S,
    LEVEL_DB,
    PEAK,
    WHOLE_BREATH_S,
    Mood,
    NoMusic,
    kept,
    loop,
    opus,
    own,
)
from supple.video.samples import RATE_HZ, Samples

BEATS = {Mood.CALM: 8, Mood.BRIGHT: 12}
moods = pytest.mark.parametrize("mood", Mood)
made = cache(loop)


@moods
def test_a_loop_is_whole_breaths_long(mood: Mood) -> None:
    sound = made(mood, 1)

    assert sound.shape == (BREATHS * WHOLE_BREATH_S * RATE_HZ, 2)
    assert sound.dtype == np.float32
    assert 64 <= len(sound) / RATE_HZ <= 128


@moods
def test_its_end_leads_into_its_beginning(mood: Mood) -> None:
    sound = made(mood, 1)
    bent = np.abs(np.diff(np.concatenate([sound[-480:], sound[:480]]), 2, axis=0)).max()

    usual = np.abs(np.diff(sound, 2, axis=0)).max()

    assert bent <= usual  # a click bends more than any note


@pytest.mark.torture
@moods
def test_it_rings_on_over_the_seam(mood: Mood) -> None:
    sound = made(mood, 1)

    first, whole = (np.sqrt(np.mean(part**2)) for part in (sound[: RATE_HZ // 5], sound))

    assert first > whole / 6  # a piece that begins anew begins with silence


@moods
def test_it_is_soft_and_never_clipped(mood: Mood) -> None:
    sound = made(mood, 1)

    assert np.abs(sound).max() <= PEAK
    assert 20 * np.log10(np.sqrt(np.mean(sound.astype(float) ** 2))) == pytest.approx(LEVEL_DB, abs=0.1)


@moods
def test_nothing_in_it_is_shrill(mood: Mood) -> None:
    power = np.abs(np.fft.rfft(made(mood, 1).mean(axis=1))) ** 2
    hertz = np.fft.rfftfreq(len(made(mood, 1)), 1 / RATE_HZ)

    assert power[hertz > 5000].sum() < 1e-4 * power.sum()
    assert power[hertz < 25].sum() < 1e-3 * power.sum()


def test_its_notes_begin_on_the_beats_of_the_breath() -> None:
    sound = made(Mood.BRIGHT, 1).mean(axis=1)
    rises = np.maximum(np.diff(_high(sound), prepend=0), 0)  # by windows of 5 ms

    strongest = np.argsort(rises)[-60:] * 0.005
    beat_s = WHOLE_BREATH_S / BEATS[Mood.BRIGHT]
    late_s = (strongest + 0.02) % beat_s - 0.02

    assert np.all(np.abs(late_s) < 0.03)  # a beat lasts 667 ms


def test_the_same_seed_is_the_same_music() -> None:
    assert loop(Mood.BRIGHT, 1).tobytes() == made(Mood.BRIGHT, 1).tobytes()
    assert loop(Mood.BRIGHT, 7).tobytes() != made(Mood.BRIGHT, 1).tobytes()


def test_a_loop_is_made_once_for_a_folder_and_anew_where_it_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(music, "loop", made)  # it takes seconds, and is the same each time
    (tmp_path / "calm-1-of_an_earlier_version.npy").touch()
    first = kept(Mood.CALM, 1, tmp_path)
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns

    assert (kept(Mood.CALM, 1, tmp_path) == first).all()
    assert file.stat().st_mtime_ns == written

    file.write_bytes(file.read_bytes()[:1000])
    assert (kept(Mood.CALM, 1, tmp_path) == first).all()


def test_bright_has_more_motion_than_calm() -> None:
    calm, bright = (_high(made(mood, 1).mean(axis=1)) for mood in Mood)

    calm_rises, bright_rises = (np.sort(np.diff(high))[-60:].mean() / high.mean() for high in (calm, bright))

    assert bright_rises > 1.5 * calm_rises


def test_ones_own_piece_is_closed_into_a_loop(tmp_path: Path) -> None:
    file = tmp_path / "own.ogg"
    file.write_bytes(opus(made(Mood.CALM, 1)[: 20 * RATE_HZ]))

    sound = own(file)

    assert len(sound) / RATE_HZ == pytest.approx(20 - CROSSFADE_S, abs=0.1)
    assert np.abs(sound[0] - sound[-1]).max() < 0.01


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        (b"no music at all", "cannot be read as music"),
        (b"", "cannot be read as music"),
        (opus(np.zeros((20 * RATE_HZ, 2), np.float32)), "only silence"),
        (opus(np.full((3 * RATE_HZ, 2), 0.1, np.float32)), "less than 8 seconds"),
    ],
    ids=["missing", "text", "empty", "silence", "short"],
)
def test_what_is_no_music_is_named_with_the_remedy(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "own.ogg"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(NoMusic, match=f"own.ogg: .*{said}.*; "):
        own(file)


def test_a_film_without_sound_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mute.mp4"
    with av.open(file, "w") as film:
        stream = film.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 16
        film.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")))
        film.mux(stream.encode(None))

    with pytest.raises(NoMusic, match="there is no sound in it"):
        own(file)


def test_a_browser_gets_the_loop_as_opus() -> None:
    content = opus(made(Mood.CALM, 1))

    with av.open(io.BytesIO(content), "r") as file:
        heard = sum(frame.samples for frame in file.decode(audio=0))

    assert heard == len(made(Mood.CALM, 1))  # not a sample more, else it would stumble as it begins anew
    assert len(content) < 1_500_000


def _high(sound: Samples) -> Samples:
    """How loud the part above 1200 Hz is, where the plucks are and the pads are not, by windows of 5 ms."""
    parts = np.fft.rfft(sound)
    parts[: len(sound) * 1200 // RATE_HZ] = 0
    high = np.fft.irfft(parts, len(sound))
    return np.asarray(np.sqrt((high.reshape(-1, RATE_HZ // 200) ** 2).mean(axis=1)), np.float32)
