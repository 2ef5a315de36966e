"""Machine code kept on disk is never older than the text it was made from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from supple.figure import compiled

INNER = "from compiled import woven\n\n@woven\ndef inner(x):\n    return x + {}\n"
OUTER = "from compiled import compiled\nfrom inner import inner\n\n@compiled\ndef outer(x):\n    return inner(x)\n"


def said(folder: Path) -> str:
    """What the kernel gives for 40, in a fresh process, and how often it found itself on disk."""
    code = "from outer import outer; print(outer(40), sum(outer.stats.cache_hits.values()))"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_kernel_is_made_anew_when_one_that_it_contains_changes(tmp_path: Path) -> None:
    shutil.copy(compiled.__file__, tmp_path / "compiled.py")
    (tmp_path / "outer.py").write_text(OUTER)
    (tmp_path / "inner.py").write_text(INNER.format(1))
    first, again = said(tmp_path), said(tmp_path)

    (tmp_path / "inner.py").write_text(INNER.format(2))
    os.utime(tmp_path / "inner.py", (0, 0))  # as after an upgrade, whose files all bear one date

    assert (first.split(), again.split()) == (["41", "0"], ["41", "1"])
    assert said(tmp_path).split() == ["42", "0"]
