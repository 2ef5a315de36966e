"""A safety table that is not as it should be is refused in one sentence: which file, which key, and the remedy."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

import supple.safety
from supple.catalogue import CatalogueError, load
from supple.safety.tables import NAMES, reading, table

Broken = Callable[[str, str, str], str]

BROKEN = {
    "a word of a condition": (
        "questions",
        'skip_when = { all = ["leg_weakness_new=no"] }',
        'skip_when = { al = ["leg_weakness_new=no"] }',
        "unknown key 'al'; did you mean 'all'?",
    ),
    "another word of a condition": (
        "tags",
        '{ any = ["hypermobility=yes", "hypermobility=unsure"] }',
        '{ anyy = ["hypermobility=yes", "hypermobility=unsure"] }',
        "'tags' entry 10: 'when': unknown key 'anyy'; did you mean 'any'?",
    ),
    "an empty condition": (
        "screening",
        '{ any = ["saddle_numbness=yes"] }',
        "{ }",
        "'RF01' has a condition that says nothing; it needs all, any or count.",
    ),
    "a condition that always holds": (
        "screening",
        '{ any = ["saddle_numbness=yes"] }',
        "{ all = [] }",
        "'RF01' has a condition with an empty list; write a comparison, or leave the part out.",
    ),
    "no condition at all": (
        "screening",
        '{ any = ["saddle_numbness=yes"] }',
        "[]",
        "'RF01' has an empty list of conditions; write one, or leave the key out.",
    ),
    "more to count than there is": ("screening", "n = 4", "n = 6", "'RF43' counts 6 of 5; write a smaller n."),
    "no comparison": ("screening", '"saddle_numbness=yes"', '"saddle_numbness"', "is no comparison; write key=value"),
    "a question that nobody asks": (
        "screening",
        '"weight_loss_unexplained=yes", "thoracic_band_pain=yes"] }',
        '"weight_los=yes", "thoracic_band_pain=yes"] }',
        "'RF30': no fact 'weight_los' is seen here; did you mean 'weight_loss_unexplained'?",
    ),
    "an answer that nobody can give": (
        "screening",
        '"saddle_numbness=yes"',
        '"saddle_numbness=yess"',
        "'RF01': 'saddle_numbness' is never 'yess'; did you mean 'yes'?",
    ),
    "a number in words": ("screening", '"age<16"', '"age<old"', "'RF37': 'age<old' needs a number; write one"),
    "words in order": (
        "screening",
        '"saddle_numbness=yes"',
        '"saddle_numbness>1"',
        "'saddle_numbness>1' compares words; write = or != between them.",
    ),
    "a verdict": ("screening", 'verdict = "emergency"', 'verdict = "see_doctor"', "unknown word 'see_doctor'; "),
    "a reason without words": (
        "screening",
        'reason = "cauda_equina"',
        'reason = "cauda_equine"',
        "'RF01': the reason 'cauda_equine' is not in [reasons] of words.toml; did you mean 'cauda_equina'?",
    ),
    "a rule without its source": (
        "screening",
        ', source = "Finucane 2020; GIRFT CES pathway 2023" }',
        " }",
        "'rules' entry 1: 'source' is missing; add a text.",
    ),
    "two rules of one id": (
        "screening",
        'id = "RF02"',
        'id = "RF01"',
        "'id' is 'RF01' twice; give one of them another.",
    ),
    "a verdict without its sentence": (
        "screening",
        "[verdicts.fine]",
        "[verdicts.go_gently.fine]",
        "'verdicts': 'go_gently': unknown key 'fine'",
    ),
    "a verdict that is left out": (
        "screening",
        '[verdicts.fine]\nplan = "full"\nshow = "You can start. Keep to comfortable ranges."\n'
        "offers_booking = true\noffers_video = true",
        "",
        "'verdicts': 'fine' is missing; add it.",
    ),
    "a rule that tags name": ("tags", '"rule=RF43"', '"rule=RF143"', "'rule' is never 'RF143'; did you mean 'RF43'?"),
    "a tag": ("tags", 'tag = "osteoporosis"', 'tag = "osteoporos"', "word 'osteoporos'; did you mean 'osteoporosis'?"),
    "a tag without a rule": (
        "tags",
        '    { tag = "age_65_plus", when = { all = ["age>=65"] } },\n',
        "",
        "'tags': 'age_65_plus' is missing; add it.",
    ),
    "a tag that limits": ("limits", 'tag = "osteoporosis"', 'tag = "osteoporos"', "did you mean 'osteoporosis'?"),
    "a limit": ("limits", "arc_percent_max", "arc_procent_max", "unknown key 'arc_procent_max'; did you mean"),
    "a limit that is out of bounds": (
        "limits",
        "arc_percent_max = 25",
        "arc_percent_max = 250",
        "a number from 0 to 100",
    ),
    "a limit of nothing": (
        "limits",
        '{ tag = "osteoporosis", arc_percent_max = 50 }',
        '{ tag = "osteoporosis" }',
        "'limits' entry 7 limits nothing; add arc_percent_max, hold_s_max, pause_s_max or say.",
    ),
    "a load": (
        "limits",
        '"lumbar_flexion>=2"',
        '"lumbar_flexon>=2"',
        "'limits' entry 1: 'when': no fact 'lumbar_flexon' is seen here; did you mean 'lumbar_flexion'?",
    ),
    "a limit of the session": (
        "limits",
        "warm_up_minutes",
        "warm_up_minuts",
        "'age_65_plus': unknown key 'warm_up_minuts'",
    ),
    "a stretch for the hands": (
        "limits",
        '"butterfly"',
        '"buterfly"',
        "'buterfly' is not in the catalogue; did you mean",
    ),
    "negative seconds": ("limits", "hold_s_max = 20", "hold_s_max = -20", "is -20; write a number from 0 to 3600."),
    "a kind of question": ("questions", 'kind = "number"', 'kind = "numbr"', "'numbr'; did you mean 'number'?"),
    "a key of a question": (
        "questions",
        'unit = "years"',
        'units = "years"',
        "unknown key 'units'; did you mean 'unit'?",
    ),
    "a number without a range": (
        "questions",
        'range = [0, 120], unit = "years"',
        'unit = "years"',
        "'age' is a number; give numbers alone a 'range'.",
    ),
    "a question that waits for a later one": (
        "questions",
        'skip_when = { all = ["leg_weakness_new=no"] }',
        'skip_when = { all = ["arm_weakness_new=no"] }',
        "'leg_weakness_progressive': 'skip_when': no fact 'arm_weakness_new' is seen here",
    ),
    "no source": ("gate", "source =", "sauce =", "unknown key 'sauce'; did you mean 'source'?"),
    "a pain with two gates": ("gate", "range = [5, 6]", "range = [4, 6]", "'gates' do not cover 0 to 10 once each"),
    "a stretch at ease": (
        "gate",
        "desk_lean = 10",
        "desk_lea = 10",
        "'desk_lea' is not in 'positions_of_ease'; did you",
    ),
    "a direction": (
        "direction",
        'worse = "both_sensitive"',
        'worse = "both_sensitiv"',
        "'table': 'worse': 'worse' has the unknown word 'both_sensitiv'; did you mean 'both_sensitive'?",
    ),
    "a load of a direction": (
        "direction",
        '["lumbar_flexion>=3"]',
        '["lumbar_bend>=3"]',
        "no fact 'lumbar_bend' is seen",
    ),
    "a colour": ("traffic_light", 'colour = "amber"', 'colour = "ambr"', "word 'ambr'; did you mean 'amber'?"),
    "what follows a red light": ("traffic_light", '"ask_red_flag_recheck"', '"ask_red_flag_rechek"', "did you mean"),
    "a light that may not be": (
        "traffic_light",
        "when = { all = [] }",
        'when = { all = ["rise<9"] }',
        "may find no row",
    ),
    "a day after": (
        "aftercare",
        'do = "flare_plan"',
        'do = "flareplan"',
        "word 'flareplan'; did you mean 'flare_plan'?",
    ),
    "a message of a claim that nobody knows": (
        "messages",
        'claim = "looser_then_further"',
        'claim = "looser_then_longer"',
        "'what_to_expect': the claim 'looser_then_longer' is not in claims.toml; did you mean 'looser_then_further'?",
    ),
    "a message of a claim that is hidden": (
        "messages",
        'claim = "looser_then_further"',
        'claim = "cure"',
        "'what_to_expect': the claim 'cure' is hidden; take it out, or another claim.",
    ),
    "a message without words": (
        "messages",
        'claim = "looser_then_further"',
        'say = ""',
        "'what_to_expect' says nothing; add 'say' or 'claim'.",
    ),
    "a message": ("messages", '"verdict=emergency"', '"verdict=emergenci"', "'verdict' is never 'emergenci'; did you"),
    "a precaution of the day that asks for more": (
        "precautions",
        'when = { all = ["pain_now>=5"] }',
        'when = { all = ["pain_now>=5", "age>=50"] }',
        "'strong_pain_now': 'when': no fact 'age' is seen here; write one of pain_now.",
    ),
    "a precaution": ("precautions", '"id=knee_rocks"', '"id=knee_rock"', "'id' is never 'knee_rock'; did you mean"),
    "a precaution against nothing": (
        "precautions",
        'as_tag = "recent_spine_surgery"\n',
        "",
        "needs either 'leaves_out' or",
    ),
    "a tag of the population": (
        "population",
        "[osteoporosis]",
        "[osteoporos]",
        "the unknown word 'osteoporos'; did you",
    ),
    "a fact of the population": (
        "population",
        '"lumbar_flexion>=3"',
        '"lumbar_flexon>=3"',
        "'flexion_sensitive': 'exclude' entry 1: no fact 'lumbar_flexon' is seen here; did you mean 'lumbar_flexion'?",
    ),
    "a line that changes for nobody and everybody": (
        "population",
        ', all = ["lumbar_flexion>=3"] }',
        " }",
        "'exclude' entry 1 has a condition that says nothing; it needs all, any or count.",
    ),
    "days between steps": ("progression", "hypermobility = 14", "hypermobil = 14", "word 'hypermobil'; did you mean"),
    "an age": ("dosage", "[hold_s_by_age.65_plus]", "[hold_s_by_age.65_pls]", "word '65_pls'; did you mean '65_plus'?"),
    "a pattern": ("forms", "'only after clinician advice'", "'only after ('", "'only after (', no pattern ("),
    "a stretch that speaks": ("spoken", 'stretch = "desk_lean"', 'stretch = "desk_lea"', "did you mean 'desk_lean'?"),
    "a step that is not there": (
        "spoken",
        'stretch = "desk_lean"\nsteps = [1]',
        'stretch = "desk_lean"\nsteps = [9]',
        "names a step that desk_lean does not have; count from 1.",
    ),
    "for whom it speaks": (
        "spoken",
        '"setting=wall"',
        '"setting=wal"',
        "'setting' is never 'wal'; did you mean 'wall'?",
    ),
    "a precaution that speaks": (
        "spoken",
        "precaution=perhaps_chest_surgery",
        "precaution=perhaps_chest_surgry",
        "did you mean 'perhaps_chest_surgery'?",
    ),
    "a question without its short words": (
        "before_session",
        'bladder_change = "trouble with peeing"\n',
        "",
        "'short': 'bladder_change' is missing; add it.",
    ),
    "a part whose nerves answer": (
        "traffic_light",
        '"region=calves"',
        '"region=calfs"',
        "'nerve': 'low_back_and_leg': 'hurt_in': 'region' is never 'calfs'; did you mean 'calves'?",
    ),
    "whom a pain sends home": (
        "traffic_light",
        'whom = { any = ["tag=hip_replacement"] }',
        'whom = { any = ["tag=hip_replacment"] }',
        "'ends_session': 'new_joint': 'whom': 'tag' is never 'hip_replacment'; did you mean 'hip_replacement'?",
    ),
    "a grave pain without its words": (
        "traffic_light",
        'told = "sharp or strong pain in a stretch, with a replaced hip"',
        "",
        "'new_joint': 'told' goes with 'verdict'; write both, or neither.",
    ),
    "changes that are said together": (
        "forms",
        'say = "seated if unsure on the feet;',
        'say = "sit if unsure on the feet;',
        "lacks 'seated if unsure on the feet'; say all that it stands for.",
    ),
    "a country": ("emergency_numbers", "GB = {", "Gb = {", "'Gb' is no country; write its two capital letters."),
    "a place": (
        "words",
        'wall = "a wall"',
        'wal = "a wall"',
        "'settings' has the unknown word 'wal'; did you mean 'wall'?",
    ),
}


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    """What is said of a table in which one text is replaced by another."""
    with as_file(files(supple.safety)) as folder:
        shutil.copytree(folder, tmp_path / "safety", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    tables = tmp_path / "safety/tables"
    monkeypatch.setattr(reading, "FOLDER", tables)

    def said(name: str, right: str, wrong: str) -> str:
        file = (tables.parent if name == "population" else tables) / f"{name}.toml"
        text = file.read_text(encoding="utf-8")
        assert right in text
        file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        forget()
        with pytest.raises(CatalogueError) as caught:
            table(name)
        return str(caught.value)

    forget()
    yield said
    forget()


def forget() -> None:
    """Read every table anew."""
    table.cache_clear()
    reading.shaped.cache_clear()


@pytest.mark.parametrize(("name", "right", "wrong", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_misspelt_or_missing_is_named_with_its_remedy(
    broken: Broken, name: str, right: str, wrong: str, message: str
) -> None:
    said = broken(name, right, wrong)

    assert message in said
    assert re.match(rf"{name}\.toml(: | has )", said)
    assert said.endswith((".", "?"))
    assert "\n" not in said


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_no_toml_is_named_with_its_line(broken: Broken, name: str) -> None:
    said = broken(name, "\n", "\n[[[\n")

    assert re.fullmatch(rf"{name}\.toml: this is not whole TOML \(.* line \d+, .*\); mend that line\.", said)


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_no_table_has_is_refused_in_every_one(broken: Broken, name: str) -> None:
    assert "colour_of_the_mat" in broken(name, "\n", "\ncolour_of_the_mat = 3\n")


@pytest.mark.parametrize("name", sorted({*NAMES} - {"population", "screening"}))  # these name one in every rule
def test_a_table_without_its_source_is_refused(broken: Broken, name: str) -> None:
    assert broken(name, "\nsource = ", "\n# ") == f"{name}.toml: 'source' is missing; add a text."


def test_reading_every_table_takes_a_moment_only() -> None:
    load()
    forget()
    began = time.process_time()

    for name in NAMES:
        table(name)

    assert time.process_time() - began < 0.5  # about 0.05 s here; ten times that on a busy or slow machine
