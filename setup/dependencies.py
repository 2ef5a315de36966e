"""Writes docs/reference/dependencies.md: every package that `make setup` brings, why, and under which licence.

The lock files say what is brought and by whom; the licence is what the installed package declares of itself, and for
one that this Python does not need what the page has of it already.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "dependencies.md"
HEAD = """\
# What Supple is built on

Written by `make docs` from the two lock files; a test keeps it current. Supple's own code is under Apache-2.0,
and its core needs the Python standard library alone.

"needed by" names what asks for a package: `extra` is one of Supple's extras, such as the command line, the figure and
the film (`pip install supple[cli,figure,video]`); `test`, `check` and `build` are for work on Supple alone.

The clips of the voice were spoken by SVOX Pico through ttspico (`setup/voice.lock`), both under Apache-2.0; who plays
them needs neither.
"""
USES = {"": "extra", ":test": "test", ":check": "check", ":build": "build"}
CLASSIFIER = "License :: OSI Approved :: "
SPDX = {  # what classifiers and old metadata call them
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    needed_by: tuple[str, ...]
    licence: str


def page() -> str:
    return "\n".join(
        [
            HEAD,
            *table("Python packages", python_packages(), "requirements.lock"),
            "",
            *table("Browser packages", node_packages(), "package-lock.json"),
            "",
        ]
    )


def table(title: str, packages: list[Package], lock: str) -> list[str]:
    rows = [f"| {p.name} | {p.version} | {', '.join(p.needed_by)} | {p.licence} |" for p in packages]
    return [f"## {title} (`{lock}`)", "", "| package | version | needed by | licence |", "|---|---|---|---|", *rows]


def python_packages() -> list[Package]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", lock.strip())
    return [python_package(entry) for entry in entries]


def python_package(entry: str) -> Package:
    """One entry of the lock: its pin, its hashes, and the `# via` lines that say who needs it."""
    name, version = entry.split(maxsplit=1)[0].split("==")
    via = re.findall(r"^ +# +(?:via )?([^\s(]+)(?: \(pyproject\.toml(:\w+)?\))?$", entry, flags=re.MULTILINE)
    needed_by = [USES[use] if who == "supple" else who for who, use in via if who != "via"]
    asked_here = Requirement(entry.partition("\\")[0]).marker
    here = asked_here is None or asked_here.evaluate()
    return Package(name, version, tuple(sorted(set(needed_by))), licence(name) if here else licence_listed(name))


def licence_listed(name: str) -> str:
    """As the page has it, written with a Python that needs the package."""
    found = re.search(rf"^\| {re.escape(name)} \|.* \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise LookupError(f"{name} is not on the page, and not for this Python; run `make docs` with Python 3.11.")
    return found[1]


def licence(name: str) -> str:
    """As the package declares it: an SPDX expression, or else its classifiers, or else the first line of its text."""
    declared = metadata.metadata(name)
    expression = declared.get_all("License-Expression") or []
    classified = [c.removeprefix(CLASSIFIER) for c in declared.get_all("Classifier") or [] if c.startswith(CLASSIFIER)]
    text = [text.strip().split("\n")[0] for text in declared.get_all("License") or []]
    words = expression or classified or text or ["not declared"]
    return " OR ".join(SPDX.get(word, word) for word in words)


def node_packages() -> list[Package]:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        Package(path.split("node_modules/")[-1], entry["version"], (use(entry),), entry.get("license", "not declared"))
        for path, entry in sorted(locked.items())
        if path
    ]


def use(entry: dict[str, object]) -> str:
    return "test" if entry.get("dev") else "web"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
