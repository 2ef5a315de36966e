"""A film decoded again: length, chapters, sentences and when they are heard, loudness, and a figure that moves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from supple.catalogue import load
from supple.figure.pages import VIEWER
from supple.planner import Plan
from supple.session import CueKind, timeline
from supple.video.film import OPENING_S, BadFilm, Film, Wanted, film
from supple.video.making import Progress, Sound, Studio, chimes, make
from supple.video.mix import loudness, true_peak
from supple.video.music import Mood, loop
from supple.video.page import layout
from supple.video.stage import FULL_CHEST, Look, drawn, pictures, read, shown
from supple.video.voice import shipped, silence
from supple.video.words import safety
from tests.people import planned, vignette

SIZE, FPS = (320, 180), 4
NEAR_S = 0.04


@dataclass(frozen=True)
class Made:
    """A film, and what it was made of."""

    film: Film
    file: Path


@pytest.mark.parametrize(("who", "mood"), [pytest.param("V01", None, marks=pytest.mark.torture), ("V03", Mood.CALM)])
def test_a_film_decoded_again_is_its_session(who: str, mood: Mood | None, tmp_path: Path) -> None:
    plan, wanted, file = planned(vignette(who, 2)), Wanted(SIZE, FPS), tmp_path / "film.mp4"
    bed = loop(mood, 1) if mood else None
    make(plan, Studio(wanted, Sound(shipped(), bed), tmp_path), file, lambda _: None)
    made = Made(film(plan, wanted), file)

    its_length_chapters_and_sentences_are_those_of_the_session(made)
    a_player_can_begin_before_all_of_it_is_there(made)
    it_is_as_loud_as_it_should_be(made)
    the_clock_of_every_cue_begins_in_its_first_picture(made)
    the_figure_moves(made)
    if mood is None:  # else music lies under the sentences
        sentences_are_heard_when_they_are_written(made)


def its_length_chapters_and_sentences_are_those_of_the_session(made: Made) -> None:
    """Raises AssertionError."""
    with av.open(made.file, "r") as found:
        lengths = [
            float((each.duration or 0) * (each.time_base or 0)) for each in (*found.streams.video, *found.streams.audio)
        ]
        chapters = [(each["start"] / 1000, each["metadata"]["title"]) for each in found.chapters()]
        told = [
            (float((packet.pts or 0) * (packet.time_base or 0)), bytes(packet)[2:].decode())
            for packet in found.demux(subtitles=0)
            if packet.size > 2
        ]

    assert lengths == pytest.approx([made.film.seconds] * 2, abs=NEAR_S)
    assert chapters == made.film.chapters()
    assert [text for _, text in told] == [each.text for each in made.film.said if not each.counts]
    assert [at for at, _ in told] == pytest.approx(
        [each.at_s for each in made.film.said if not each.counts], abs=NEAR_S
    )
    signs = list(safety(made.film.plan))
    assert [text for _, text in told[: len(signs)]] == [text for _, text in told[-len(signs) :]] == signs
    assert made.file.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT\n\n00:00:01.000 --> ")
    assert made.file.with_suffix(".jpg").read_bytes()[:2] == b"\xff\xd8"


def a_player_can_begin_before_all_of_it_is_there(made: Made) -> None:
    """Raises AssertionError."""
    content = made.file.read_bytes()

    assert content.find(b"moov") < content.find(b"mdat")


def it_is_as_loud_as_it_should_be(made: Made) -> None:
    """Raises AssertionError."""
    assert loudness(sound(made.file)) == pytest.approx(-16, abs=0.5)
    assert true_peak(sound(made.file)) < -1


def the_clock_of_every_cue_begins_in_its_first_picture(made: Made) -> None:
    """Raises AssertionError."""
    line = made.film.line
    begins = {OPENING_S * FPS + cue.at_s * FPS for cue in line.cues if cue.seconds and cue.at_s}
    full = [fullness(picture) for picture in frames(made.file)]

    for first in begins:
        assert full[first] > full[first - 1] + 0.2, f"the clock of second {first / FPS} does not begin there"


def the_figure_moves(made: Made) -> None:
    """Raises AssertionError."""
    line = made.film.line
    left, top, right, bottom = layout(SIZE).stage
    stages = [picture[top:bottom, left:right].astype(int) for picture in frames(made.file)]
    hold = next(cue for cue in line.cues if cue.kind in (CueKind.HOLD, CueKind.MOVE))
    first = (OPENING_S + hold.at_s) * FPS

    moved = np.abs(stages[first + 2 * FPS] - stages[first]).max()

    assert moved > 40


def sentences_are_heard_when_they_are_written(made: Made) -> None:
    """Raises AssertionError."""
    heard = np.concatenate([block.mean(axis=1) for block in sound(made.file)])
    loud = np.abs(heard) > 0.005  # many a sentence begins with a breath of an f or a th

    for each in made.film.said:
        start = round(each.at_s * 48_000)
        onset = start - 4800 + int(np.argmax(loud[start - 4800 : start + 48_000]))
        assert abs(onset - start) / 48_000 <= NEAR_S, each.text


def test_a_piece_is_the_same_pictures_again_and_serves_every_film() -> None:
    plan = planned(vignette("V01", 3))
    line, look = timeline(plan, load()), Look("woman", Wanted().ground, (160, 120))
    piece = next(shown(line, plan, look, 2)).pieces[0]
    few = replace(piece, states=piece.states[:3])

    kept, again = read(drawn(few)), list(pictures(few))

    assert len(kept) == len(again) == 3
    assert few.key == replace(few).key != piece.key
    assert np.abs(kept[0][:120].astype(int) - _brightness(again[0])).mean() < 2


def test_it_rings_as_the_player_does() -> None:
    made = film(planned(vignette("V01", 3)), Wanted())
    works = [cue for cue in made.line.cues if cue.kind is CueKind.HOLD or (cue.kind is CueKind.MOVE and cue.count == 1)]

    rung = list(chimes(made))

    assert [each.at_s for each in rung if each.notes == "begin"] == [OPENING_S + cue.at_s for cue in works]
    assert rung[0].notes == "step"
    assert (rung[-1].at_s, rung[-1].notes) == (OPENING_S + made.line.seconds, "done")


def test_a_chest_fills_as_much_as_on_the_page() -> None:
    script = (VIEWER / "body.js").read_text(encoding="utf-8")
    wider, deeper = map(float, re.findall(r"const BREATH = \[([\d.]+), ([\d.]+)\]", script)[0])

    assert pytest.approx((1 + wider, 1.0, 1 + deeper)) == FULL_CHEST


def test_what_is_known_is_not_made_again_and_what_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    plan, told = planned(vignette("V01", 1)), list[Progress]()
    studio = Studio(Wanted((320, 180), 1), Sound(silence(), None), tmp_path)

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(plan, studio, tmp_path / "none.mp4", stop)
    make(plan, studio, tmp_path / "once.mp4", told.append)
    before = {file: file.stat().st_ino for file in (tmp_path / "pieces").iterdir()}
    make(plan, studio, tmp_path / "again.mp4", told.append)

    assert {file: file.stat().st_ino for file in (tmp_path / "pieces").iterdir()} == before
    assert [each.share for each in told][-4:] == sorted(each.share for each in told[-4:])
    assert not list(tmp_path.glob("*none*"))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted((321, 180)), "321x180 is no size of a film"),
        (Wanted((64, 64)), "64x64 is no size"),
        (Wanted((144, 144)), "144x144 is no size"),
        (Wanted(fps=0), "0 pictures a second are not possible; give 1 to 60"),
        (Wanted(fps=1000), "1000 pictures a second"),
    ],
    ids=str,
)
def test_a_film_that_cannot_be_is_said(wanted: Wanted, said: str) -> None:
    with pytest.raises(BadFilm, match=said):
        film(planned(vignette("V01", 3)), wanted)


def test_a_plan_without_steps_is_no_film() -> None:
    with pytest.raises(BadFilm, match="nothing to film"):
        film(empty(planned(vignette("V01", 3))), Wanted())


def empty(plan: Plan) -> Plan:
    """The plan without its steps."""
    return replace(plan, steps=(), seconds=0)


def sound(file: Path) -> Iterator[npt.NDArray[np.float32]]:
    """What is heard, in blocks (n, 2)."""
    with av.open(file, "r") as found:
        for block in found.decode(audio=0):
            yield np.ascontiguousarray(block.to_ndarray().T, np.float32)


def frames(file: Path) -> Iterator[npt.NDArray[np.uint8]]:
    """Every picture, (height, width, 3)."""
    with av.open(file, "r") as found:
        for picture in found.decode(video=0):
            yield picture.to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def fullness(picture: npt.NDArray[np.uint8]) -> float:
    """How much of the ring is full: dark on the pale page."""
    left, top, right, bottom = layout((picture.shape[1], picture.shape[0])).clock
    middle, radius = ((left + right) / 2, (top + bottom) / 2), (right - left) / 2 - 1
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False) + 0.05
    across = (middle[0] + radius * np.sin(turns)).astype(int)
    down = (middle[1] - radius * np.cos(turns)).astype(int)
    return float((picture[down, across].mean(axis=1) < 150).mean())


def _brightness(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Luma of a picture, in the range of a film (ITU-R BT.601)."""
    weights = np.array([65.481, 128.553, 24.966]) / 255
    found: npt.NDArray[np.float64] = 16 + picture @ weights
    return found
