"""Which of two is meant is said: the side that is on, or the other, as the figure has them."""

import pytest

from supple.anatomy import Side
from supple.catalogue import load
from supple.planner.doses import side_count
from supple.planner.wording import sided
from supple.safety.tables import table

ROWS = table("spoken")["sided"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['stretch']}: {row['words']}")
def test_the_words_are_there_and_the_stretch_has_sides(row: dict[str, str]) -> None:
    stretch = load().stretch(row["stretch"])
    ours = [other["say"] for other in table("spoken")["instead"] if other["stretch"] == stretch.id]

    assert side_count(stretch) == 2
    assert any(row["words"] in text for text in (*stretch.steps, *ours))
    assert {"{side}" in row["say"], "{other}" in row["say"]} == {True, False}


@pytest.mark.parametrize(
    ("stretch", "text", "left", "right"),
    [
        ("thread_the_needle", "slide one hand", "slide the left hand", "slide the right hand"),
        ("open_book", "Lie on one side", "Lie on the right side", "Lie on the left side"),
        (
            "childs_pose_side_reach",
            "walk both hands to one side",
            "walk both hands to the right",
            "walk both hands to the left",
        ),
        ("seated_thoracic_rotation", "to one side", "to the left", "to the right"),
        ("cat_camel", "to one side", "to one side", "to one side"),
    ],
)
def test_either_side_has_its_name(stretch: str, text: str, left: str, right: str) -> None:
    assert (sided(text, stretch, Side.LEFT), sided(text, stretch, Side.RIGHT)) == (left, right)
    assert sided(text, stretch, Side.NONE) == text
