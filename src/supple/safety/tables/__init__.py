"""The clinical tables as data, one TOML file per subject; wording and thresholds are changed there, never in code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml of this folder.

    >>> table("screening")["version"]
    '1.1'
    """
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
