"""The short clip of README, cut from a film of the sample person: `python -m docs.film_clip`."""

import tempfile
from pathlib import Path

import av
from PIL import Image

from supple.anatomy import Setting
from supple.video.film import OPENING_S, Wanted
from supple.video.making import Sound, Studio, make
from supple.video.voice import silence
from tests.people import planned, vignette

CLIP = Path(__file__).parent / "pictures" / "film.webp"
SIZE, FPS = (640, 360), 10
FROM_S, LASTS_S = 14, 14
QUALITY = 60


def cut() -> None:
    """Writes the clip: into a position, and the first of its movement."""
    plan = planned(vignette("V03", 3, tuple(Setting)))
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "film.mp4"
        make(plan, Studio(Wanted(SIZE, FPS), Sound(silence(), None), Path(place)), file, lambda _: None)
        first = (OPENING_S + FROM_S) * FPS
        with av.open(file, "r") as film:
            frames = [Image.fromarray(frame.to_ndarray(format="rgb24")) for frame in film.decode(video=0)]
    shown = frames[first : first + LASTS_S * FPS]
    shown[0].save(CLIP, save_all=True, append_images=shown[1:], duration=1000 // FPS, loop=0, quality=QUALITY, method=6)


if __name__ == "__main__":
    cut()
