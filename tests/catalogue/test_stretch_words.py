"""Every sentence and number of the catalogue is the one that was clinically reviewed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from supple.catalogue import Stretch, load
from supple.shapes import plain

REVIEWED: dict[str, dict[str, str]] = json.loads((Path(__file__).parents[1] / "cases/catalogue_words.json").read_text())


def test_all_reviewed_stretches_are_there_and_no_others() -> None:
    assert list(load().stretches) == sorted(REVIEWED)


@pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)
def test_words_and_numbers_are_those_of_the_clinical_source(stretch: Stretch) -> None:
    parts = _whole_numbers(plain(stretch))

    different = [part for part, digest in REVIEWED[stretch.id].items() if _digest(parts[part]) != digest]

    assert different == []


@pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)
def test_no_part_but_source_and_population_is_outside_the_review(stretch: Stretch) -> None:
    assert set(plain(stretch)) - set(REVIEWED[stretch.id]) == {"source", "changes", "replaced_steps", "also"}


def _digest(part: Any) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _whole_numbers(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _whole_numbers(item) for key, item in part.items()}
    if isinstance(part, list):
        return [_whole_numbers(item) for item in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part
