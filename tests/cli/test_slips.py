"""No slip in a file of answers hides an emergency: it is said first, then the slip; and no slip makes one."""

import re
from pathlib import Path

import pytest

from supple.cli.answers import read_answered
from supple.files import FileError
from supple.safety.questions import AnswersError
from supple.safety.screening import screen
from supple.safety.verdicts import Verdict
from tests.cli.doors import supple
from tests.cli.test_plan import SAMPLE

KEY = "chest_pain_or_breathless"
MEANT_AS_YES = ["yes", "YES", "true", "y", "yeah", "definitely yes", "I think so", "yse", "es", "1", "x"]
NO = ["no", "No", "no, yes it was years ago", "yesterday no", "not yes", "none", "", "false", "I don't think so"]
WELL = SAMPLE.read_text(encoding="utf-8")
SLIPS: dict[str, str | bytes] = {  # each with a {yes} for the answer
    "a space before": "age: 30\n {key}: {yes}",
    "a tab before": "age: 30\n\t{key}: {yes}",
    "a space that is none": "\xa0{key}: {yes}",
    "a list": "- age: 30\n- {key}: {yes}",
    "no space after the colon": "{key}:{yes}",
    "no colon but =": "{key} = {yes}",
    "a capital": "{Key}: {yes}",
    "all capitals": "{KEY}: {yes}",
    "hyphens": "{key-}: {yes}",
    "spaces in the key": "{key_}: {yes}",
    "a letter too few": "{key_short}: {yes}",
    "quotes": '"{key}": "{yes}"\nage: [',
    "the second in braces": "{{age: 30, {key}: {yes}",
    "a line below": "{key}:\n  {yes}\nage: [",
    "a mark after": "{key}: {yes}!",
    "more words": "{key}: {yes}, since monday",
    "a full stop": "{key}: {yes}.",
    "in braces": "{key}: {{{yes}}}",
    "in a list": "{key}: [{yes}]",
    "a comment after": "{key}: {yes}  # since this morning\nage: [",
    "old line ends": "age: [\r{key}: {yes}\r",
    "Latin letters": "note: caf\xe9\n{key}: {yes}".encode("latin-1"),
    "a slip elsewhere": "{key}: {yes}\nage: [",
    "a slip in another answer": "{key}: {yes}\nage: old",
    "no such question beside it": "{key}: {yes}\nflavour: sweet",
    "two colons elsewhere": "{key}: {yes}\na: b: c",
    "no colon": "{key} {yes}\nage: [",
    "an arrow": "{key} -> {yes}",
    "a semicolon": "{key}; {yes}",
    "a tilde": "~{key}: {yes}",
    "a bang": "!{key}: {yes}",
    "a shorter key": "chest_pain: {yes}",
    "a list below": "{key}:\n- {yes}\nage: [",
    "columns": "age,30\n{key},{yes}\nleg_pain,none",
    "semicolons": "age: 30; {key}: {yes}; leg_pain: none",
    "far too long": "{key}: {yes}\n" + "# x" * 100_000,
    "a day that is none": "{key}: {yes}\nanswered_on: soon",
}


def written(folder: Path, slip: str | bytes, answer: str, *, code: str = "utf-8") -> Path:
    """A file with this slip and this answer to the question of chest pain."""
    if isinstance(slip, bytes):
        slip, code = slip.decode("latin-1"), "latin-1"
    keys = {
        "{key}": KEY,
        "{Key}": KEY.capitalize(),
        "{KEY}": KEY.upper(),
        "{key-}": KEY.replace("_", "-"),
        "{key_}": KEY.replace("_", " "),
        "{key_short}": KEY[:-1],
        "{yes}": answer,
        "{{": "{",
        "}}": "}",
    }
    for mark, word in keys.items():
        slip = slip.replace(mark, word)
    file = folder / "me.yaml"
    file.write_bytes(slip.encode(code))
    return file


def verdict(file: Path) -> tuple[Verdict | None, str]:
    """What is found in a file, and the slip that is told of."""
    try:
        found = read_answered(file)
        return screen(found.answers).verdict, found.slip
    except (FileError, AnswersError) as error:
        return None, str(error)


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("answer", MEANT_AS_YES)
def test_an_emergency_is_seen_through_every_slip_and_the_slip_is_told_too(
    slip: str, answer: str, tmp_path: Path
) -> None:
    file = written(tmp_path, SLIPS[slip], answer)

    found, told = verdict(file)

    assert found is Verdict.EMERGENCY
    assert told.startswith(f"{file}: ")


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("answer", NO)
def test_no_slip_makes_an_emergency_of_a_no(slip: str, answer: str, tmp_path: Path) -> None:
    found, told = verdict(written(tmp_path, SLIPS[slip], answer))

    assert found is None
    assert told


@pytest.mark.parametrize(
    "line",
    [
        f"# {KEY}: yes",
        f"#   one of: yes, no, unsure, {KEY}: yes",
        f"note: nothing # , {KEY}: yes",
        "chest_cold: yes",
        "yes: yes",
        f"{KEY}: no\nleg_pain: yes",
    ],
)
def test_what_is_no_answer_to_it_does_not_alarm(line: str, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(f"{line}\nage: [", encoding="utf-8")

    assert verdict(file)[0] is None


@pytest.mark.parametrize("word", ["unsure", "Not sure", "unsure, a little"])
def test_unsure_counts_where_it_is_as_urgent(word: str, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    for keys, urgent in ((("saddle_numbness",), False), (("saddle_numbness", "bladder_change"), True)):
        file.write_text("".join(f"- {key}:{word}\n" for key in keys), encoding="utf-8")
        assert (verdict(file)[0] is Verdict.EMERGENCY) is urgent, keys


def test_what_is_for_today_is_said_too(tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text(re.sub(f"{KEY}: .*", f"{KEY}: not sure", WELL), encoding="utf-8")

    found, told = verdict(tmp_path / "me.yaml")

    assert found is Verdict.SAME_DAY
    assert KEY in told


def test_a_whole_file_has_no_slip(tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text(WELL, encoding="utf-8")

    assert read_answered(tmp_path / "me.yaml").slip == ""


@pytest.mark.parametrize(("command", "code"), [("screen", 0), ("plan", 3), ("programme", 3)])
def test_every_command_says_the_emergency_first(command: str, code: int, tmp_path: Path) -> None:
    file = written(tmp_path, SLIPS["a capital"], "yes, since monday")

    said = supple(command, file)

    assert said.code == code
    assert "emergency" in (said.out or said.err).lower()
    assert ("there is no such question" in said.err) is (command == "screen")
