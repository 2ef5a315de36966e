"""What `supple programme` prints: a plan for each day, or the advice where there is to be none."""

from pathlib import Path

import pytest

from tests.cli.doors import answers_file, supple
from tests.cli.test_plan import EVENING, PLAN, SAMPLE
from tests.safety.people import person, well


def test_there_is_one_plan_for_each_day() -> None:
    plans = supple("programme", SAMPLE, "--minutes", "5", "--days", "3", "--json").json

    assert len(plans) == 3
    assert all(list(plan)[: len(PLAN)] == PLAN for plan in plans)
    assert all(plan["seconds"] <= 300 for plan in plans)


def test_each_day_is_a_whole_plan_and_the_days_differ() -> None:
    plans = supple("programme", SAMPLE, "--minutes", "12", "--at", EVENING, "--json", "--days", "2").json

    alone = supple("plan", SAMPLE, "--minutes", "12", "--at", EVENING, "--json").json
    assert all(set(plan) == set(alone) for plan in plans)
    assert all(plan["steps"] for plan in plans)
    assert plans[1]["steps"] != plans[0]["steps"]


def test_the_same_days_are_planned_whenever_it_is_asked() -> None:
    asking = ("programme", SAMPLE, "--minutes", "3", "--days", "2", "--json")

    assert supple(*asking).out == supple(*asking).out


def test_the_table_has_a_line_for_each_day() -> None:
    lines = supple("programme", SAMPLE, "--minutes", "3", "--days", "2").out.splitlines()
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("Day")) :]

    assert lines[0] == "Screened: fine"
    assert [line.split()[0] for line in table if line[:1].strip()] == ["Day", "1", "2"]


@pytest.mark.parametrize("identifier", ["V02", "V05", "V09"])
def test_from_see_clinician_upwards_there_is_the_advice_and_no_day(identifier: str, tmp_path: Path) -> None:
    refused = supple("programme", answers_file(tmp_path, person(identifier)), "--minutes", "5", "--json")

    assert refused.code == 3
    assert [day["steps"] for day in refused.json] == [[]] * 7
    assert refused.err.startswith(refused.json[0]["say"])


def test_a_programme_ends_before_the_fourteenth_week_of_a_pregnancy(tmp_path: Path) -> None:
    answers = answers_file(tmp_path, well(pregnant="yes", pregnant_weeks=12, pregnancy_warning_signs="no"))

    assert supple("programme", answers, "--minutes", "5", "--days", "8").code == 0
    refused = supple("programme", answers, "--minutes", "5", "--days", "9")

    assert refused.code == 2
    assert "give 8 at most, and answer the questions again then" in refused.err


def test_without_a_plan_there_is_one_empty_plan_for_each_day(tmp_path: Path) -> None:
    file = answers_file(tmp_path, {"saddle_numbness": "yes"})

    refused = supple("programme", file, "--days", "3", "--json")

    assert refused.code == 3
    assert refused.json == [supple("plan", file, "--json").json] * 3
    assert supple("programme", file, "--days", "0", "--json").code == 2
