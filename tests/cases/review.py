"""Writes what was reviewed of a stretch into the two case files, so that its words and numbers can no longer change unseen.

Run it when a clinician has read the stretch, never to make a test pass: .venv/bin/python tests/cases/review.py soleus_wall
"""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from supple.catalogue import Stretch, load
from supple.safety.population import changed, excluded
from supple.shapes import plain

HERE = Path(__file__).parent
NOT_REVIEWED = {"source", "changes", "also"}  # what population.json holds, or what names the review itself


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


def main(names: list[str]) -> None:
    stretches = [load().stretch(name) for name in names]
    write("catalogue_words.json", {stretch.id: words(stretch) for stretch in stretches}, a_line_each)
    write("population.json", {stretch.id: people(stretch) for stretch in stretches}, indented)


def write(file: str, reviewed: dict[str, Any], layout: Callable[[dict[str, Any]], str]) -> None:
    """The case file with these entries in it; an entry that already says the same stays as it stands."""
    held = json.loads((HERE / file).read_text(encoding="utf-8"))
    held |= {name: entry for name, entry in plain(reviewed).items() if held.get(name) != entry}
    (HERE / file).write_text(layout(dict(sorted(held.items()))) + "\n", encoding="utf-8")


def a_line_each(held: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in held.items()) + "\n}"


def indented(held: dict[str, Any]) -> str:
    return json.dumps(held, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1:])
