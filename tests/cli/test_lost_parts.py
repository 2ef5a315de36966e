"""A plan or a log that has lost any part of itself is refused by that part's name; nothing is ever guessed."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from supple import shapes
from supple.anatomy import Side
from supple.cli.logs import read_log
from supple.cli.plans import read_plan
from supple.files import FileError
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Hurt, Log, Recheck
from tests.people import EVENING, after, done, planned, vignette

Path_ = tuple[str | int, ...]
WAS = vignette("V07", 8, at=EVENING - timedelta(days=2))
PLAN = planned(
    vignette(
        "V07",
        12,
        past=done(planned(WAS), EVENING - timedelta(days=2)) + after(EVENING - timedelta(days=1), Outcome.FLARE_PLAN),
        at=EVENING,
    )
)
LOG = Log(
    EVENING,
    2,
    entries=(Entry("cat_camel", Side.NONE, EVENING, 20, Ending.DONE),),
    hurts=(Hurt(EVENING, "cat_camel", Side.NONE, 2, 5, Quality.ACHE, "T5", Colour.AMBER),),
    rest=PLAN,
    rechecks=(Recheck(EVENING, "W5", "faint"), Recheck(EVENING, "W3", "weakness", Verdict.SAME_DAY)),
    legs=(LegResponse.UNCHANGED,),
)


def parts(data: object, where: Path_ = ()) -> Iterator[Path_]:
    """Where every key lies whose table is a value of ours: not those that a person's body or stretches name."""
    if isinstance(data, list) and data:
        yield from parts(data[0], (*where, 0))
    if isinstance(data, dict):
        for key, item in data.items():
            if not where or where[-1] not in FREE:
                yield (*where, key)
            yield from parts(item, (*where, key))


FREE = ("done_today_s", "room_s", "resting", "dropped", "easy")  # a group or stretch that is not in it is a fact too
WHOLE = {"plan": shapes.plain(PLAN), "log": shapes.plain(LOG)}
EVERY = [(kind, part) for kind, whole in WHOLE.items() for part in parts(whole)]


def without(kind: str, part: Path_) -> dict[str, Any]:
    """The plan or log as it is written, without one key."""
    whole: dict[str, Any] = copy.deepcopy(WHOLE[kind])
    table: Any = whole
    for step in part[:-1]:
        table = table[step]
    del table[part[-1]]
    return whole


@pytest.mark.parametrize(("kind", "part"), EVERY, ids=[f"{kind} {'.'.join(map(str, part))}" for kind, part in EVERY])
def test_what_is_missing_is_named_with_its_file_and_the_remedy(kind: str, part: Path_, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.json"
    file.write_text(json.dumps(without(kind, part)), encoding="utf-8")
    read = read_plan if kind == "plan" else read_log

    with pytest.raises(FileError) as refused:
        read(file)

    sentence = str(refused.value)
    assert sentence.startswith(f"{file}: ")
    marked = part in (("steps",), ("started",))
    assert marked or f"'{part[-1]}' is missing" in sentence or part == ("version",)
    assert "supple plan" in sentence or "move it out of this folder" in sentence or "folder of logs" in sentence


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_is_read(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.json"
    file.write_text(json.dumps(WHOLE[kind]), encoding="utf-8")

    assert read_plan(file) == PLAN if kind == "plan" else read_log(file).entries[0].stretch == "cat_camel"


def test_a_muscle_group_without_its_room_is_named(tmp_path: Path) -> None:
    whole = copy.deepcopy(WHOLE["plan"])
    del whole["background"]["room_s"]["neck"]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(whole), encoding="utf-8")

    with pytest.raises(FileError, match="room_s: a muscle group is missing; make the plan again with supple plan"):
        read_plan(file)


@pytest.mark.parametrize("key", ["tags", "direction", "verdict", "minutes"])
def test_a_plan_that_does_not_agree_with_its_limits_is_refused(key: str, tmp_path: Path) -> None:
    other = {"tags": ["osteoporosis"], "direction": "both_sensitive", "verdict": "go_gently", "minutes": 13}
    whole = copy.deepcopy(WHOLE["plan"]) | {key: other[key]}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(whole), encoding="utf-8")

    with pytest.raises(FileError, match=f"{key}: "):
        read_plan(file)
