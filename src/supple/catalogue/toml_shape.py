"""A hand-written TOML file as a value, with errors that name the file, the key and the remedy in one sentence."""

import tomllib
import typing
from pathlib import Path

from supple import shapes
from supple.shapes import ShapeError

Value = typing.TypeVar("Value")


class CatalogueError(ValueError):
    """A data file of Supple cannot be used as it is."""


def table(file: Path) -> dict[str, typing.Any]:
    """The keys of `file`; raises CatalogueError where it is no TOML or cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file.name}: this is not whole TOML ({error}); mend that line.") from error
    except OSError as error:
        raise CatalogueError(
            f"{file.name}: cannot be read ({error.strerror}); put it back in {file.parent}."
        ) from error


def value(shape: type[Value], data: object, *, place: str) -> Value:
    """`data` as a value of type `shape`; raises CatalogueError that begins with `place`."""
    try:
        return shapes.build(shape, data, place=place, defaults=True)
    except ShapeError as error:
        raise CatalogueError(str(error)) from None


def complete(given: typing.Collection[str], words: typing.Collection[str], where: str) -> None:
    """Raises CatalogueError that begins with `where` unless `given` has just these words, in whatever order."""
    try:
        shapes.complete(given, words, where)
    except ShapeError as error:
        raise CatalogueError(str(error)) from None
