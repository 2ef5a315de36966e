"""Makes the clips of the voice: every sentence of a session, spoken by SVOX Pico, in src/supple/catalogue/voice/.

What is there already is kept, what is no longer said is thrown away. A clip is never longer than the time that
`supple.planner.wording.spoken_s` gives its sentence, since the player and the film count on it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from supple.catalogue import load
from supple.catalogue.voice_reader import CLIPS as FOLDER
from supple.planner.wording import spoken_s
from supple.session.sentences import sentences
from supple.video.words import EVERY_SIGN

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "build" / "voice" / "bin" / "python"
PICO_HZ = 16_000
RATES = range(88, 116, 3)  # percent of the engine's own pace: as calm as fits
PAUSES_S = (0.5, 0.25)  # between the parts of a sentence at the most; the shorter where it would not fit else
ROOM_S = 0.05  # until the next sentence may begin
PADDED_S = 0.01  # of quiet at each end: a sentence is heard when it is written
FADE_S = 0.01
QUIET = 0.015  # of full scale, as loud as what counts as silence
LOUD = 0.08  # root mean square of what is spoken, of full scale
PEAK = 0.85
BIT_RATE = 13_000
MADE_WITH = "7"  # higher, and every clip is made anew

# How it is spoken where the engine reads the letters wrongly: regular expressions.
SPOKEN = (
    (r"90/90|90-90", "ninety ninety"),
    (r"(\d+)\s*[-–]\s*(\d+) cm\b", r"\1 to \2 centimetres"),
    (r"(\d+)\s*[-–]\s*(\d+)", r"\1 to \2"),
    (r" ?\((\d.*?)\)([.,;:]?)", lambda found: f" {found[1]}{found[2] or ','}"),
    (r"\bcm\b", "centimetres"),
    (r"\b1 s\b", "1 second"),
    (r"(\d) s\b", r"\1 seconds"),
    (r"(\d) °|(\d)°", r"\1\2 degrees"),
    (r" ?%", " percent"),
    (r" ?→ ?", " to "),
    (r"\bTV\b", "tee vee"),
    (r"(?i)quadratus", "kwod-raytus"),
    (r"/", " or "),
    (r" ?\((.*?)\)([.,;:]?)", lambda found: f", {found[1]}{found[2] or ','}"),
)

Samples = NDArray[np.float32]


class TooLong(ValueError):
    """A sentence that cannot be spoken calmly within its time."""


def make(texts: list[str]) -> dict[str, dict[str, object]]:
    """The index of the clips of these sentences, each of them made where it was not there."""
    FOLDER.mkdir(exist_ok=True)
    index: dict[str, dict[str, object]] = {}
    late = []
    with subprocess.Popen(
        [ENGINE, ROOT / "setup" / "pico.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as engine:
        for text in texts:
            name = file_name(text)
            if (FOLDER / name).is_file():
                index[text] = {"file": name, "seconds": seconds(FOLDER / name)}
                continue
            try:
                samples = calm(engine, text)
            except TooLong as error:
                late.append(str(error))
                continue
            write(FOLDER / name, samples)
            index[text] = {"file": name, "seconds": seconds(FOLDER / name)}
        assert engine.stdin
        engine.stdin.close()
    if late:
        raise TooLong("\n".join(late))
    return index


def calm(engine: subprocess.Popen[str], text: str) -> Samples:
    """The sentence at the calmest pace that its time allows."""
    for pause_s, rate in product(PAUSES_S, RATES):
        samples = dressed(spoken(engine, text, rate), pause_s)
        if len(samples) / PICO_HZ <= spoken_s(text) - ROOM_S:
            return samples
    raise TooLong(f"{len(samples) / PICO_HZ:.2f} s instead of {spoken_s(text):.2f}: {text}")


def spoken(engine: subprocess.Popen[str], text: str, rate: int) -> Samples:
    """What the engine makes of a sentence."""
    assert engine.stdin and engine.stdout
    engine.stdin.write(json.dumps({"text": as_read(text), "rate": rate}) + "\n")
    engine.stdin.flush()
    raw = base64.b64decode(engine.stdout.readline())
    return np.frombuffer(raw, np.int16).astype(np.float32) / np.float32(32768)


def as_read(text: str) -> str:
    """A sentence as the engine has to read it.

    >>> as_read("Place one heel on a low step (10-20 cm).")
    'Place one heel on a low step 10 to 20 centimetres.'
    """
    for pattern, say in SPOKEN:
        text = re.sub(pattern, say, text)
    return text


def dressed(samples: Samples, pause_s: float) -> Samples:
    """Without the silence at both ends and most of that within, faded in and out, and as loud as all others."""
    samples = paused(samples, round(pause_s * PICO_HZ))
    heard = np.flatnonzero(np.abs(samples) > QUIET)
    pad = round(PADDED_S * PICO_HZ)
    cut = samples[max(0, heard[0] - pad) : heard[-1] + pad].copy()
    fade = round(FADE_S * PICO_HZ)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    cut[:fade] *= ramp
    cut[-fade:] *= ramp[::-1]
    voiced = cut[np.abs(cut) > QUIET]
    gain = min(LOUD / float(np.sqrt(np.mean(voiced**2))), PEAK / float(np.max(np.abs(cut))))
    return (cut * gain).astype(np.float32)


def paused(samples: Samples, longest: int) -> Samples:
    """No silence longer than so many samples."""
    quiet = np.pad(np.abs(samples) <= QUIET, 1)
    starts, ends = np.flatnonzero(quiet[1:] & ~quiet[:-1]), np.flatnonzero(quiet[:-1] & ~quiet[1:])
    kept = np.ones(len(samples), bool)
    for start, end in zip(starts, ends, strict=True):
        if end - start > longest:
            kept[start + longest // 2 : end - longest // 2] = False
    return samples[kept]


def write(path: Path, samples: Samples) -> None:
    """Mono Opus in Ogg."""
    with av.open(str(path), "w", format="ogg", options={"serial_offset": "1"}) as file:
        stream = file.add_stream("libopus", rate=PICO_HZ, options={"application": "voip", "frame_duration": "60"})
        stream.bit_rate = BIT_RATE
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = PICO_HZ
        for packet in (*stream.encode(frame), *stream.encode(None)):
            file.mux(packet)


def seconds(path: Path) -> float:
    """How long a clip lasts, the engine's warming up left out."""
    with av.open(str(path)) as file:
        return round(sum(frame.samples / frame.sample_rate for frame in file.decode(audio=0)), 3)


def file_name(text: str) -> str:
    """Changes whenever what is spoken does."""
    return hashlib.sha256(f"{MADE_WITH} {as_read(text)} {spoken_s(text)}".encode()).hexdigest()[:16] + ".opus"


def main() -> None:
    """Every clip made, every other one thrown away."""
    index = make(sorted(sentences(load()) | EVERY_SIGN))
    (FOLDER / "index.json").write_text(json.dumps(index, indent=0, ensure_ascii=False) + "\n", "utf-8")
    kept = {str(row["file"]) for row in index.values()}
    for file in FOLDER.glob("*.opus"):
        if file.name not in kept:
            file.unlink()
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(index)} sentences, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    try:
        main()
    except TooLong as error:
        sys.exit(str(error))
