"""Answers grow old: after two weeks, and a month, they are asked for again; weeks of pregnancy pass by themselves."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from supple import shapes
from supple.planner import Plan
from supple.safety.freshness import Given, OldAnswers, good_for_days, grown, last_day, require_fresh
from tests.cli.doors import Said, answers_file, installed, supple
from tests.cli.test_plan import EVENING, PLAN, log_file
from tests.safety.people import well

DAY = date(2026, 11, 20)
AT = datetime.fromisoformat(EVENING)
PREGNANT = {"pregnant": "yes", "pregnant_weeks": 9, "pregnancy_warning_signs": "no"}


def dated(folder: Path, days_ago: int | None, **changes: object) -> Path:
    """Answers of so many days before the evening, or without a day."""
    file = answers_file(folder, well(**changes))
    if days_ago is not None:
        text = file.read_text(encoding="utf-8")
        file.write_text(f"answered_on: {DAY - timedelta(days=days_ago)}\n{text}", encoding="utf-8")
    return file


def asked(command: str, file: Path, *more: str | Path) -> Said:
    days = ("--days", "2") if command == "programme" else ()
    return supple(command, file, "--minutes", "5", "--at", EVENING, "--json", *days, *more)


@pytest.mark.parametrize("command", ["plan", "programme"])
@pytest.mark.parametrize(("days_ago", "code"), [(0, 0), (14, 0), (15, 2), (30, 2), (31, 2), (400, 2), (-1, 2)])
def test_answers_hold_for_two_weeks(command: str, days_ago: int, code: int, tmp_path: Path) -> None:
    file = dated(tmp_path, days_ago)

    said = asked(command, file)

    assert said.code == code
    if code:
        assert said.out == ""
        assert said.sentence.startswith(f"{file}: answered_on: ")
        assert f"answered_on: {DAY}" in said.sentence or days_ago < 0
        assert ("every question" in said.sentence) is (days_ago > 30)
        assert ('"First, anything that cannot wait"' in said.sentence) is (14 < days_ago <= 30)


def test_the_first_log_dates_answers_that_bear_no_day(tmp_path: Path) -> None:
    file, logs = dated(tmp_path, None), tmp_path / "logs"
    logs.mkdir()
    log_file(logs, "sphinx", at=AT - timedelta(days=14))
    log_file(logs, "sphinx", at=AT - timedelta(days=1))

    assert asked("plan", file, "--history", logs).code == 0
    log_file(logs, "sphinx", at=AT - timedelta(days=20))
    refused = asked("plan", file, "--history", logs)

    assert refused.code == 2
    assert "at the latest (the day of their file, or of the first log), 20 days old" in refused.sentence
    assert asked("plan", dated(tmp_path, 3), "--history", logs).code == 0


def test_a_grave_verdict_is_said_however_old_the_answers_are(tmp_path: Path) -> None:
    said = asked("plan", dated(tmp_path, 100, saddle_numbness="yes"))

    assert said.code == 3
    assert said.json["verdict"] == "emergency"


@pytest.mark.parametrize("left", ["", "answered_on:\n"], ids=["left out", "left empty"])
@pytest.mark.parametrize(("days_ago", "code"), [(0, 0), (14, 0), (15, 2), (365, 2)])
def test_answers_without_a_day_are_as_old_as_their_file(left: str, days_ago: int, code: int, tmp_path: Path) -> None:
    file = written(dated(tmp_path, None), days_ago, left)
    day = date.today() - timedelta(days=days_ago)  # noqa: DTZ011 - the day on the calendar here

    said = supple("plan", file, "--minutes", "5", "--json")

    assert said.code == code
    if code:
        assert f"answered_on: the answers are of {day} at the latest" in said.sentence
        assert f"write answered_on: {day + timedelta(days=days_ago)}" in said.sentence
    else:
        assert said.json["answered_on"] == f"{day}"


def test_a_plan_for_later_from_answers_without_a_day_bears_the_day_of_their_file(tmp_path: Path) -> None:
    today = date.today()  # noqa: DTZ011 - the day on the calendar here
    file = dated(tmp_path, None)

    said = supple("plan", file, "--minutes", "5", "--at", f"{today + timedelta(days=40)}T18:00", "--json")

    assert said.code == 0
    assert said.json["answered_on"] == f"{today}"  # by which supple go tells that they are too old by then


def test_weeks_of_pregnancy_pass_since_the_day_of_the_file(tmp_path: Path) -> None:
    file = written(dated(tmp_path, None, **{**PREGNANT, "pregnant_weeks": 12}), 14)

    assert supple("plan", file, "--minutes", "5", "--json").json["tags"] == ["pregnancy_t2_t3"]


def test_a_file_from_before_there_were_files_is_old_and_hides_no_emergency(tmp_path: Path) -> None:
    file = dated(tmp_path, None)
    os.utime(file, (0, 0))

    assert "answered_on" in supple("plan", file, "--minutes", "5").sentence
    file.write_text("saddle_numbness: yes\n", encoding="utf-8")
    os.utime(file, (0, 0))
    assert supple("screen", file, "--json").json["verdict"] == "emergency"


@pytest.mark.parametrize("command", ["plan", "programme"])
def test_a_time_zone_that_is_none_is_named(command: str, tmp_path: Path) -> None:
    said = installed(command, dated(tmp_path, None), "--minutes", "5", TZ="UTC-99")

    assert said.code == 2
    assert said.sentence == "TZ: 'UTC-99' is no time zone; set another, such as Europe/London."
    urgent = answers_file(tmp_path, {"saddle_numbness": "yes"})
    assert installed("screen", urgent, "--json", TZ="UTC-99").json["verdict"] == "emergency"


def written(file: Path, days_ago: int, more: str = "") -> Path:
    """The file, with more in it, as it was written so many days ago."""
    file.write_text(more + file.read_text(encoding="utf-8"), encoding="utf-8")
    then = (datetime.now() - timedelta(days=days_ago)).timestamp()  # noqa: DTZ005 - the clock on the wall
    os.utime(file, (then, then))
    return file


def test_a_plan_bears_the_day_of_its_answers_and_its_own_after_the_keys_of_the_contract(tmp_path: Path) -> None:
    said = asked("plan", dated(tmp_path, 3))

    assert list(said.json)[: len(PLAN)] == PLAN
    assert (said.json["answered_on"], said.json["made_for"]) == ("2026-11-17", "2026-11-20")
    assert shapes.loads(Plan, said.out, name="plan.json").answered_on == date(2026, 11, 17)
    assert asked("plan", dated(tmp_path, 3)).out == said.out


def test_each_day_of_a_programme_bears_its_own_day(tmp_path: Path) -> None:
    assert [made["made_for"] for made in asked("programme", dated(tmp_path, 3)).json] == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize("written", ["soon", "2026-13-01", "[1, 2]"])
def test_a_day_that_is_none_is_named(written: str, tmp_path: Path) -> None:
    file = answers_file(tmp_path, well())
    file.write_text(f"answered_on: {written}\n" + file.read_text(encoding="utf-8"), encoding="utf-8")

    for command in ("plan", "screen"):
        said = supple(command, file)
        assert said.code == 2
        assert "answered_on" in said.sentence
        assert "is no day; write it like 2026-11-21" in said.sentence


def test_screening_lets_the_day_be_no_answer(tmp_path: Path) -> None:
    assert supple("screen", dated(tmp_path, 3), "--json").json["verdict"] == "fine"


def test_screening_says_that_answers_are_too_old_for_a_plan(tmp_path: Path) -> None:
    old = answers_file(tmp_path, {"answered_on": "2020-01-01", **well()})

    said = " ".join(supple("screen", old).out.split())

    assert said.startswith("Fine You can start.")
    assert "answer every question again" in said


def test_weeks_of_pregnancy_pass_between_the_answers_and_the_session(tmp_path: Path) -> None:
    near = dated(tmp_path, 0, **{**PREGNANT, "pregnant_weeks": 12})
    assert asked("plan", near).json["tags"] == []

    later = dated(tmp_path, 14, **{**PREGNANT, "pregnant_weeks": 12})
    assert asked("plan", later).json["tags"] == ["pregnancy_t2_t3"]


def test_ten_weeks_later_no_plan_is_made_from_the_answers_of_week_9(tmp_path: Path) -> None:
    file, logs = dated(tmp_path, None, **PREGNANT), tmp_path / "logs"
    logs.mkdir()
    log_file(logs, "sphinx", at=AT - timedelta(days=70))

    said = asked("plan", file, "--history", logs)

    assert (said.code, said.out) == (2, "")
    assert "70 days old" in said.sentence


@pytest.mark.parametrize(
    ("weeks", "days", "then"), [(9, 0, 9), (9, 1, 10), (9, 7, 10), (9, 8, 11), (42, 14, 43), (12, 14, 14)]
)
def test_weeks_are_counted_up_for_one_may_be_six_days_further(weeks: int, days: int, then: int) -> None:
    given = Given(DAY - timedelta(days=days))

    assert grown({"pregnant_weeks": weeks}, given, DAY) == {"pregnant_weeks": then}


@pytest.mark.parametrize("answers", [{}, {"pregnant_weeks": "unsure"}, {"pregnant_weeks": None}, {"surgery_weeks": 12}])
def test_nothing_else_changes_by_itself(answers: dict[str, object]) -> None:
    assert grown(answers, Given(DAY - timedelta(days=14)), DAY) == answers


@pytest.mark.parametrize(("weeks", "days"), [(13, 1), (12, 8), (1, 85), (14, None), (30, None), (None, None)])
def test_how_long_an_early_pregnancy_lets_a_plan_stand(weeks: int | None, days: int | None) -> None:
    assert good_for_days({"pregnant_weeks": weeks}) == days
    assert days is None or last_day(DAY, days) == DAY + timedelta(days=days - 1)


def test_answers_that_hold_are_let_be() -> None:
    require_fresh(Given(DAY), DAY)
    with pytest.raises(OldAnswers):
        require_fresh(Given(DAY), DAY + timedelta(days=15))
