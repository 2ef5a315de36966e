"""The search finds the best plan there is, and proves it."""

from dataclasses import replace
from itertools import permutations
from math import inf

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from supple.anatomy import Setting
from supple.planner import search
from supple.planner.bounds import Descent, first_prices, forced, relax
from supple.planner.field import field
from supple.planner.partial import Partial, openings
from supple.planner.search import Choice, Problem, seconds, solve, worth
from supple.planner.sweep import Sweep
from tests.people import problems_of, vignette
from tests.planner.referees import brute_force, cp_sat, fits, greedy


@st.composite
def problems(draw: st.DrawFn, *, families: int = 9, groups: int = 5) -> Problem:
    count = draw(st.integers(1, groups))
    places = draw(st.integers(1, 4))
    choices = []
    for family in range(draw(st.integers(1, families))):
        for member in range(draw(st.integers(1, 2))):
            phase = draw(st.integers(0, 2))
            place = draw(st.integers(0, places - 1))
            worked = draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True))
            restful, needs = draw(st.booleans()), phase > 0 and draw(st.booleans())
            warms = not needs and (phase == 0 or draw(st.booleans()))
            bonus = draw(st.integers(-60, 200))
            for dose in range(draw(st.integers(1, 3))):
                units = draw(st.integers(1, 12))
                credits = tuple((group, max(1, units // (1 + n))) for n, group in enumerate(worked))
                taken_s = draw(st.integers(10, 150))
                choices.append(
                    Choice(
                        f"s{family}-{member}",
                        family,
                        dose,
                        place,
                        phase,
                        taken_s,
                        credits,
                        bonus,
                        warms,
                        needs,
                        restful,
                    )
                )
    benefit = []
    for _ in range(count):
        full, weight = draw(st.integers(2, 24)), draw(st.integers(0, 12))
        cap = draw(st.integers(full // 2, 2 * full))
        benefit.append(tuple(weight * (full**2 - max(0, full - amount) ** 2) for amount in range(cap + 1)))
    setup = tuple(draw(st.integers(0, 90)) for _ in range(places))
    return Problem(
        tuple(choices),
        tuple(benefit),
        setup,
        draw(st.integers(20, 500)),
        draw(st.integers(0, places)),
        draw(st.integers(0, 20)),
        draw(st.integers(0, 3)) == 3,
    )


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search whose sweeps settle next to nothing and whose prices are poor, so that it has to split."""
    hurry = {"NARROW": 1, "SWEEP_LIMIT": 1, "FEW": 0, "FIRST_ROUNDS": 1, "ROUNDS": 1, "BRANCH_ROUNDS": 1}
    for name, value in hurry.items():
        monkeypatch.setattr(search, name, value)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_search_equals_cp_sat_on_every_random_problem(problem: Problem) -> None:
    found = solve(problem)

    status, optimum = cp_sat(problem)

    assert found.optimal
    assert found.objective == (optimum if status == "OPTIMAL" else sum(table[0] for table in problem.benefit))


@settings(max_examples=60, deadline=None)
@given(problems(families=4, groups=3))
def test_the_search_equals_trying_everything(problem: Problem) -> None:
    found = solve(problem)

    assert found.optimal
    assert found.objective == brute_force(problem)


@settings(max_examples=60, deadline=None)
@given(problem=problems(families=5, groups=3))
@pytest.mark.usefixtures("hurried")
def test_deciding_family_by_family_ends_at_the_same(problem: Problem) -> None:
    found = solve(problem)

    assert found.optimal
    assert found.objective == brute_force(problem)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_what_is_found_keeps_every_rule_and_is_worth_what_it_says(problem: Problem) -> None:
    found = solve(problem)

    if found.choices:
        assert fits(problem, found.choices)
        assert worth(problem, found.choices) == found.objective <= found.bound
        assert seconds(problem, found.choices) <= problem.budget_s


@settings(max_examples=80, deadline=None)
@given(problems())
def test_no_further_choice_improves_what_is_found(problem: Problem) -> None:
    found = solve(problem)

    for choice in problem.choices if found.choices else ():
        more = (*found.choices, choice)
        assert not fits(problem, more) or worth(problem, more) <= found.objective


@settings(max_examples=60, deadline=None)
@given(problems())
def test_greed_is_never_better(problem: Problem) -> None:
    chosen = greedy(problem)

    assert not chosen or worth(problem, chosen) <= solve(problem).objective


@settings(max_examples=60, deadline=None)
@given(problems(families=4, groups=3), st.integers(1, 30))
def test_any_prices_bound_the_best_plan(problem: Problem, rounds: int) -> None:
    best = brute_force(problem)
    bounds = [float(sum(table[0] for table in problem.benefit))]
    for opening in openings(field(problem)):
        prices = first_prices(opening)
        better = Descent(opening, prices, 0, 0.3).run(rounds)
        bounds.append(better.bound + 1e-6)
        assert better.bound <= relax(opening, prices).bound

    assert max(bounds) >= best


@st.composite
def halfway(draw: st.DrawFn) -> Partial:
    """A half-made plan, with up to two choices taken in any order."""
    starts = list(openings(field(draw(problems(families=5, groups=3)))))
    assume(starts)
    partial = draw(st.sampled_from(starts))
    for _ in range(draw(st.integers(0, 2))):
        steps = [partial.take(entry, option) for entry in partial.entries for option in entry.options]
        partial = draw(st.sampled_from([step for step in steps if step] or [partial]))
    return partial


def best_of(partial: Partial | None) -> float:
    """The most that a half-made plan can become, by trying everything; minus infinity where nothing valid can."""
    if partial is None:
        return -inf
    if not partial.entries:
        return partial.value if partial.valid else -inf
    family = partial.entries[0].family
    taken = [partial.take(e, option) for e in partial.entries if e.family == family for option in e.options]
    return max(best_of(further) for further in (*taken, partial.without(family)))


@settings(max_examples=100, deadline=None)
@given(halfway())
def test_a_wide_sweep_finds_the_most_that_a_half_made_plan_can_become(partial: Partial) -> None:
    nothing = partial.value if partial.valid else -(10**9)
    sweep = Sweep(partial, relax(partial, first_prices(partial)), nothing)

    assert sweep.run(10**6)
    assert sweep.objective == max(nothing, best_of(partial))


@settings(max_examples=60, deadline=None)
@given(halfway(), st.integers(0, 60))
def test_a_sweep_that_is_a_proof_has_found_the_most(partial: Partial, limit: int) -> None:
    nothing = partial.value if partial.valid else -(10**9)
    sweep = Sweep(partial, relax(partial, first_prices(partial)), nothing)

    proven = sweep.proves(limit)

    assert sweep.nodes <= limit
    assert sweep.objective <= max(nothing, best_of(partial))
    assert not proven or sweep.objective == max(nothing, best_of(partial))


@settings(max_examples=100, deadline=None)
@given(halfway(), st.integers(1, 30))
def test_no_plan_passes_the_bound_of_an_option_it_holds(partial: Partial, rounds: int) -> None:
    relaxed = Descent(partial, first_prices(partial), -(10**9), 0.3).run(rounds)

    for entry, options in forced(partial, relaxed):
        for bound, option in options:
            assert best_of(partial.take(entry, option)) <= bound + 1e-6


@settings(max_examples=50, deadline=None)
@given(problems(), st.integers(0, 5))
def test_a_search_cut_short_says_so_and_its_bound_holds(problem: Problem, nodes: int) -> None:
    whole = solve(problem)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "NODE_LIMIT", nodes)
        cut = solve(problem)

    assert cut.objective <= whole.objective <= cut.bound
    assert not cut.optimal or cut.objective == whole.objective


@settings(max_examples=50, deadline=None)
@given(problems())
def test_the_order_in_which_choices_come_changes_nothing(problem: Problem) -> None:
    turned = replace(problem, choices=problem.choices[::-1])

    assert solve(turned) == solve(problem)


def test_of_twins_the_first_by_name_is_taken() -> None:
    rests = [Choice(name, 0, 0, 0, 2, 60, (), worth=1, restful=True) for name in ("a", "b", "c")]

    found = {solve(Problem(order, ((0, 5),), (10,), 90, 1, 0)).choices[0].stretch for order in permutations(rests)}

    assert found == {"a"}


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


def test_a_movement_warms_only_what_has_a_later_phase() -> None:
    rest = Choice("rest", 0, 0, 0, 2, 10, (), restful=True)
    move = Choice("move", 1, 0, 0, 1, 10, (), worth=1, warms=True)
    end_range = Choice("end range", 2, 0, 0, 1, 10, ((0, 1),), needs_warmth=True)

    found = solve(Problem((rest, move, end_range), ((0, 5),), (0,), 60, 1, 0))

    assert set(found.choices) == {rest, move}


def test_a_movement_after_it_does_not_warm_a_hold_that_is_taken() -> None:
    rest = Choice("rest", 0, 0, 1, 2, 10, (), worth=1, restful=True)
    early = Choice("early", 1, 0, 0, 0, 10, ((0, 1),), worth=-50, warms=True)
    hold = Choice("hold", 2, 0, 0, 1, 10, (), worth=100, needs_warmth=True)
    late = Choice("late", 3, 0, 1, 0, 10, (), worth=10, warms=True)
    (start,) = openings(field(Problem((rest, early, hold, late), ((0, 5),), (0, 0), 60, 2, 0)))
    entry = next(entry for entry in start.entries if entry.family == hold.family)
    partial = start.take(entry, entry.options[0])

    assert partial is not None
    sweep = Sweep(partial, relax(partial, first_prices(partial)), 0)

    assert sweep.run(100)
    assert set(sweep.found) == {rest, early, hold, late}


@pytest.mark.parametrize("minutes", [3, 12])
@pytest.mark.parametrize("name", ["V01", "V03", "V04", "V06", "V07", "V08", "V10"])
def test_the_search_equals_cp_sat_on_the_vignettes(name: str, minutes: int) -> None:
    for problem in problems_of(vignette(name, minutes, tuple(Setting))):
        found = solve(problem)

        assert found.optimal
        assert ("OPTIMAL", found.objective) == cp_sat(problem)
