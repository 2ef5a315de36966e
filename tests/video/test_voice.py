"""The voice: every sentence has its clip, none lasts longer than its time, and a missing program is told."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from supple.catalogue import load
from supple.catalogue.voice_reader import CLIPS
from supple.cli.render import heard as heard_in_film
from supple.planner import PlanRefused
from supple.planner.reasons import STOP
from supple.planner.wording import spoken_s
from supple.session import timeline
from supple.session.script import COUNT
from supple.session.sentences import sentences
from supple.video import voice
from supple.video.samples import RATE_HZ
from supple.video.words import EVERY_SIGN
from tests.people import Person, people, planned, vignette

INDEX = json.loads((CLIPS / "index.json").read_text(encoding="utf-8"))
MAKE = "run `make voice`, so that every sentence has its clip"


def heard(person: Person) -> set[str]:
    """All that is said to somebody; nothing, where no plan can be."""
    try:
        return {text for cue in timeline(planned(person), load()).cues for text in cue.say}
    except PlanRefused:
        return set()


def test_every_sentence_that_may_be_said_has_its_clip() -> None:
    assert {*INDEX} == sentences(load()) | EVERY_SIGN, MAKE


@pytest.mark.parametrize("minutes", [2, 5, 12, 30])
@pytest.mark.parametrize("who", ["V01", "V03", "V07"])
def test_what_the_vignettes_hear_has_its_clip(who: str, minutes: int) -> None:
    assert heard(vignette(who, minutes)) <= {*INDEX}, MAKE


@settings(max_examples=20)
@given(people())
def test_what_anybody_hears_has_its_clip(person: Person) -> None:
    assert heard(person) <= {*INDEX}, MAKE


@pytest.mark.torture
@settings(max_examples=5_000)
@given(people())
def test_what_many_people_hear_has_its_clip(person: Person) -> None:
    assert heard(person) <= {*INDEX}, MAKE


def test_every_clip_is_there_and_none_is_left_over() -> None:
    assert {row["file"] for row in INDEX.values()} == {file.name for file in CLIPS.glob("*.opus")}


def test_all_clips_together_are_small() -> None:
    assert sum(file.stat().st_size for file in CLIPS.iterdir()) <= 8_000_000


def test_no_clip_lasts_longer_than_its_sentence_has_time() -> None:
    assert [text for text, row in INDEX.items() if row["seconds"] > spoken_s(text)] == []
    assert [text for text in COUNT if INDEX[text]["seconds"] > 1] == []


@pytest.mark.parametrize("text", ["Ease off and breathe.", "Three.", STOP])
def test_a_clip_is_as_long_as_is_told_and_can_be_heard(text: str) -> None:
    sound = voice.shipped().say(text)

    assert sound is not None
    assert len(sound) / RATE_HZ == pytest.approx(INDEX[text]["seconds"], abs=0.03)
    assert np.sqrt(np.mean(sound**2)) > 0.02
    assert np.flatnonzero(np.abs(sound) > 0.003)[0] / RATE_HZ < 0.04


def test_a_sentence_without_a_clip_is_left_to_another_voice() -> None:
    assert voice.shipped().say("Nobody says this.") is None


def test_the_voice_that_comes_with_it_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    speaks = heard_in_film("en", "none").voice

    assert speaks.say(STOP) is not None
    assert speaks.say("Nobody says this.") is None


def test_a_program_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(voice.NoVoice, match="espeak-ng is not on this machine; install it"):
        voice.espeak()


def test_a_piper_voice_that_is_missing_is_named() -> None:
    with pytest.raises(voice.NoVoice, match="there is no such Piper voice"):
        voice.piper(Path("nowhere.onnx"))
