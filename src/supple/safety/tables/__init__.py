"""The clinical tables as data, one TOML file per subject; wording and thresholds are changed there, never in code."""

from functools import cache
from typing import Any

from supple.safety.tables.checks import check
from supple.safety.tables.reading import SHAPES, shaped

NAMES = tuple(SHAPES)


@cache
def table(name: str) -> dict[str, Any]:
    """The keys of `name`.toml, checked; raises CatalogueError that names the file, the key and the remedy.

    >>> table("screening")["version"]
    '1.1'
    """
    check(name)
    return shaped(name).keys
