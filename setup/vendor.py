"""Copies what the viewer needs of three.js out of node_modules, with its licence, each file checked by its hash.

Browsers read bare names such as 'three' only with an import map; the copies name each other by relative paths, so that
a page needs none and its content policy may stay strict.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "three"
VENDOR = ROOT / "src" / "supple" / "figure" / "viewer" / "vendor"
VERSION = "0.187.0"
FILES = {  # where it comes from, where it goes, and the hash of the original
    "build/three.module.js": (
        "three.module.js",
        "104f56145899722094556490d787aae0617cc2fc3382f31df02d724ea1aee341",
    ),
    "build/three.core.js": (
        "three.core.js",
        "613e370f76638fdef83926642bf256dc9615684922de1ce1f63a8583e5d78578",
    ),
    "examples/jsm/loaders/GLTFLoader.js": (
        "loaders/GLTFLoader.js",
        "532ac726e120039acbcd6cf54328c57acbf7b438176afaa6951257126d11bff1",
    ),
    "examples/jsm/controls/OrbitControls.js": (
        "controls/OrbitControls.js",
        "e7fca2fe9e7670a828af9b28084669a5909445b7f36f1f26cee9bf8f2961c32c",
    ),
    "examples/jsm/utils/BufferGeometryUtils.js": (
        "utils/BufferGeometryUtils.js",
        "7bda2a8ba836b2bcf67cb938d4b9e1bb5d1b1bc616817103ed858c0b58296ce7",
    ),
    "examples/jsm/utils/SkeletonUtils.js": (
        "utils/SkeletonUtils.js",
        "b1632a703206c3d830de9fcbe515696770d04b71a15ee6b50afa6d2c3298c86f",
    ),
    "LICENSE": ("LICENSE", "8b378ebe60e2fe500158cb0ac71cb5e8b7d92953c2abcc63a0eb90499653b5bc"),
}
BARE = re.compile(r"^((?:import|export)\s[^;]*?\bfrom|\}\s*from)\s*'three';", re.MULTILINE)


class VendorError(RuntimeError):
    """A file is not the one that was chosen."""


def bring(source: Path = SOURCE, vendor: Path = VENDOR) -> None:
    """Writes the copies anew; raises VendorError and leaves nothing half-written."""
    texts = {to: _rewritten(_checked(source / name, known), to) for name, (to, known) in FILES.items()}
    shutil.rmtree(vendor, ignore_errors=True)
    for to, text in texts.items():
        (vendor / to).parent.mkdir(parents=True, exist_ok=True)
        (vendor / to).write_text(text, encoding="utf-8")


def _checked(file: Path, known: str) -> str:
    if not file.is_file():
        raise VendorError(f"{file.name} of three {VERSION} is missing: remove node_modules, then make setup.")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != known:
        raise VendorError(f"{file.name} is not that of three {VERSION}; write the new hashes into setup/vendor.py.")
    return content.decode("utf-8")


def _rewritten(text: str, to: str) -> str:
    return BARE.sub(rf"\1 '{'../' if '/' in to else './'}three.module.js';", text)


if __name__ == "__main__":
    try:
        bring()
    except VendorError as error:
        sys.exit(str(error))
