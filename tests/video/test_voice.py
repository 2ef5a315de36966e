"""The voice: a program that is missing is told."""

from pathlib import Path

import pytest

from supple.video import voice


def test_a_program_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(voice.NoVoice, match="espeak-ng is not on this machine; install it"):
        voice.espeak()


def test_a_piper_voice_that_is_missing_is_named() -> None:
    with pytest.raises(voice.NoVoice, match="there is no such Piper voice"):
        voice.piper(Path("nowhere.onnx"))
