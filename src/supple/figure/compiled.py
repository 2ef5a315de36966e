"""How a loop over pixels or vertices becomes fast: one typed door to numba, used by every kernel of the figure.

A kernel contains the kernels it calls, also those of other files, but numba looks only at a kernel's own file to tell
whether what it kept on disk is stale. Here the text of every file with kernels decides.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int32]
Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """`function` as machine code that lets other threads run; compiled at its first call and kept on disk."""
    return cast(Kernel, _machine_code(function, forceinline=False))


def woven(function: Kernel) -> Kernel:
    """Like `compiled`, for a part of a kernel's innermost loop: its code is put where it is called."""
    return cast(Kernel, _machine_code(function, forceinline=True))


def _machine_code(function: Callable[..., object], *, forceinline: bool) -> object:
    # numpy's error model: a division by zero gives infinity and no branch, which halves the time of shading.
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": forceinline}
    try:
        kernel = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no folder that may be written to: each process compiles for itself
        return numba.njit(**options)(function)
    kernel._cache._cache_file._source_stamp = _texts()
    return kernel


@cache
def _texts() -> str:
    texts = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    return sha256(b"".join(text for text in texts if b"@compiled" in text or b"@woven" in text)).hexdigest()
