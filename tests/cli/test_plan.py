"""What `supple plan` prints and writes: the shape of the contract, the same bytes every time, and the refusals."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from supple import shapes
from supple.anatomy import Side
from supple.catalogue import load
from supple.cli.place import country, whom_to_call
from supple.safety.aftercare import Outcome
from supple.safety.emergency_numbers import emergency_number
from supple.session import Ending, Log
from supple.session.log import Entry
from tests.cli.doors import COLOUR, answers_file, installed, supple, terminal
from tests.safety.people import VIGNETTES, person, well

PLAN = [
    *("verdict", "direction", "tags", "minutes", "seconds", "optimal", "objective", "bound"),
    *("steps", "left_out", "with_more_time"),
]
STEP = [
    *("stretch", "name", "position", "setting", "side", "mode", "hold_s", "repetitions", "cycles", "pause_s", "rest_s"),
    *("arc_percent", "seconds", "transition_s", "why"),
]
EVENING = "2026-11-20T18:00"
MAY_STRETCH = [key for key, vignette in VIGNETTES.items() if vignette["expected"]["plan"] != "none"]
MAY_NOT = [key for key in VIGNETTES if key not in MAY_STRETCH]
SAMPLE = Path(__file__).parents[2] / "samples" / "v03.yaml"


def log_file(folder: Path, *stretches: str, at: datetime) -> Path:
    """The log of a session in which each of these was done for a minute on either side."""
    entries = tuple(Entry(stretch, side, at, 60, Ending.DONE) for stretch in stretches for side in Side)
    file = folder / f"{at:%Y-%m-%d}.json"
    file.write_text(shapes.dumps(Log(at, 2, entries=entries, ended=at, ending=Ending.DONE)), encoding="utf-8")
    return file


@pytest.mark.parametrize("minutes", ["3", "8"])
@pytest.mark.parametrize("identifier", MAY_STRETCH)
def test_a_plan_has_the_shape_of_the_contract(identifier: str, minutes: str, tmp_path: Path) -> None:
    made = supple("plan", answers_file(tmp_path, person(identifier)), "--minutes", minutes, "--json")

    assert made.code == 0
    assert made.err == ""
    plan = made.json
    assert list(plan)[: len(PLAN)] == PLAN
    assert plan["minutes"] == int(minutes)
    assert plan["seconds"] <= 60 * int(minutes)
    assert plan["seconds"] == sum(step["seconds"] + step["transition_s"] for step in plan["steps"])
    assert all(list(step)[: len(STEP)] == STEP for step in plan["steps"])
    assert all(step["why"] for step in plan["steps"])
    assert all(list(left) == ["stretch", "why"] and left["why"] for left in plan["left_out"])
    assert plan["steps"]


@pytest.mark.parametrize("identifier", MAY_STRETCH)
def test_there_is_one_step_per_side_always(identifier: str, tmp_path: Path) -> None:
    plan = supple("plan", answers_file(tmp_path, person(identifier)), "--minutes", "8", "--json").json

    for stretch in {step["stretch"] for step in plan["steps"]}:
        sides = [step["side"] for step in plan["steps"] if step["stretch"] == stretch]
        assert sides in (["left", "right"], ["none"])


def test_every_stretch_is_in_the_plan_or_left_out_with_its_reason(tmp_path: Path) -> None:
    plan = supple("plan", answers_file(tmp_path, well()), "--minutes", "5", "--json").json

    planned, left = {step["stretch"] for step in plan["steps"]}, {left["stretch"] for left in plan["left_out"]}
    assert planned | left == set(load().stretches)
    assert not planned & left


@pytest.mark.parametrize("identifier", MAY_NOT)
def test_from_see_clinician_upwards_there_is_the_advice_and_no_step(identifier: str, tmp_path: Path) -> None:
    file, out = answers_file(tmp_path, person(identifier)), tmp_path / "plan.json"

    refused = supple("plan", file, "--minutes", "5", "--json", "-o", out)

    assert refused.code == 3
    assert refused.json["verdict"] == VIGNETTES[identifier]["expected"]["verdict"]
    assert refused.json["steps"] == []
    assert list(refused.json)[: len(PLAN)] == PLAN
    assert (refused.json["optimal"], refused.json["objective"], refused.json["bound"]) == (True, 0, 0)
    assert refused.json["left_out"] == refused.json["with_more_time"] == []
    at_once = f" {whom_to_call()}" if refused.json["verdict"] in ("emergency", "same_day") else ""
    assert refused.err.strip() == refused.json["say"] + at_once
    assert not out.exists()


def test_an_emergency_among_open_questions_refuses_the_plan_at_once(tmp_path: Path) -> None:
    refused = supple("plan", answers_file(tmp_path, {"saddle_numbness": "yes"}), "--minutes", "5")

    assert refused.code == 3
    assert refused.err.startswith("Call the emergency number or go to an emergency department now.")
    assert f"The emergency number is {emergency_number(country()).number}." in refused.err
    assert refused.out == ""


def test_two_processes_give_the_same_bytes() -> None:
    first, second = (installed("plan", SAMPLE, "--json", "--at", EVENING, PYTHONHASHSEED=seed) for seed in ("1", "2"))

    assert first.code == second.code == 0
    assert first.out == second.out
    assert first.out == supple("plan", SAMPLE, "--json", "--at", EVENING).out


def test_timing_goes_to_standard_error_and_leaves_the_bytes_alone() -> None:
    timed = supple("plan", SAMPLE, "--json", "--timing")

    assert timed.err.startswith("planned in ")
    assert timed.err.endswith(" ms\n")
    assert timed.out == supple("plan", SAMPLE, "--json").out


def test_settings_and_minutes_take_the_place_of_the_answers() -> None:
    plan = supple("plan", SAMPLE, "--minutes", "4", "--setting", "chair_desk", "--setting", "doorway", "--json").json

    assert plan["minutes"] == 4
    assert {step["setting"] for step in plan["steps"]} <= {"chair_desk", "doorway"}


def test_without_minutes_those_of_the_answers_count() -> None:
    assert supple("plan", SAMPLE, "--json").json["minutes"] == 12


@pytest.mark.parametrize("minutes", ["1", "60"])
def test_more_or_fewer_minutes_than_the_question_knows_can_be_asked_for(minutes: str) -> None:
    assert supple("plan", SAMPLE, "--minutes", minutes, "--json").json["minutes"] == int(minutes)


def test_what_was_done_yesterday_is_not_done_again(tmp_path: Path) -> None:
    asking = ("plan", SAMPLE, "--at", EVENING, "--json")
    fresh = [step["stretch"] for step in supple(*asking).json["steps"]]
    log = log_file(tmp_path, *fresh, at=datetime.fromisoformat("2026-11-20T08:00"))

    later = supple(*asking, "--history", log)

    assert later.code == 0
    assert [step["stretch"] for step in later.json["steps"]] != fresh
    assert any("rest for" in left["why"] for left in later.json["left_out"])


def test_a_folder_stands_for_its_logs_and_other_files_in_it_are_passed_over(tmp_path: Path) -> None:
    day = datetime.fromisoformat("2026-11-20T08:00")
    files = [log_file(tmp_path, "sphinx", at=day), log_file(tmp_path, "wall_angel", at=day - timedelta(days=1))]
    supple("plan", SAMPLE, "-o", tmp_path / "a-plan.json")
    asking = ("plan", SAMPLE, "--at", EVENING, "--json")

    together = supple(*asking, "--history", tmp_path)

    assert together.code == 0
    assert together.out == supple(*asking, "--history", files[0], "--history", files[1]).out


def test_moments_with_a_time_zone_are_read_as_the_clock_here_shows_them(tmp_path: Path) -> None:
    file = log_file(tmp_path, "sphinx", at=datetime.fromisoformat("2026-11-18T08:00"))
    file.write_text(file.read_text(encoding="utf-8").replace("08:00:00", "08:00:00+02:00"), encoding="utf-8")

    assert supple("plan", SAMPLE, "--at", "2026-11-20T18:00Z", "--history", file).code == 0


def test_the_file_holds_what_json_prints(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"

    said = supple("plan", SAMPLE, "-o", file)

    assert file.read_text(encoding="utf-8") == supple("plan", SAMPLE, "--json").out
    assert "Your session: " in said.out
    assert list(tmp_path.iterdir()) == [file]


def test_what_can_be_done_with_a_plan_is_said_at_its_end(tmp_path: Path) -> None:
    file = tmp_path / "my plan.json"

    written, read = supple("plan", SAMPLE, "-o", file).out, supple("plan", SAMPLE).out

    assert f"The plan is written; follow it with: supple go '{file}'".replace(" ", "") in "".join(written.split())
    assert "To follow it, write it with -o." in read
    assert all("supple library show" in said for said in (written, read))


def test_a_plan_is_told_with_the_reason_for_each_stretch() -> None:
    plan = supple("plan", SAMPLE, "--json").json

    said = " ".join(supple("plan", SAMPLE, "--all").out.split())

    for step in plan["steps"]:
        assert step["name"] in said
        assert all(reason in said for reason in step["why"])
    for left in plan["left_out"]:
        assert " ".join(f"{load().stretch(left['stretch']).name}: {left['why']}".split()) in said
    assert all(sentence in said for sentence in plan["with_more_time"])


def test_when_nothing_fits_it_says_why_and_offers_the_nearest_plan(tmp_path: Path) -> None:
    answers = well(can_use_floor="no", can_kneel=None, wrist_pain="yes")
    file = answers_file(tmp_path, answers)

    plan = supple("plan", file, "--minutes", "1", "--setting", "floor", "--json")
    said = supple("plan", file, "--minutes", "1", "--setting", "floor")

    assert plan.code == said.code == 0
    assert plan.json["steps"] == []
    assert plan.json["nearest"]["say"] in " ".join(said.out.split())
    assert all(left["why"] for left in plan.json["left_out"])


@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["colour", "none"])
def test_colour_is_for_terminals_that_want_it(settings: dict[str, str], coloured: bool) -> None:
    with terminal("plan", SAMPLE, **{"NO_COLOR": "", **settings}) as child:
        child.expect(pexpect.EOF)
        text = child.before or ""

    assert "Your session" in text
    assert bool(COLOUR.search(text)) is coloured
    assert "\x1b" not in supple("plan", SAMPLE).out


def test_a_red_light_told_of_in_the_answers_takes_its_stretch_and_its_like_away(tmp_path: Path) -> None:
    file = answers_file(tmp_path, person("V07"))

    plan = supple("plan", file, "--minutes", "8", "--setting", "floor", "--json").json

    out = {left["stretch"]: left["why"] for left in plan["left_out"]}
    assert out["supine_figure_four"] == "It hurt today, so it is out for today."
    assert "nothing that pulls on a leg nerve" in out["supine_hamstring_strap"]


def test_flare_ups_that_come_back_end_planning(tmp_path: Path) -> None:
    for back in (20, 12, 4):
        started = datetime.fromisoformat(EVENING) - timedelta(days=back)
        log = Log(started, 2, ended=started, ending=Ending.DONE, day_after=Outcome.FLARE_PLAN)
        log = replace(log, day_after_at=started + timedelta(days=1))
        (tmp_path / f"{back}.json").write_text(shapes.dumps(log), encoding="utf-8")

    said = supple("plan", SAMPLE, "--history", tmp_path, "--at", EVENING)

    assert said.code == 3
    assert "flare-ups last or keep coming back" in said.err
    assert "call the emergency number" in said.err


def test_weakness_told_of_in_the_answers_is_no_day_for_a_plan(tmp_path: Path) -> None:
    weak = {"exercise": "standing_back_extension", "before": 2, "during": 6, "quality": "weakness"}
    file, out = answers_file(tmp_path, well(session_log=weak)), tmp_path / "plan.json"

    said = supple("plan", file, "-o", out)

    assert said.code == 3
    assert "that has to be looked at today; where it grows, or is in both legs" in said.err
    assert not out.exists()


def test_a_stretch_that_was_amber_among_the_answers_has_half_its_dose(tmp_path: Path) -> None:
    first, out = supple("plan", answers_file(tmp_path, well()), "--minutes", "8", "--json").json["steps"][0], {}
    for during, rule in ((3, "green"), (5, "amber")):
        told = {"exercise": first["stretch"], "before": 3, "during": during, "quality": "ache"}
        plan = supple("plan", answers_file(tmp_path, well(session_log=told)), "--minutes", "8", "--json").json
        out[rule] = plan["background"]["half"]

    assert out == {"green": [], "amber": [first["stretch"]]}


def test_where_no_plan_is_written_an_older_one_is_not_to_be_followed(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    supple("plan", SAMPLE, "-o", out)
    urgent = answers_file(tmp_path, person("V02"))

    said = supple("plan", urgent, "-o", out)

    assert said.code == 3
    assert f"{out} still holds an earlier one: do not follow it." in said.err


def test_a_heading_says_that_one_sits_and_never_a_chair_where_there_is_none(tmp_path: Path) -> None:
    file = answers_file(tmp_path, well(balance_problem="yes", pain_region=("upper_back",)))

    said = supple("plan", file, "--minutes", "8", "--setting", "wall").out

    heading, _, rest = said.partition("Wall angel")
    assert heading.rstrip(" 0123456789\n").endswith("Sitting, by a wall")
    assert "Sitting on a chair" not in rest
