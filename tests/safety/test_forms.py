"""A changed form is done as it is said: its words are numbers, and what nobody was asked about is left out."""

import pytest

from supple.catalogue import Tag, load
from supple.safety.forms import changed_form


@pytest.mark.parametrize(
    ("stretch", "tag", "most"),
    [
        ("seated_thoracic_rotation", Tag.DISC_RELATED_LEG_PAIN, 25),
        ("knee_rocks", Tag.OSTEOPOROSIS, 25),
        ("rock_back_childs_pose", Tag.OSTEOPOROSIS, 25),
        ("open_book", Tag.PREGNANCY_T2_T3, 50),
        ("chair_thoracic_extension", Tag.HYPERMOBILITY, 66),
    ],
)
def test_the_arc_never_says_more_than_the_words(stretch: str, tag: Tag, most: int) -> None:
    assert changed_form(load().stretch(stretch), [tag]).arc_percent_max == most


def test_the_strictest_word_of_all_changes_wins() -> None:
    form = changed_form(load().stretch("open_book"), [Tag.PREGNANCY_T2_T3, Tag.HYPERMOBILITY])

    assert form.arc_percent_max == 50


def test_no_pause_is_no_pause() -> None:
    assert changed_form(load().stretch("cat_camel"), [Tag.HYPERMOBILITY]).without_pause


@pytest.mark.parametrize("stretch", ["seated_figure_four", "supine_figure_four"])
def test_who_has_a_new_hip_is_not_sent_to_stretch_both_legs_of_a_figure_four(stretch: str) -> None:
    assert changed_form(load().stretch(stretch), [Tag.HIP_REPLACEMENT]).cannot_be is not None


def test_lying_on_the_good_side_is_no_reason_against_a_rest_without_sides() -> None:
    assert changed_form(load().stretch("side_lying_rest"), [Tag.RECENT_SHOULDER_SURGERY]).cannot_be is None


def test_a_change_that_names_another_stretch_is_seen_and_said_in_words() -> None:
    form = changed_form(load().stretch("cat_camel"), [Tag.KNEE_PAIN_OR_REPLACEMENT])

    assert form.names_another
    assert form.sentences == ("Double padding, or seated cat-cow (desk).",)
