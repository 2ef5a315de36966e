"""Every reason is true: why a stretch is not in the plan, and what a little more time would add."""

from dataclasses import replace
from datetime import timedelta

import pytest

from supple.anatomy import Setting, Side
from supple.planner import Done, History
from tests.people import EVENING, Person, planned, vignette

FLOOR = (Setting.FLOOR,)


def worked(stretch: str, *, seconds: int, days_ago: tuple[int, ...]) -> History:
    """A stretch on both sides on each of these days."""
    return History(
        tuple(
            Done(stretch, EVENING - timedelta(days=day), side, seconds)
            for day in sorted(days_ago, reverse=True)
            for side in (Side.LEFT, Side.RIGHT)
        )
    )


def why_not(person: Person, stretch: str) -> str:
    """The reason for which a stretch is not in the plan of this person."""
    return next(left.why for left in planned(person).left_out if left.stretch == stretch)


def test_muscles_that_have_had_their_week_are_the_reason() -> None:
    past = worked("supine_hamstring_hands", seconds=119, days_ago=(6, 5, 4, 3, 2)) + worked(
        "supine_hamstring_strap", seconds=5, days_ago=(1,)
    )
    person = vignette("V07", 20, FLOOR, past=past, at=EVENING)

    assert why_not(person, "supine_hamstring_hands") == "Enough is done this week for the back of your thighs."


def test_muscles_that_have_had_their_day_are_the_reason() -> None:
    this_morning = EVENING - timedelta(hours=10)
    past = History((Done("supine_hamstring_hands", this_morning, Side.LEFT, 110),) * 2)
    past = past + History((Done("supine_hamstring_hands", this_morning - timedelta(hours=9), Side.LEFT, 0),))
    room = replace(vignette("V07", 20, FLOOR, past=past, at=EVENING))

    made = planned(room)

    assert made.background.room_s["hamstrings"] == 20  # type: ignore[index]  # a group is its word
    reasons = {left.why for left in made.left_out if "hamstring" in left.stretch}
    assert not any("Other stretches do more for you" in why for why in reasons)


def test_the_minutes_in_a_reason_are_those_of_the_session() -> None:
    made = planned(vignette("V04", 30, FLOOR))

    said = {left.why for left in made.left_out if "minutes" in left.why}
    assert made.seconds <= 600
    assert said == {"Other stretches do more for you in 10 minutes."}


@pytest.mark.parametrize(
    ("minutes", "begins"),
    [(13, "2 more minutes would"), (14, "1 more minute would"), (15, "A session stops at 15 min")],
)
def test_more_time_is_offered_up_to_the_longest_session(minutes: int, begins: str) -> None:
    made = planned(vignette("V01", minutes, tuple(Setting)))

    assert made.with_more_time[0].startswith(begins)
