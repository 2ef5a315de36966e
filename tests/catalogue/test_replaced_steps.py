"""A step goes unsaid only where a person's changed form says it otherwise, and enough is left to follow."""

import pytest

from supple.catalogue import Stretch, Tag, load
from supple.safety import population
from supple.safety.limits import Allowance, judge
from tests.safety.people import anybody

CLOSING = "When you have finished"
REPLACING = [stretch for stretch in load().stretches.values() if stretch.replaced_steps]


def said_by_the_limits(stretch: Stretch, tag: Tag) -> bool:
    found = judge(stretch, anybody(tags=(tag,)))
    return isinstance(found, Allowance) and bool(found.changes)


every_replacing_stretch = pytest.mark.parametrize("stretch", REPLACING, ids=lambda stretch: stretch.id)


def test_some_stretches_replace_steps() -> None:
    assert REPLACING


@every_replacing_stretch
def test_steps_are_replaced_only_for_tags_that_change_the_stretch(stretch: Stretch) -> None:
    for tag in stretch.replaced_steps:
        assert tag in population.changed(stretch) or said_by_the_limits(stretch, tag)


@every_replacing_stretch
def test_every_replaced_step_is_there_and_named_once_in_order(stretch: Stretch) -> None:
    for numbers in stretch.replaced_steps.values():
        assert numbers
        assert list(numbers) == sorted(set(numbers))
        assert 1 <= numbers[0] <= numbers[-1] <= len(stretch.steps)


@every_replacing_stretch
def test_no_closing_step_is_replaced(stretch: Stretch) -> None:
    replaced = {number for numbers in stretch.replaced_steps.values() for number in numbers}

    assert not [step for number, step in enumerate(stretch.steps, start=1) if number in replaced and _closes(step)]


@every_replacing_stretch
def test_two_steps_besides_the_closing_one_remain_for_any_tag(stretch: Stretch) -> None:
    for tag in stretch.replaced_steps:
        assert len(_remaining(stretch, [tag])) >= 2, tag


@every_replacing_stretch
def test_a_step_besides_the_closing_one_remains_for_all_tags_together(stretch: Stretch) -> None:
    assert _remaining(stretch, list(stretch.replaced_steps))


def _remaining(stretch: Stretch, tags: list[Tag]) -> list[str]:
    return [step for step in stretch.steps_for(tags) if not _closes(step)]


def _closes(step: str) -> bool:
    return step.startswith(CLOSING)
