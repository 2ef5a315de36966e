"""Which version of the figure this is, as part of its addresses, so that a browser may keep what it fetched."""

import hashlib
from functools import cache
from pathlib import Path

import supple
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.figure.pages import BODIES


@cache
def version() -> str:
    """Changes whenever a body or a motion does."""
    told = hashlib.sha256(supple.__version__.encode())
    for folder in (BODIES, CATALOGUE / "baked", CATALOGUE / "motions"):
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            told.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
    return told.hexdigest()[:12]
