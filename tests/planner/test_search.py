"""The search finds the best plan there is, and proves it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supple.planner.search import Choice, Problem, seconds, solve, worth
from tests.planner.referees import cp_sat, fits, greedy


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    groups = draw(st.integers(1, 5))
    places = draw(st.integers(1, 4))
    choices = []
    for family in range(draw(st.integers(1, 9))):
        phase = draw(st.integers(0, 2))
        place = draw(st.integers(0, places - 1))
        worked = draw(st.lists(st.integers(0, groups - 1), max_size=3, unique=True))
        restful, needs = draw(st.booleans()), phase == 1 and draw(st.booleans())
        bonus = draw(st.integers(-60, 200))
        for dose in range(draw(st.integers(1, 3))):
            units = draw(st.integers(1, 12))
            credits = tuple((group, max(1, units // (1 + n))) for n, group in enumerate(worked))
            taken_s = draw(st.integers(10, 150))
            choices.append(
                Choice(f"s{family}", family, dose, place, phase, taken_s, credits, bonus, phase == 0, needs, restful)
            )
    benefit = []
    for _ in range(groups):
        full, weight = draw(st.integers(2, 24)), draw(st.integers(0, 12))
        benefit.append(tuple(weight * (full**2 - (full - amount) ** 2) for amount in range(full + 1)))
    setup = tuple(draw(st.integers(0, 20)) for _ in range(places))
    return Problem(
        tuple(choices),
        tuple(benefit),
        setup,
        draw(st.integers(20, 500)),
        draw(st.integers(0, places)),
        draw(st.integers(0, 20)),
    )


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_search_equals_cp_sat_on_every_random_problem(problem: Problem) -> None:
    found = solve(problem)

    status, optimum = cp_sat(problem)

    assert found.optimal
    assert found.objective == (optimum if status == "OPTIMAL" else sum(table[0] for table in problem.benefit))


@settings(max_examples=300, deadline=None)
@given(problems())
def test_what_is_found_keeps_every_rule_and_is_worth_what_it_says(problem: Problem) -> None:
    found = solve(problem)

    if found.choices:
        assert fits(problem, found.choices)
        assert worth(problem, found.choices) == found.objective <= found.bound
        assert seconds(problem, found.choices) <= problem.budget_s


@settings(max_examples=200, deadline=None)
@given(problems())
def test_no_further_choice_improves_what_is_found(problem: Problem) -> None:
    found = solve(problem)

    for choice in problem.choices if found.choices else ():
        more = (*found.choices, choice)
        assert not fits(problem, more) or worth(problem, more) <= found.objective


@settings(max_examples=150, deadline=None)
@given(problems())
def test_greed_is_never_better(problem: Problem) -> None:
    chosen = greedy(problem)

    assert not chosen or worth(problem, chosen) <= solve(problem).objective


def test_nothing_fits_into_no_time() -> None:
    rest = Choice("rest", 0, 0, 0, 2, 60, (), restful=True)

    found = solve(Problem((rest,), ((0, 5),), (10,), 30, 1, 0))

    assert found.choices == ()
    assert found.objective == 0


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm already"])
def test_a_hold_at_the_end_of_range_waits_for_a_movement(warm: bool) -> None:
    rest = Choice("rest", 0, 0, 0, 2, 10, (), restful=True)
    end_range = Choice("end range", 1, 0, 0, 1, 10, ((0, 1),), needs_warmth=True)

    found = solve(Problem((rest, end_range), ((0, 5),), (0,), 60, 1, 0, warm))

    assert (end_range in found.choices) is warm
