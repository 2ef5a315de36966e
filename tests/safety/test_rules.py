"""The small evaluator of conditions."""

import pytest

from supple.safety.rules import Condition, Facts, RuleError, atom, atoms, holds

FACTS: Facts = {"age": 70, "fever": "yes", "flag": frozenset({"lying_prone"})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age>=70", True),
        ("age>=71", False),
        ("age>70", False),
        ("age>69", True),
        ("age<70", False),
        ("age<71", True),
        ("age=70", True),
        ("fever=yes", True),
        ("fever!=yes", False),
        ("fever>=1", False),
        ("flag=lying_prone", True),
        ("flag=neck_end_range", False),
        ("flag!=neck_end_range", True),
        ("weight>=1", False),
        ("weight<1", False),
        ("weight!=1", False),
        ("weight=not_given", True),
        ("age=not_given", False),
        ("age!=not_given", True),
    ],
)
def test_a_comparison(text: str, expected: bool) -> None:
    assert atom(text).holds(FACTS) is expected


@pytest.mark.parametrize("text", ["age", ">=3", "age>=", ""])
def test_what_is_no_comparison_is_named(text: str) -> None:
    with pytest.raises(RuleError, match="is no comparison"):
        atom(text)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"all": []}, True),
        ({"any": []}, False),
        ({"all": ["age>=70", "fever=yes"]}, True),
        ({"all": ["age>=70"], "any": ["fever=no"]}, False),
        ({"any": ["fever=yes"], "count": {"n": 2, "of": ["age>=70", "age>=80"]}}, False),
        ({"count": {"n": 2, "of": ["age>=70", "age>=60", "age>=80"]}}, True),
        ([{"all": ["fever=no"]}, {"all": ["age>=70"]}], True),
        ([], False),
    ],
    ids=str,
)
def test_a_condition(condition: Condition, expected: bool) -> None:
    assert holds(condition, FACTS) is expected


def test_every_comparison_of_a_condition_is_listed_in_order() -> None:
    condition: Condition = [{"all": ["a=1"], "any": ["b=2"]}, {"count": {"n": 1, "of": ["c>=3"]}}]

    assert [found.key for found in atoms(condition)] == ["a", "b", "c"]


def test_a_word_that_is_no_part_of_a_condition_is_named() -> None:
    with pytest.raises(RuleError, match="needs all, any or count"):
        atoms({"none": ["a=1"]})
