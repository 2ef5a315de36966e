"""Sound as numbers: how many a second, out of files and into frames."""

from io import BytesIO
from itertools import chain
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]  # (n,) of a voice, (n, 2) of a whole track

RATE_HZ = 48_000


class NoSound(ValueError):
    """A file has none."""


def framed(sound: Samples, start: int) -> av.AudioFrame:
    """Samples (n, 2) as a frame that begins at sample `start`."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.T), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = RATE_HZ, start
    return frame


def decoded(source: Path | BytesIO, layout: str, *, most_s: int | None = None) -> Samples:
    """The sound of a file, (n, channels), and no more than `most_s` of it; raises NoSound, and what PyAV raises."""
    parts: list[Samples] = []
    most, heard, known = None if most_s is None else most_s * RATE_HZ, 0, 0
    with av.open(str(source) if isinstance(source, Path) else source, "r") as file:
        if not file.streams.audio:
            raise NoSound("there is no sound in it")
        turned = av.AudioResampler(format="fltp", layout=layout, rate=RATE_HZ)
        for frame in chain(file.decode(audio=0), [None]):
            parts += [each.to_ndarray().T.astype(np.float32) for each in turned.resample(frame)]
            heard += sum(map(len, parts[known:]))
            known = len(parts)
            if most is not None and heard >= most:
                break
    if not parts:
        raise NoSound("there is no sound in it")
    return np.concatenate(parts)[:most]
