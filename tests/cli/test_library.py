"""What `supple library` lists and shows, and what it says when it finds nothing."""

import json

import pytest
from typer.testing import CliRunner

from supple.catalogue import Stretch, UnknownStretch, load
from supple.cli.library import app, stretch_ids
from supple.safety import whom
from tests.cli.doors import supple

every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=list(load().stretches))


def said(*arguments: str) -> str:
    """What the command prints; it must end well."""
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(*options: str) -> set[str]:
    """The ids that a list holds."""
    return {entry["id"] for entry in json.loads(said("list", *options, "--json"))}


def flat(text: str) -> str:
    """The words without the line breaks of the terminal."""
    return " ".join(text.split())


def test_without_options_every_stretch_is_listed() -> None:
    assert listed() == set(load().stretches)


@pytest.mark.parametrize(
    ("option", "value", "has"),
    [
        ("--position", "prone", lambda stretch: stretch.start_position == "prone"),
        ("--setting", "bed", lambda stretch: "bed" in stretch.settings),
        ("--region", "upper_back", lambda stretch: "upper_back" in stretch.regions),
        ("--kind", "rest_position", lambda stretch: stretch.kind == "rest_position"),
        ("--muscle-group", "calves", lambda stretch: "calves" in load().group_shares(stretch)),
        ("--seed", "s28", lambda stretch: "S28" in stretch.seed_refs),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_option_keeps_what_has_it_and_nothing_else(option: str, value: str, has: object) -> None:
    assert callable(has)
    expected = {stretch.id for stretch in load().stretches.values() if has(stretch)}

    assert listed(option, value) == expected
    assert expected


def test_two_options_must_both_hold_and_one_given_twice_allows_either() -> None:
    assert listed("--position", "prone", "--setting", "bed") == listed("--position", "prone") & listed(
        "--setting", "bed"
    )
    assert listed("--position", "prone", "--position", "supine") == (
        listed("--position", "prone") | listed("--position", "supine")
    )


def test_an_id_is_never_cut_in_the_table() -> None:
    words = set(said("list").split())

    assert set(load().stretches) <= words


def test_a_narrow_list_breaks_between_whole_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    lines = [line.rstrip() for line in supple("library", "list").out.partition("\n\n")[0].splitlines()]

    assert [line for line in lines if line in load().stretches] == list(load().stretches)
    assert "  flow, lying on your back; floor, bed" in lines
    assert len(lines) < 3 * len(load().stretches)


def test_an_empty_list_says_so_in_a_sentence() -> None:
    arguments = ["list", "--position", "prone", "--setting", "chair_desk"]

    assert said(*arguments).startswith("No stretch fits all of that")
    assert json.loads(said(*arguments, "--json")) == []


@pytest.mark.parametrize(
    "arguments", [["--seed", "S76"], ["--seed", "C1"], ["--seed", "S01"], ["--position", "sitting"]], ids=" ".join
)
def test_a_word_that_does_not_exist_is_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["list", *arguments])

    assert result.exit_code == 2
    assert arguments[1] in result.stderr


@every_stretch
def test_the_whole_of_a_stretch_is_shown(stretch: Stretch) -> None:
    text = flat(said("show", stretch.id))

    assert stretch.name in text
    for sentence in (*stretch.steps, stretch.breathing, stretch.feel_it, stretch.should_not_feel, stretch.source):
        assert flat(sentence) in text


@every_stretch
def test_everybody_who_should_not_or_does_it_differently_is_named(stretch: Stretch) -> None:
    text = flat(said("show", stretch.id))

    assert text.count("Leave it out if ") == len(whom.left_out(stretch))
    assert "You told us" not in text
    for change in whom.adapted(stretch):
        assert flat(change.say) in text


@every_stretch
def test_the_record_is_whole_and_tells_for_whom_it_is_left_out(stretch: Stretch) -> None:
    record = json.loads(said("show", stretch.id, "--json"))

    assert set(record["left_out_for"]) == {found.whom.id for found in whom.left_out(stretch)}
    assert set(record["changed_for"]) == {found.whom.id for found in whom.adapted(stretch)}
    assert tuple(record["steps"]) == stretch.steps
    assert record["dose"]


def test_mistakes_come_with_their_cues() -> None:
    text = flat(said("show", "cat_camel"))

    assert "Rushing Slow it down, five counts each end" in text


@pytest.mark.parametrize(
    "stretch", [stretch for stretch in load().stretches.values() if stretch.note], ids=lambda each: each.id
)
def test_what_editors_noted_is_not_told_to_people(stretch: Stretch) -> None:
    assert flat(stretch.note) not in flat(said("show", stretch.id))


def test_an_unknown_stretch_names_its_neighbours() -> None:
    result = CliRunner().invoke(app, ["show", "cat_kamel"])

    assert isinstance(result.exception, UnknownStretch)
    assert "cat_camel" in str(result.exception)


def test_no_colour_is_sent_where_none_is_wanted() -> None:
    assert "\x1b" not in said("list") + said("show", "cat_camel")


def test_the_shell_completes_an_id() -> None:
    assert stretch_ids("cat") == [("cat_camel", "Cat-camel")]
    assert len(stretch_ids("")) == len(load().stretches)
