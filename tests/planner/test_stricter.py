"""A plan made with one History and followed beside another keeps to the stricter of both, in every part."""

from datetime import timedelta

import pytest

from supple.anatomy import MuscleGroup
from supple.planner import Background
from supple.planner.plan import stricter
from tests.people import EVENING

GROUP, OTHER = list(MuscleGroup)[:2]
OLD = Background(
    room_s={GROUP: 60, OTHER: 90},
    resting={OTHER: "It rested."},
    dropped={"sphinx": "It hurt."},
    easy={"pelvic_tilt": 50, "knee_rocks": 50},
    half=("cat_camel",),
    share_percent=50,
    last_time=("sphinx",),
    answered_after=EVENING,
)
NEW = Background(
    room_s={GROUP: 90, OTHER: 30},
    resting={GROUP: "It rests."},
    dropped={"cat_camel": "It hurt."},
    easy={"pelvic_tilt": 25, "side_lying_rest": 100},
    half=("sphinx",),
    share_percent=70,
    level=2,
    answered_after=EVENING - timedelta(days=1),
)
FREE = Background(room_s={GROUP: 120, OTHER: 120})


@pytest.mark.parametrize(("planned", "now"), [(OLD, NEW), (NEW, OLD)], ids=["old and new", "new and old"])
def test_whatever_either_takes_away_is_gone(planned: Background, now: Background) -> None:
    both = stricter(planned, now)

    assert both.room_s == {GROUP: 60, OTHER: 30}
    assert set(both.resting) == {GROUP, OTHER}
    assert set(both.dropped) == {"sphinx", "cat_camel"}
    assert both.easy == {"pelvic_tilt": 25}
    assert both.half == ("cat_camel", "sphinx")
    assert both.share_percent == 50
    assert both.answered_after == EVENING


@pytest.mark.parametrize("strict", [OLD, NEW])
def test_nothing_is_taken_back_by_a_side_that_takes_nothing(strict: Background) -> None:
    for both in (stricter(strict, FREE), stricter(FREE, strict)):
        assert both.room_s == strict.room_s
        assert (both.easy, both.half, both.share_percent) == (strict.easy, strict.half, strict.share_percent)
        assert both.dropped == strict.dropped
        assert set(both.resting) == set(strict.resting)
