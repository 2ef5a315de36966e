"""A changed form is done as it is said: its words are numbers, and what nobody was asked about is left out."""

import pytest

from supple.anatomy import Setting
from supple.catalogue import Tag, load
from supple.safety.forms import changed_form, here, is_seated
from supple.safety.limits import Allowance, Refusal, judge
from supple.safety.refusals import places
from tests.safety.people import anybody


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


def test_of_two_forms_the_stricter_wins_and_both_are_said() -> None:
    older, unsure = Tag.AGE_65_PLUS, Tag.BALANCE_PROBLEM
    side_bend = load().stretch("standing_side_bend")

    assert not is_seated(changed_form(side_bend, [older]).sentences)
    assert is_seated(changed_form(side_bend, [unsure]).sentences)
    both = changed_form(side_bend, [older, unsure]).sentences
    assert is_seated(both)
    assert both[0].startswith("Seated if unsure on the feet; you told us")


HIGH = [Tag.OSTEOPOROSIS, Tag.PREGNANCY_T2_T3, Tag.GLAUCOMA_OR_RETINA, Tag.BALANCE_PROBLEM, Tag.DISC_RELATED_LEG_PAIN]


@pytest.mark.parametrize("tag", HIGH)
def test_hands_high_need_a_wall_and_no_desk(tag: Tag) -> None:
    lean = load().stretch("desk_lean")

    assert places(lean, anybody(tags=(tag,))) == (Setting.WALL,)
    assert isinstance(judge(lean, anybody(tags=(tag,), settings=(Setting.WALL,))), Allowance)
    assert isinstance(judge(lean, anybody(tags=(tag,), settings=(Setting.CHAIR_DESK,))), Refusal)


def test_what_wants_a_wall_and_a_desk_is_done_nowhere() -> None:
    found = judge(load().stretch("desk_lean"), anybody(tags=(Tag.OSTEOPOROSIS, Tag.WRIST_PAIN)))

    assert isinstance(found, Refusal)
    assert found.reasons == ("The changes that you need cannot all be done in one place.",)


def test_at_pain_7_a_place_is_one_where_the_stretch_eases() -> None:
    assert places(load().stretch("desk_lean"), anybody(pain_now=7)) == (Setting.WALL,)


def test_five_at_most_is_five_at_most() -> None:
    found = judge(load().stretch("standing_back_extension"), anybody(tags=(Tag.PREGNANCY_T2_T3,), week=9))

    assert isinstance(found, Allowance)
    assert found.cycles_max == 5


@pytest.mark.parametrize("setting", [Setting.FLOOR, Setting.BED])
def test_who_has_chosen_the_floor_or_a_bed_is_not_told_of_a_bed(setting: Setting) -> None:
    form = changed_form(load().stretch("side_lying_pelvic_tilt"), [Tag.AGE_65_PLUS, Tag.HIP_REPLACEMENT])

    assert any("bed" in text for text in form.sentences)
    assert not any("bed" in text for text in here(form.sentences, setting))


def test_who_stands_is_not_told_how_to_get_up_from_lying() -> None:
    for stretch in load().stretches.values():
        said = " ".join(changed_form(stretch, [Tag.RECENT_SPINE_SURGERY]).sentences)
        assert "getting up by rolling" not in said or stretch.start_position not in ("standing", "seated_chair")


def test_of_two_times_that_a_hold_may_last_only_the_shorter_is_said() -> None:
    form = changed_form(load().stretch("seated_thoracic_rotation"), [Tag.PREGNANCY_T2_T3, Tag.HYPERMOBILITY])

    said = " ".join(form.sentences)
    assert "15 s at most" in said
    assert "20 s at most" not in said
