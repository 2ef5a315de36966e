"""How a loop over pixels or vertices becomes fast: one typed door to numba, used by every kernel of the figure."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int32]
Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """`function` as machine code that lets other threads run; compiled at its first call and kept on disk."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def woven(function: Kernel) -> Kernel:
    """Like `compiled`, for a part of a kernel's innermost loop: its code is put where it is called."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function))
