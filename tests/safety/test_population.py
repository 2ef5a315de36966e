"""For whom each stretch is left out or changed: what the rules yield is what the reviewed lists say."""

import contextlib
import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest

from supple.anatomy import Joint, Position, Region, Setting
from supple.catalogue import Also, AlsoDo, Axial, Flag, Kind, Sides, Stretch, Tag, load
from supple.safety.population import PopulationError, Rule, changed, excluded, facts, findings, rules
from supple.safety.rules import atoms

REVIEWED = json.loads((Path(__file__).parents[1] / "cases/population.json").read_text(encoding="utf-8"))

WORDS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "position": Position,
    "axial": Axial,
    "sides": Sides,
    "flag": Flag,
    "setting": Setting,
    "only_setting": Setting,
    "region": Region,
    "joint": Joint,
}

every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)
every_rule = pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.tag)


@every_stretch
def test_left_out_exactly_for_those_of_the_reviewed_list(stretch: Stretch) -> None:
    assert sorted(excluded(stretch)) == REVIEWED[stretch.id]["exclude"]


@every_stretch
def test_changed_exactly_for_those_and_in_the_words_of_the_reviewed_list(stretch: Stretch) -> None:
    assert changed(stretch) == REVIEWED[stretch.id]["change"]


def test_every_tag_has_its_rule() -> None:
    assert list(rules()) == list(Tag)


@every_rule
def test_a_rule_names_its_source_and_speaks_to_people(rule: Rule) -> None:
    assert rule.source
    assert rule.because.split()[0] in ("you", "your", "bending", "getting", "the")
    assert not rule.because.endswith(".")


@every_rule
def test_conditions_use_known_facts_and_words_only(rule: Rule) -> None:
    known = {key for stretch in load().stretches.values() for key in facts(stretch)}

    for atom in (atom for line in rule.exclude + rule.change for atom in atoms(line.when)):
        assert atom.key in known
        if atom.key in WORDS:
            assert atom.value in list(WORDS[atom.key])
        else:
            assert atom.sign in (">=", "<") and float(atom.value) > 0


@every_stretch
def test_an_exception_is_one_only_where_the_rules_are_silent(stretch: Stretch) -> None:
    by_rule_alone = {found.tag: found.do for found in findings(replace(stretch, also=()))}

    for also in stretch.also:
        assert by_rule_alone.get(also.tag) is not also.do


@every_stretch
def test_a_sentence_of_the_stretch_belongs_to_somebody_for_whom_it_is_changed(stretch: Stretch) -> None:
    assert set(stretch.changes) <= set(changed(stretch))


@every_stretch
def test_a_sentence_that_the_rule_says_is_not_written_again(stretch: Stretch) -> None:
    for tag, sentence in stretch.changes.items():
        others = {other: "." for other in Tag if other is not tag}

        with contextlib.suppress(PopulationError):
            assert changed(replace(stretch, changes=others))[tag] != sentence


def test_a_named_exclusion_beats_a_derived_change() -> None:
    levator = load().stretch("levator_scapulae")
    also = Also(Tag.VERTEBRAL_FRACTURE, AlsoDo.EXCLUDE, "pulls the head down with the hand")

    reasons = excluded(replace(levator, also=(also,)))

    assert reasons[Tag.VERTEBRAL_FRACTURE] == (
        "You told us you have or may have had a broken vertebra, and this stretch pulls the head down with the hand."
    )
    assert Tag.VERTEBRAL_FRACTURE not in changed(replace(levator, also=(also,)))


def test_a_change_without_words_is_named() -> None:
    silent = replace(load().stretch("cat_camel"), changes={})

    with pytest.raises(
        PopulationError, match=r"^cat_camel.toml: nothing says how to change it for extension_sensitive"
    ):
        findings(silent)
