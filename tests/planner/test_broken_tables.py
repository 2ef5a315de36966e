"""A table of the planner that is not as it should be is refused in one sentence: which file, which key, the remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from supple.catalogue import CatalogueError
from supple.planner import benefit, timing

BENEFIT = {
    "a muscle group": ("neck = 10", "nek = 10", "'regions': 'neck' has the unknown word 'nek'; did you mean 'neck'?"),
    "a group of a goal": (
        "chest = 4, back",
        "chst = 4, back",
        "'weights' has the unknown word 'chst'; did you mean 'chest'?",
    ),
    "a weight too large": ("neck = 10", "neck = 11", "'neck': 'neck' is 11; write a number from 0 to 10."),
    "a weight below nothing": ("neck = 10", "neck = -1", "'neck': 'neck' is -1; write a number from 0 to 10."),
    "a weight of a goal": ("shoulders = 12", "shoulders = 13", "'shoulders' is 13; write a number from 0 to 12."),
    "a weight in words": ("neck = 10", 'neck = "much"', "'neck': 'neck' is 'much'; write a whole number."),
    "a region": ("[regions.neck]", "[regions.nek]", "'regions' has the unknown word 'nek'; did you mean 'neck'?"),
    "a goal": ("[goals.feel_better]", "[goals.feel_beter]", "'goals' has the unknown word 'feel_beter'; did you mean"),
    "a goal that is left out": (
        '[goals.feel_better]\nsource = "seed line S2"\n',
        "",
        "'goals': 'feel_better' is missing",
    ),
    "what is worth besides": ("preferred_kind = 4", "prefered_kind = 4", "unknown key 'prefered_kind'; did you mean"),
    "negative seconds": ("full_s = 120", "full_s = -120", "'full_s' is -120; write a number from 0 to 3600."),
    "no source": ("source = ", "# ", "benefit.toml: 'source' is missing; add a text."),
    "no toml": ("\n", "\n[[[\n", "this is not whole TOML"),
}
TIMING = {
    "a time": ("way_down_s", "way_dwn_s", "timing.toml: unknown key 'way_dwn_s'; did you mean 'way_down_s'?"),
    "a time that is left out": ("way_down_s = 10\n", "", "timing.toml: 'way_down_s' is missing; add a whole number."),
    "negative seconds": ("way_down_s = 10", "way_down_s = -10", "'way_down_s' is -10; write a number from 0 to 3600."),
    "a position": ('"kneeling", "half', '"kneling", "half', "'order' has the unknown word 'kneling'; did you mean"),
    "a position that is left out": (
        '"kneeling", "half',
        '"half',
        "timing.toml: 'order': 'kneeling' is missing; add it.",
    ),
    "a position twice": (
        '"kneeling", "half',
        '"kneeling", "kneeling", "half',
        "'order' has a position twice; keep one",
    ),
    "what is upright": (
        'upright = ["standing", ',
        "upright = [",
        "'upright' is not how 'order' begins; let both",
    ),
    "no source": ("source = ", "# ", "timing.toml: 'source' is missing; add a text."),
    "no toml": ("\n", "\n[[[\n", "this is not whole TOML"),
}


def said(load: Callable[[], object], file: Path, right: str, wrong: str) -> str:
    """What is said of the file in which one text is replaced by another."""
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load()
    return str(caught.value)


@pytest.mark.parametrize(("right", "wrong", "message"), BENEFIT.values(), ids=BENEFIT)
def test_what_is_wrong_with_a_weight_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, message: str
) -> None:
    file = tmp_path / "benefit.toml"
    file.write_bytes(benefit.FILE.read_bytes())
    monkeypatch.setattr(benefit, "FILE", file)

    sentence = said(benefit.load_benefit.__wrapped__, file, right, wrong)

    assert sentence.startswith("benefit.toml")
    assert message in sentence


@pytest.mark.parametrize(("right", "wrong", "message"), TIMING.values(), ids=TIMING)
def test_what_is_wrong_with_a_time_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, message: str
) -> None:
    file = tmp_path / "timing.toml"
    file.write_bytes(timing.FILE.read_bytes())
    monkeypatch.setattr(timing, "FILE", file)

    sentence = said(timing.load_timing.__wrapped__, file, right, wrong)

    assert sentence.startswith("timing.toml")
    assert message in sentence
