"""The search is exact for those who have come far: longer holds, more doses, sessions of up to half an hour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supple.anatomy import Setting
from supple.planner import search
from supple.planner.search import solve
from tests.people import EVENING, Person, people, problems_of, regular, vignette
from tests.planner.referees import cp_sat, fits
from tests.planner.test_search import problems

NAMES = ("V01", "V03", "V04", "V06", "V07", "V08", "V10")
long_sessions = people(st.integers(15, 30))


def later(name: str, weeks: int, minutes: int) -> Person:
    """Somebody of the vignettes after so many regular weeks, where there is every place."""
    return vignette(name, minutes, tuple(Setting), past=regular(name, weeks), at=EVENING)


def unlike_cp_sat(asked: list[search.Problem]) -> list[tuple[search.Solution, tuple[str, int]]]:
    """The solutions that are not proven, break a rule, or are worth something else than CP-SAT's."""
    rows = [(problem, solve(problem), cp_sat(problem)) for problem in asked]
    return [
        (found, (status, value))
        for problem, found, (status, value) in rows
        if not found.optimal or found.objective != value or (found.choices and not fits(problem, found.choices))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_search_equals_cp_sat_in_week_10(name: str) -> None:
    assert unlike_cp_sat(problems_of(later(name, 9, 8))) == []


def test_the_search_equals_cp_sat_in_a_long_session() -> None:
    assert unlike_cp_sat(problems_of(later("V03", 9, 20))) == []


def test_a_long_session_cut_short_has_a_bound_that_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "NODE_LIMIT", 1)

    for problem in problems_of(later("V07", 9, 30)):
        found, (_, best) = solve(problem), cp_sat(problem)

        assert not found.optimal
        assert found.objective <= best <= found.bound


@settings(max_examples=5, deadline=None)
@given(long_sessions)
def test_the_search_equals_cp_sat_for_anybody_with_time(person: Person) -> None:
    assert unlike_cp_sat(problems_of(person)) == []


@pytest.mark.torture
@pytest.mark.parametrize("weeks", [4, 6, 8, 10])
@pytest.mark.parametrize("minutes", [15, 20, 25, 30])
@pytest.mark.parametrize("name", NAMES)
def test_the_search_equals_cp_sat_in_every_long_session(name: str, minutes: int, weeks: int) -> None:
    assert unlike_cp_sat(problems_of(later(name, weeks, minutes))) == []


@pytest.mark.torture
@settings(max_examples=500, deadline=None)
@given(long_sessions)
def test_the_search_equals_cp_sat_for_anybody_with_time_for_long(person: Person) -> None:
    assert unlike_cp_sat(problems_of(person)) == []


@pytest.mark.torture
@settings(max_examples=500, deadline=None)
@given(problems(families=24, groups=10))
def test_the_search_equals_cp_sat_on_large_random_problems(problem: search.Problem) -> None:
    assert unlike_cp_sat([problem]) == []
