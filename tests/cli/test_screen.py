"""What `supple screen` prints: the verdict as the contract shapes it, its reasons in words, a blank to fill in."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from supple.safety.questions import QuestionKind, questions
from supple.safety.screening import decisive, meaning, screen
from tests.cli.doors import answers_file, supple
from tests.safety.people import VIGNETTES, person, well

KEYS = ["verdict", "plan", "direction", "tags", "reasons", "referrals", "say", "offers_booking", "offers_video"]
ASKED = [key for key, asked in questions().items() if asked.kind is not QuestionKind.COMPUTED]


@pytest.mark.parametrize("identifier", VIGNETTES)
def test_the_verdict_has_the_shape_of_the_contract(identifier: str, tmp_path: Path) -> None:
    found = supple("screen", answers_file(tmp_path, person(identifier)), "--json")

    assert found.code == 0
    assert list(found.json) == KEYS
    assert found.json["verdict"] == VIGNETTES[identifier]["expected"]["verdict"]
    assert found.json["plan"] == VIGNETTES[identifier]["expected"]["plan"]
    assert all(list(reason) == ["rule", "reason", "source"] for reason in found.json["reasons"])
    assert all(reason["source"] for reason in found.json["reasons"])


def test_the_verdict_and_each_reason_are_said_in_words(tmp_path: Path) -> None:
    answers = person("V05")

    said = " ".join(supple("screen", answers_file(tmp_path, answers)).out.split())

    assert said.startswith("See clinician See a doctor or physiotherapist before starting")
    for reason in decisive(screen(answers)):
        assert meaning(reason.reason) in said
        assert f"{reason.rule}, {reason.source}" in said


def test_a_question_that_applies_and_is_not_answered_is_named(tmp_path: Path) -> None:
    file = answers_file(tmp_path, well(saddle_numbness=None))

    refused = supple("screen", file, "--json")

    assert refused.code == 2
    assert refused.sentence.startswith(f"{file}: saddle_numbness: this question is not answered yet")
    assert refused.out == ""


def test_an_emergency_does_not_wait_for_the_other_answers(tmp_path: Path) -> None:
    found = supple("screen", answers_file(tmp_path, {"saddle_numbness": "yes"}), "--json")

    assert found.code == 0
    assert found.json["verdict"] == "emergency"
    assert found.json["offers_booking"] is found.json["offers_video"] is False


def test_an_emergency_is_seen_among_answers_that_cannot_be_read(tmp_path: Path) -> None:
    found = supple("screen", answers_file(tmp_path, {"age": "old", "chest_pain_or_breathless": "yes"}), "--json")

    assert found.code == 0
    assert found.json["verdict"] == "emergency"


def test_the_blank_lists_every_question_once_and_answers_none() -> None:
    blank = supple("screen", "--blank")

    assert blank.code == 0
    assert yaml.safe_load(blank.out) == {"answered_on": date.today(), **dict.fromkeys(ASKED)}  # noqa: DTZ011 - as here
    assert [line for line in blank.out.splitlines() if line.endswith(":")] == [f"{key}:" for key in ASKED]
    for key in ASKED:
        assert f"# {questions()[key].ask}\n" in blank.out


def test_the_blank_as_it_is_asks_for_the_first_answer(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(supple("screen", "--blank").out, encoding="utf-8")

    assert supple("screen", file).sentence.startswith(f"{file}: {ASKED[0]}: this question is not answered yet")


def test_the_blank_filled_in_by_hand_is_screened(tmp_path: Path) -> None:
    words = {key: "[lower_back, neck]" if isinstance(value, tuple) else str(value) for key, value in well().items()}
    lines = supple("screen", "--blank").out.splitlines()
    filled = [f"{line} {words.get(line[:-1], '')}" if line.endswith(":") else line for line in lines]
    file = tmp_path / "me.yaml"
    file.write_text("\n".join(filled), encoding="utf-8")

    assert supple("screen", file, "--json").json["verdict"] == "fine"


def test_without_a_file_it_says_how_to_make_one() -> None:
    asked = supple("screen")

    assert asked.code == 2
    assert "supple screen --blank > me.yaml" in asked.sentence
