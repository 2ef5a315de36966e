"""Copies what the pages need out of node_modules, with its licence, each file checked by its hash (`vendor.json`).

Browsers read bare names such as 'three' only with an import map; the copies name each other by relative paths, so that
a page needs none and its content policy may stay strict.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
CHOSEN = json.loads((Path(__file__).with_name("vendor.json")).read_text(encoding="utf-8"))
BARE = re.compile(r"^((?:import|export)\s[^;]*?\bfrom|\}\s*from)\s*'three';", re.MULTILINE)


class VendorError(RuntimeError):
    """A file is not the one that was chosen."""


def bring(modules: Path = MODULES, root: Path = ROOT) -> None:
    """Writes the copies anew; raises VendorError and leaves nothing half-written."""
    for chosen in CHOSEN:
        source = modules / chosen["package"]
        texts = {to: _checked(source / name, known, chosen) for name, (to, known) in chosen["files"].items()}
        vendor = root / chosen["into"]
        shutil.rmtree(vendor, ignore_errors=True)
        for to, text in texts.items():
            (vendor / to).parent.mkdir(parents=True, exist_ok=True)
            (vendor / to).write_text(_rewritten(text, to), encoding="utf-8")


def is_there(root: Path = ROOT) -> bool:
    """Whether every copy lies in its place."""
    return all((root / chosen["into"] / to).is_file() for chosen in CHOSEN for to, _ in chosen["files"].values())


def _checked(file: Path, known: str, chosen: dict[str, Any]) -> str:
    what = f"{chosen['package']} {chosen['version']}"
    if not file.is_file():
        raise VendorError(f"{file.name} of {what} is missing: remove node_modules, then make setup.")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != known:
        raise VendorError(f"{file.name} is not that of {what}; write the new hash into setup/vendor.json.")
    return content.decode("utf-8")


def _rewritten(text: str, to: str) -> str:
    return BARE.sub(rf"\1 '{'../' if '/' in to else './'}three.module.js';", text)


if __name__ == "__main__":
    try:
        bring()
    except VendorError as error:
        sys.exit(str(error))
