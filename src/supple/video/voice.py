"""Voices: a sentence in, its sound out. The one that comes with Supple, two programs that one may bring, and silence.

The clips that come with Supple are English and hold every sentence of a session; whatever else is said needs a program.
Nobody has yet judged by ear how well a clip is understood.
"""

import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from supple.catalogue.voice_reader import clip, clips
from supple.video.samples import Samples, decoded


class NoVoice(LookupError):
    """A program that is to speak is not on this machine, or does not speak."""


class Voice(Protocol):
    """Says a sentence: its samples at RATE_HZ, or None where it has none for it."""

    def say(self, text: str) -> Samples | None:
        """The sound of a sentence."""


@dataclass(frozen=True)
class Shipped:
    """The clips that come with Supple."""

    def say(self, text: str) -> Samples | None:
        """The clip of a sentence, None where there is none."""
        name = clips().get(text)
        return _mono(clip(name)) if name else None


@dataclass(frozen=True)
class Program:
    """A program that reads a sentence from its input and writes a WAV file to its output."""

    command: tuple[str, ...]

    def say(self, text: str) -> Samples | None:
        """What the program makes of a sentence; raises NoVoice where it fails."""
        told = subprocess.run(self.command, input=text.encode(), capture_output=True, check=False)
        if told.returncode or not told.stdout:
            raise NoVoice(
                f"{Path(self.command[0]).name} does not speak: {told.stderr.decode(errors='replace').strip()}"
            )
        return _mono(told.stdout)


@dataclass(frozen=True)
class Silence:
    """Says nothing."""

    def say(self, text: str) -> Samples | None:
        """Nothing."""
        return None


@dataclass(frozen=True)
class Chain:
    """The first of these voices that has a sentence says it."""

    voices: tuple[Voice, ...]

    def say(self, text: str) -> Samples | None:
        """The sound of the first voice that has one."""
        return next((sound for voice in self.voices if (sound := voice.say(text)) is not None), None)


def shipped() -> Voice:
    """The voice that comes with Supple."""
    return Shipped()


def silence() -> Voice:
    """No voice."""
    return Silence()


def espeak(language: str = "en-gb") -> Voice:
    """espeak-ng, where it is installed; raises NoVoice where it is not."""
    return Program((_found("espeak-ng"), "--stdin", "--stdout", "-v", language, "-s", "140"))


def piper(model: Path) -> Voice:
    """Piper with a voice of the user's; raises NoVoice where either is missing."""
    if not model.is_file():
        raise NoVoice(f"{model}: there is no such Piper voice; give the path of its .onnx file.")
    return Program((_found("piper"), "--model", str(model), "--output_file", "-"))


def chain(*voices: Voice) -> Voice:
    """These voices; what none of them has, espeak-ng says where it is installed."""
    return Chain((*voices, espeak()) if shutil.which("espeak-ng") else voices)


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise NoVoice(f"{program} is not on this machine; install it, or choose the voice that comes with Supple.")
    return path


def _mono(sound: bytes) -> Samples:
    return decoded(io.BytesIO(sound), "mono")[:, 0]
