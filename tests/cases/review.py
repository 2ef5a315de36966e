"""Writes what was reviewed of a stretch into the two case files, so that its words and numbers cannot change unseen.

Run it when a clinician has read the stretch, never to make a test pass: python tests/cases/review.py soleus_wall
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from supple.catalogue import Stretch, load
from supple.safety.population import changed, excluded
from supple.shapes import plain

WORDS = Path(__file__).with_name("catalogue_words.json")
PEOPLE = Path(__file__).with_name("population.json")
NOT_REVIEWED = {
    "source",
    "changes",
    "replaced_steps",
    "also",
}  # what population.json holds, or what names the review itself


def words(stretch: Stretch) -> dict[str, str]:
    """A digest of every part of the stretch."""
    return {part: digest(whole(value)) for part, value in plain(stretch).items() if part not in NOT_REVIEWED}


def people(stretch: Stretch) -> dict[str, Any]:
    """For whom the stretch is left out or changed."""
    return {"exclude": sorted(excluded(stretch)), "change": dict(sorted(changed(stretch).items()))}


def digest(part: Any) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def whole(part: Any) -> Any:
    """Whole numbers as whole numbers, so that 10 and 10.0 are one."""
    if isinstance(part, dict):
        return {key: whole(item) for key, item in part.items()}
    if isinstance(part, list):
        return [whole(item) for item in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part


def reviewed(names: list[str]) -> dict[Path, str]:
    """The case files as they are with these stretches in them."""
    stretches = [load().stretch(name) for name in names]
    return {
        WORDS: a_line_each(with_entries(WORDS, {stretch.id: words(stretch) for stretch in stretches})),
        PEOPLE: indented(with_entries(PEOPLE, {stretch.id: people(stretch) for stretch in stretches})),
    }


def with_entries(file: Path, entries: dict[str, Any]) -> dict[str, Any]:
    """What the file holds with these entries; an entry that already says the same stays as it stands."""
    held: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    held |= {name: entry for name, entry in plain(entries).items() if held.get(name) != entry}
    return dict(sorted(held.items()))


def a_line_each(held: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in held.items()) + "\n}\n"


def indented(held: dict[str, Any]) -> str:
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for file, text in reviewed(sys.argv[1:]).items():
        file.write_text(text, encoding="utf-8")
