"""Whatever is wrong with the input: one sentence that names it, the right exit code, and nothing written."""

import json
import os
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supple import shapes
from supple.safety.questions import questions
from supple.session import Ending, Log
from tests.cli.doors import COMMAND, PATIENCE_S, Said, answers_file, installed, supple
from tests.cli.test_plan import EVENING, SAMPLE, log_file
from tests.people import EVENING as EVENING_BEFORE
from tests.safety.people import well

WELL = SAMPLE.read_text(encoding="utf-8")
AGE = "age: 29"
ROOT = os.geteuid() == 0
for_people = pytest.mark.skipif(ROOT, reason="root may read and write everything")

NOT_ANSWERS = {
    "nothing at all": (b"", "there are no answers"),
    "only a comment": (b"# me\n", "there are no answers"),
    "a list": (b"- age\n- sex\n", "there are no answers"),
    "a text": (b"well, thank you\n", "there are no answers"),
    "a number as key": (b"1: no\n", "1: there is no such question; see them all with: supple screen --blank"),
    "a yes as key": (b"no: no\n", "no: there is no such question"),
    "a key without an answer": (b"flavour:\n", "flavour: there is no such question; see them all"),
    "a file of passwords": (b"root:*:19000:0:99999:7:::\n", "root:*:19000:0:99999:7::: there is no such question"),
    "a reference": (b"age: &a 3\nnprs_rest: *a\n", "there is a * reference in it; write each answer out."),
    "a bracket left open": (b"age: [1\n", "line 2 is not YAML"),
    "a tab": (b"age:\n\t3\n", "line 2 is not YAML"),
    "two documents": (b"age: 3\n---\nage: 4\n", "line 2 is not YAML"),
    "a table as key": (b"? {a: b}\n: 1\n", "line 1 is not YAML"),
    "code to run": (b"age: !!python/object/apply:os.getcwd []\n", "line 1 is not YAML"),
    "a number that is none": (b'age: !!int "x"\n', "this is not YAML"),
    "a number without end": (b"age: " + b"9" * 5000, "this is not YAML"),
    "brackets without end": (b"[" * 5000, "this is not YAML"),
    "a null byte": (b"age\x00: 3\n", "this is not YAML"),
    "no text": (bytes(range(128, 256)), "cannot be read (it is not text in UTF-8)"),
    "a plan": (b'{"steps": [], "minutes": 5}', "this is a plan of supple; name the file of your answers."),
    "a log": (b'{"started": "2026-11-20T18:00"}', "this is a log of supple; name the file of your answers."),
    "an answer twice": (f"{WELL}\nage: 30\n".encode(), "'age' is answered twice"),
}
WRONG_ANSWERS = {
    "an unknown key": ("agee: 29", "agee: there is no such question; did you mean age?"),
    "younger than born": ("age: -1", "age: -1 is outside 0 to 120 years; give a number between them"),
    "older than anybody": ("age: 140", "age: 140 is outside 0 to 120 years"),
    "an age in words": ("age: old", "age: old is no answer here; give a number from 0 to 120 years"),
    "an age that is no number": ("age: .nan", "age: .nan is no answer here"),
    "an age without end": ("age: .inf", "age: .inf is no answer here"),
    "an age like a clock": ("age: 1:30", "age: 1:30 is no answer here"),
    "an age with a gap": ("age: 1_7", "age: 1_7 is no answer here"),
    "an age in eights": ("age: 017", "age: 017 is no answer here"),
    "an age in sixteens": ("age: 0x1F", "age: 0x1F is no answer here"),
    "an age in twos": ("age: 0b11", "age: 0b11 is no answer here"),
    "an age in thousands": ("age: 1e1", "age: 1e1 is no answer here"),
    "an age with a plus": ("age: +29", "age: +29 is no answer here"),
    "an age in quotes like a clock": ('age: "0:29"', "age: 0:29 is no answer here"),
    "no goal": ("age: 29\ngoals: []", "goals: an empty list is no answer here; give one of"),
    "an age of many": ("age: [29, 30]", "age: [29, 30] is no answer here"),
    "an age in a table": ("age: {years: 29}", 'age: {"years": 29} is no answer here'),
    "an age that is a yes": ("age: yes", "age: true is no answer here"),
    "an age left open": ("age:", "age: this question is not answered yet"),
    "weeks of no pregnancy": ("age: 29\npregnant_weeks: 20", "pregnant_weeks: 20 cannot be while pregnant is no"),
    "pressures the wrong way round": ("age: 29\nbp_sys: 80\nbp_dia: 120", "bp_dia: 120 is not below bp_sys"),
    "a minor on their own": ("age: 12", "guardian_agrees: "),
}
NO_MINUTES = [
    "1_0",
    "８",
    "+5",
    "05",
    " 5",
    "0",
    "-3",
    "61",
    str(10**9),
    "soon",
    "7.5",
    "1e1",
    "",
    "nan",
    "0x5",
    "9" * 5000,
]


def words(part: object) -> str:
    """A case by what is to be said of it."""
    return part if isinstance(part, str) else ""


def written(folder: Path, content: bytes) -> Path:
    """A file of answers with this content."""
    file = folder / "answers.yaml"
    file.write_bytes(content)
    return file


def broken(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A plan that somebody has changed."""
    made = supple("plan", SAMPLE, "--minutes", "14", "--json").json
    change(made)
    file = folder / "plan.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    return file


def refused(*arguments: str | Path) -> str:
    """The sentence with which bad input is refused."""
    said = supple(*arguments)
    assert said.code == 2
    assert said.out == ""
    return said.sentence


@pytest.mark.parametrize("command", ["screen", "plan", "programme"])
@pytest.mark.parametrize("case", NOT_ANSWERS)
def test_what_is_no_table_of_answers_is_named_with_its_file(command: str, case: str, tmp_path: Path) -> None:
    content, because = NOT_ANSWERS[case]
    file = written(tmp_path, content)

    sentence = refused(command, file)

    assert sentence.startswith(f"{file}: {because}")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("command", ["screen", "plan"])
@pytest.mark.parametrize("case", WRONG_ANSWERS)
def test_an_answer_that_cannot_be_is_named(command: str, case: str, tmp_path: Path) -> None:
    line, because = WRONG_ANSWERS[case]
    file = written(tmp_path, WELL.replace(f"\n{AGE}\n", f"\n{line}\n").encode())

    assert refused(command, file).startswith(f"{file}: {because}")


@pytest.mark.parametrize("key", [key for key, asked in questions().items() if asked.choices and key in well()])
def test_an_answer_that_is_no_choice_is_named_with_the_choices(key: str, tmp_path: Path) -> None:
    file = answers_file(tmp_path, {**well(), key: "sideways"})

    assert refused("screen", file).startswith(f"{file}: {key}: sideways is no answer here; give one of ")


@pytest.mark.parametrize("minutes", NO_MINUTES, ids=lambda word: word[:10])
def test_minutes_that_are_no_time_for_a_session_are_named(minutes: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"

    sentence = refused("plan", SAMPLE, "--minutes", minutes, "-o", out)

    assert sentence.startswith("minutes: ")
    assert "1 to 60" in sentence
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (["plan"], "Missing argument 'answers'"),
        (["plan", SAMPLE, "--setting", "moon"], "Invalid value for '--setting': 'moon' is not one of 'floor'"),
        (["plan", SAMPLE, "--at", "soon"], "Invalid value for '--at'"),
        (["plan", SAMPLE, "--at", "2026-13-01"], "Invalid value for '--at'"),
        (["plan", SAMPLE, "--minute", "5"], "No such option: --minute"),
        (["plan", SAMPLE, SAMPLE], "Got unexpected extra argument"),
        (["programme", SAMPLE, "--days", "many"], "Invalid value for '--days'"),
        (["plann", SAMPLE], "No such command 'plann'"),
        (["library", "shwo"], "No such command 'shwo'"),
    ],
    ids=lambda part: " ".join(map(str, part[:1] + part[2:])) if isinstance(part, list) else "",
)
def test_a_slip_in_the_command_is_named_with_where_its_help_is(arguments: list[str | Path], because: str) -> None:
    sentence = refused(*arguments)

    assert sentence.startswith(because)
    assert " --help." in sentence


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["plan", "--minutes"], "supple plan"),
        (["plan", SAMPLE, "--minutes"], "supple plan"),
        (["library", "list", "--kind"], "supple library list"),
    ],
    ids=["first", "last", "of a command in a command"],
)
def test_an_option_without_its_value_names_the_help_of_its_own_command(
    arguments: list[str | Path], command: str
) -> None:
    assert refused(*arguments).endswith(f"requires an argument; see {command} --help.")


@pytest.mark.parametrize(("port", "most"), [("99999", "the most is 65535"), ("-1", "the least is 0")])
def test_a_port_that_cannot_be_is_named_in_plain_words(port: str, most: str) -> None:
    assert refused("figure", "--port", port) == f"Invalid value for '--port': {most}; see supple figure --help."


@pytest.mark.parametrize("days", ["0", "-1", "85", str(10**9)])
def test_days_that_are_no_programme_are_named(days: str) -> None:
    assert refused("programme", SAMPLE, "--days", days).startswith(f"days: {days} is outside 1 to 84")


def test_an_unknown_stretch_is_named_with_its_neighbour(tmp_path: Path) -> None:
    def misspell(plan: dict[str, Any]) -> None:
        plan["steps"][0]["stretch"] = "cat_kamel"

    asked = refused("library", "show", "cat_kamel")
    read = refused("session", broken(tmp_path, misspell))

    assert asked == "There is no stretch 'cat_kamel'; did you mean cat_camel?"
    named = f"{tmp_path}/plan.json: step 1: There is no stretch 'cat_kamel'"
    assert read == f"{named}; make the plan again with supple plan."


def step_with(**values: object) -> Callable[[dict[str, Any]], None]:
    """Changes the first step of a plan."""
    return lambda plan: plan["steps"][0].update(values)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda plan: plan.update(version=1), "this plan is of version 1, and version 2 is needed"),
        (lambda plan: plan.pop("version"), "this plan is of version null, and version 2 is needed"),
        (lambda plan: plan.update(colour="red"), "unknown key 'colour'"),
        (lambda plan: plan.pop("limits"), "'limits' is missing"),
        (lambda plan: plan.update(seconds=1), "seconds: 1 is not what its steps take"),
        (lambda plan: plan["steps"].extend(plan["steps"] * 30), "steps: a position comes back"),
        (step_with(seconds=-5), "seconds: -5 is below"),
        (step_with(transition_s=-5), "transition_s: -5 is below 0"),
        (step_with(seconds=1), "seconds: 1 is not"),
        (step_with(arc_percent=0), "arc_percent: 0 is outside 10 to 100"),
        (step_with(arc_percent=9), "arc_percent: 9 is outside 10 to 100"),
        (step_with(arc_percent=100), "arc_percent: 100 is above the "),
        (step_with(position="prone"), "position: prone is not that of the stretch"),
        (step_with(side="none"), "side: none does not go with this stretch"),
        (step_with(mode="cycles", pause_s=60), "pause_s: 60 is above the "),
        (step_with(mode="hold", hold_s=600, repetitions=1, seconds=600, work_s=600), "hold_s: 600 is above the "),
        (step_with(work_s=1), "work_s: 1 is not what"),
        (step_with(arc_percent=1000), "arc_percent: 1000 is outside 10 to 100"),
        (step_with(mode="cycles", cycles=0), "cycles: 0 is below 1"),
        (step_with(mode="hold", hold_s=10, repetitions=10**9), "hold_s: 10 is above the "),
        (step_with(mode="hold", hold_s=0), "hold_s: 0 is below 1"),
    ],
    ids=words,
)
def test_a_plan_that_cannot_be_is_named(
    change: Callable[[dict[str, Any]], object], because: str, tmp_path: Path
) -> None:
    sentence = refused("session", broken(tmp_path, change))

    assert sentence.startswith(f"{tmp_path}/plan.json: ")
    assert because in sentence


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (step_with(seconds=1.5), ": 'steps' entry 1: 'seconds' is 1.5; make the plan again with supple plan."),
        (step_with(seconds=True), ": 'steps' entry 1: 'seconds' is True; make the plan again"),
        (step_with(side="both"), ": 'steps' entry 1: 'side' has the unknown word 'both'; make the plan again"),
        (step_with(name=None), ": 'steps' entry 1: 'name' is None; make the plan again"),
        (step_with(force=3), ": 'steps' entry 1: unknown key 'force'; make the plan again"),
        (lambda plan: plan.update(steps=None), ": 'steps' is None; make the plan again"),
    ],
    ids=words,
)
def test_a_part_of_a_plan_of_another_kind_is_named(
    change: Callable[[dict[str, Any]], object], because: str, tmp_path: Path
) -> None:
    assert refused("session", broken(tmp_path, change)).startswith(f"{tmp_path}/plan.json{because}")


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "not whole JSON (it is empty)"),
        (b'{"steps": [', "not whole JSON (line 1)"),
        (b"[" * 100_000, "not whole JSON"),
        (b'{"version": ' + b"9" * 5000 + b"}", "a number in it is too long"),
        (b"[]", "this is no plan of supple"),
        (b"{}", "this is no plan of supple"),
        (b'{"started": "2026-11-20T18:00", "pain_before": 2}', "this is no plan of supple"),
        (b"\xff\xfe", "cannot be read"),
    ],
    ids=["empty", "cut", "deep", "long number", "a list", "an empty table", "a log", "no text"],
)
def test_what_is_no_plan_is_named(content: bytes, because: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(content)

    assert refused("session", file).startswith(f"{file}: {because}")


def change_log(folder: Path, **values: object) -> Path:
    """The log of a session on the day before, changed."""
    file = log_file(folder, "sphinx", at=EVENING_BEFORE)
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | values), encoding="utf-8")
    return file


def entry(**values: object) -> dict[str, object]:
    """The entries of a log with one step, changed."""
    usual = {"stretch": "sphinx", "side": "none", "at": "2026-11-20T08:00", "seconds": 30, "ending": "done"}
    usual |= {"colour": "green"}
    return {"entries": [usual | values]}


@pytest.mark.parametrize(
    ("values", "because"),
    [
        ({"version": 7}, "this log is of version 7"),
        ({"pain_before": 11}, "a pain of 11 is outside 0 to 10"),
        ({"level": -1}, "level: -1 is outside 0 to 100"),
        (entry(stretch="sfinx"), "There is no stretch 'sfinx'; did you mean sphinx"),
        (entry(seconds=-30), "sphinx: -30 seconds cannot be"),
        (entry(at="yesterday"), "'yesterday' is not a moment"),
        ({"mood": "good"}, "unknown key 'mood'"),
    ],
    ids=str,
)
def test_a_history_that_cannot_be_is_named(values: dict[str, object], because: str, tmp_path: Path) -> None:
    file = change_log(tmp_path, **values)

    sentence = refused("plan", SAMPLE, "--at", EVENING, "--history", file)

    assert sentence.startswith(str(file))
    assert because in sentence


def test_a_history_that_was_cut_off_is_named(tmp_path: Path) -> None:
    file = log_file(tmp_path, "sphinx", at=EVENING_BEFORE)
    file.write_text(file.read_text(encoding="utf-8")[:100], encoding="utf-8")

    for history in (file, tmp_path):
        assert refused("plan", SAMPLE, "--history", history).startswith(f"{file}: not whole JSON")


def test_a_history_that_is_a_plan_is_named(tmp_path: Path) -> None:
    file = broken(tmp_path, lambda plan: plan)

    assert refused("plan", SAMPLE, "--history", file).startswith(f"{file}: this is no log of supple")


def test_a_folder_without_a_log_is_named(tmp_path: Path) -> None:
    assert refused("plan", SAMPLE, "--history", tmp_path).startswith(f"{tmp_path}: there is no log in this folder")


def test_a_history_from_the_future_is_named(tmp_path: Path) -> None:
    file = log_file(tmp_path, "sphinx", at=EVENING_BEFORE)

    sentence = refused("plan", SAMPLE, "--at", "2026-11-01T18:00", "--history", file)

    assert sentence.startswith("sphinx was done at 2026-11-20 18:00, after the session planned; give a later moment")


@pytest.mark.parametrize("arguments", [["screen"], ["plan"], ["programme"], ["session"], ["plan", SAMPLE, "--history"]])
def test_a_file_that_is_not_there_or_is_a_folder_is_named(arguments: list[str | Path], tmp_path: Path) -> None:
    absent = tmp_path / "absent"

    assert refused(*arguments, absent).startswith(f"{absent}: there is no such file")
    if "--history" not in arguments:
        assert refused(*arguments, tmp_path).startswith(f"{tmp_path}: cannot be read (Is a directory)")


@for_people
def test_a_file_that_may_not_be_read_or_written_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, WELL.encode())
    file.chmod(0)
    locked = tmp_path / "locked"
    locked.mkdir(mode=stat.S_IRUSR)

    assert refused("plan", file).startswith(f"{file}: cannot be read (Permission denied)")
    assert refused("plan", SAMPLE, "-o", locked / "plan.json").startswith(f"{locked}/plan.json: cannot be written")


@pytest.mark.parametrize("place", ["absent/plan.json", "file/plan.json", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left_there(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    sentence = refused("plan", SAMPLE, "-o", tmp_path / place)

    assert sentence.startswith(f"{tmp_path / place}: cannot be written")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_folder_or_a_device_is_never_replaced_by_a_plan(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for place in (tmp_path, pipe):
        assert refused("plan", SAMPLE, "-o", place).startswith(f"{place}: something that is not a file")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_an_older_plan_stays_when_there_is_no_new_one(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    supple("plan", SAMPLE, "-o", file)
    before = file.read_bytes()

    refused("plan", SAMPLE, "--minutes", "0", "-o", file)

    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_live_session_needs_a_terminal(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "log.json"

    sentence = refused("go", broken(tmp_path, lambda plan: plan), "--log", log)

    assert sentence.startswith("supple go needs a terminal with keys")
    assert not log.parent.exists()


def test_a_file_that_is_no_plan_is_never_replaced_by_one(tmp_path: Path) -> None:
    answers = tmp_path / "me.yaml"
    answers.write_bytes(SAMPLE.read_bytes())

    sentence = refused("plan", answers, "-o", answers)

    assert sentence == f"{answers}: this file is no plan of supple and is left as it is; choose another name."
    assert answers.read_bytes() == SAMPLE.read_bytes()


def test_a_file_of_somebody_else_with_the_same_key_is_no_plan(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.json"
    theirs.write_text('{"steps": 1}', encoding="utf-8")

    sentence = refused("plan", SAMPLE, "-o", theirs)

    assert sentence == f"{theirs}: this file is no plan of supple and is left as it is; choose another name."
    assert theirs.read_text(encoding="utf-8") == '{"steps": 1}'


def test_a_plan_may_take_the_place_of_a_plan(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    first, second = (supple("plan", SAMPLE, "-o", out, "--minutes", minutes) for minutes in ("8", "5"))

    assert (first.code, second.code) == (0, 0)
    assert '"minutes": 5' in out.read_text()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--days", "x"), "that is no whole number"),
        (("--at", "tomorrow"), "that is no moment; write it like 2026-11-21T18:00"),
    ],
)
def test_a_slip_in_an_option_is_told_in_plain_words(option: tuple[str, str], said: str) -> None:
    assert said in refused("programme", SAMPLE, *option)


def test_a_closed_output_is_no_crash() -> None:
    done = subprocess.run(["bash", "-c", f"{COMMAND} plan {SAMPLE} --json >&-"], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_installed_command_ends_the_same_way() -> None:
    done = installed("plan", SAMPLE, "--minutes", "soon")

    assert done == Said(2, "", "supple: minutes: 'soon' is not a whole number; give 1 to 60.\n")


@pytest.mark.parametrize("words", [f"programme {SAMPLE} --minutes 2 --days 4 --json", "library list", f"plan {SAMPLE}"])
def test_a_reader_who_has_seen_enough_is_no_error(words: str) -> None:
    command = f"set -o pipefail; {COMMAND} {words} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=PATIENCE_S)

    assert (done.returncode, done.stderr) == (0, "")


WAIT_AT = """
import os, signal, sys

def wait(event, arguments):
    if event == "open" and str(arguments[0]) == os.environ["WAIT_AT"]:
        with open(os.environ["TELL"], "w") as told:
            told.write("here")
        signal.pause()

sys.addaudithook(wait)
"""


def test_ctrl_c_while_planning_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    out, tell = tmp_path / "plan.json", tmp_path / "tell"
    answers = answers_file(tmp_path, well())
    os.mkfifo(tell)
    (tmp_path / "sitecustomize.py").write_text(WAIT_AT, encoding="utf-8")  # it stops where the answers are opened
    settings = {"PYTHONPATH": str(tmp_path), "WAIT_AT": str(answers), "TELL": str(tell)}
    command = [str(COMMAND), "plan", str(answers), "-o", str(out)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env={**os.environ, **settings})
    assert tell.read_text(encoding="utf-8") == "here"
    process.send_signal(signal.SIGINT)
    said, err = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130
    assert (said, err) == ("", "supple: stopped; nothing is lost.\n")
    assert not out.exists()


def test_a_log_without_anything_done_is_a_history_of_nothing(tmp_path: Path) -> None:
    log = Log(EVENING_BEFORE, 2, entries=(), ended=EVENING_BEFORE, ending=Ending.STOPPED)
    file = tmp_path / "log.json"
    file.write_text(shapes.dumps(log), encoding="utf-8")

    beside, alone = supple("plan", SAMPLE, "--json", "--history", file).json, supple("plan", SAMPLE, "--json").json

    assert beside.pop("answered_on") == f"{EVENING_BEFORE:%Y-%m-%d}"  # the first log dates the answers
    assert alone.pop("answered_on")
    assert beside == alone


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/null"])
def test_a_device_is_not_read(device: str, tmp_path: Path) -> None:
    for arguments in (["screen"], ["plan"], ["session"], ["plan", SAMPLE, "--history"]):
        sentence = refused(*arguments, device)
        assert sentence == f"{device}: cannot be read (it is no ordinary file); save what it gives in a file first."


@pytest.mark.parametrize(
    ("command", "size", "limit"),
    [("screen", 300_000, "200 kB"), ("session", 2_100_000, "2 MB")],
    ids=["answers", "plan"],
)
def test_a_file_that_is_far_too_large_is_named_with_the_limit(
    command: str, size: int, limit: str, tmp_path: Path
) -> None:
    file = written(tmp_path, b"#" * size)

    assert refused(command, file) == f"{file}: this is larger than {limit}, as no file of this kind is; check the name."


def test_a_thousand_unknown_keys_are_named_by_the_first_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, "".join(f"key_{n}: yes\n" for n in range(10_000)).encode())

    assert refused("screen", file).startswith(f"{file}: key_0: there is no such question")


def test_answers_and_plans_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbf" + WELL.encode())
    assert supple("screen", file).code == 0
    made = broken(tmp_path, lambda plan: plan)
    made.write_bytes(b"\xef\xbb\xbf" + made.read_bytes())

    assert supple("session", made).code == 0


def test_answers_given_for_a_plan_are_told_apart_from_it() -> None:
    sentence = refused("session", SAMPLE)

    assert sentence.endswith("this is no plan of supple; make one with: supple plan ANSWERS.yaml -o PLAN.json.")


def test_a_dash_is_no_name_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert "this is no name for a file" in refused("plan", SAMPLE, "--minutes", "3", "-o", "-")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("other", ["broken.json", "binary.json", "nowhere.json", "started.json"])
def test_what_is_no_log_in_a_folder_of_logs_is_named_with_the_way_out(other: str, tmp_path: Path) -> None:
    log_file(tmp_path, "sphinx", at=EVENING_BEFORE)
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "plan.json").write_text('{"steps": []}', encoding="utf-8")
    assert supple("plan", SAMPLE, "--at", "2026-11-22T18:00", "--history", tmp_path).code == 0
    if other == "nowhere.json":
        (tmp_path / other).symlink_to(tmp_path / "gone")
    else:
        content = {"broken.json": b"{", "binary.json": b"\xff\xfe\x00", "started.json": b'{"started": 1}'}[other]
        (tmp_path / other).write_bytes(content)

    sentence = refused("plan", SAMPLE, "--at", "2026-11-22T18:00", "--history", tmp_path)

    assert sentence.startswith(f"{tmp_path / other}: ")
    assert "move it out of this folder" in sentence


def test_a_log_that_later_sessions_would_not_find_is_refused(tmp_path: Path) -> None:
    sentence = refused("go", broken(tmp_path, lambda plan: plan), "--log", tmp_path / "monday")

    assert "a log ends in .json, so that later sessions find it; name it monday.json." in sentence


@pytest.mark.parametrize(("key", "value"), [("good_for_days", 10**9), ("made_for", "9999-12-31")])
def test_a_day_in_a_plan_that_cannot_be_is_refused(tmp_path: Path, key: str, value: object) -> None:
    sentence = refused("session", broken(tmp_path, lambda plan: plan.update({key: value})))

    assert key in sentence
