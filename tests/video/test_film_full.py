"""Films at their full size: every cue begins in its own picture and is heard in its own moment, within 40 ms."""

from pathlib import Path

import numpy as np
import pytest

from supple.video.film import OPENING_S, Wanted, film
from supple.video.making import Sound, Studio, make
from supple.video.voice import shipped
from tests.people import planned, vignette
from tests.video.test_film import NEAR_S, Made, frames, fullness, sentences_are_heard_when_they_are_written

pytestmark = pytest.mark.torture
SIZES = ((1280, 720), (720, 1280), (1920, 1080))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("who", ["V01", "V03"])
def test_every_cue_is_seen_and_heard_in_its_moment(who: str, size: tuple[int, int], tmp_path: Path) -> None:
    plan, wanted, file = planned(vignette(who, 3)), Wanted(size), tmp_path / "film.mp4"
    make(plan, Studio(wanted, Sound(shipped(), None), tmp_path), file, lambda _: None)
    made = Made(film(plan, wanted), file)
    full = np.array([fullness(picture) for picture in frames(file)])

    for cue in made.film.line.cues:
        if cue.seconds and cue.at_s:
            first = (OPENING_S + cue.at_s) * wanted.fps
            around = np.diff(full[first - 6 : first + 6])
            assert abs(int(around.argmax()) + 1 - 6) / wanted.fps <= NEAR_S, cue
    sentences_are_heard_when_they_are_written(made)
    assert file.stat().st_size / (made.film.seconds / 60) <= 8_000_000
