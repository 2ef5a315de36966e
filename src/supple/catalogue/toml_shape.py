"""A hand-written TOML file as a value, with errors that name the file, the key and the remedy in one sentence."""

import difflib
import enum
import tomllib
import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path

from supple.catalogue.stretch import Between

Value = typing.TypeVar("Value")
Word = typing.TypeVar("Word", bound=enum.Enum)

ASKED_FOR = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


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
    """`data` as a value of type `shape`; raises CatalogueError that begins with `place`.

    >>> value(Between, {"low": 1}, place="bounds.toml")
    Traceback (most recent call last):
    supple.catalogue.toml_shape.CatalogueError: bounds.toml: 'high' is missing; add a number.
    """
    if typing.get_origin(shape) is dict:
        return typing.cast(Value, _entries(typing.get_args(shape), _expect(dict, data, place), place))
    return typing.cast(Value, _record(shape, _expect(dict, data, place), place))


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """What to write instead of `word`: the nearest of `known`, or all of them where none is near.

    >>> nearest("sofa", ["floor", "wall"]), nearest("flor", ["floor", "wall"])
    ('write one of floor, wall', "did you mean 'floor'?")
    """
    choices = list(known)
    near = difflib.get_close_matches(word, choices, n=1) or [choice for choice in choices if word and word in choice]
    return f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(choices)}"


def word_of(words: type[Word], word: str, where: str) -> Word:
    """The member of `words` that is written `word`; raises CatalogueError that begins with `where`."""
    try:
        return words(word)
    except ValueError:
        remedy = nearest(word, [str(member.value) for member in words])
        raise CatalogueError(_end(f"{where} has the unknown word '{word}'; {remedy}")) from None


def complete(given: typing.Collection[str], words: typing.Collection[str], where: str) -> None:
    """Raises CatalogueError that begins with `where` unless `given` has just these words, in whatever order."""
    for word in given:
        if word not in words:
            raise CatalogueError(_end(f"{where} has the unknown word '{word}'; {nearest(word, words)}"))
    for word in words:
        if word not in given:
            raise CatalogueError(f"{where}: '{word}' is missing; add it.")


@cache
def fields_of(shape: type) -> dict[str, tuple[Field[typing.Any], typing.Any]]:
    """Each field of a dataclass by name, with its type and bounds."""
    hints = typing.get_type_hints(shape, include_extras=True)
    return {entry.name: (entry, hints[entry.name]) for entry in fields(shape)}


def may_be_left_out(entry: Field[typing.Any]) -> bool:
    """Whether the file need not have this key."""
    return entry.default is not MISSING or entry.default_factory is not MISSING


def record_for(shapes: tuple[type, ...], keys: typing.Iterable[str]) -> type:
    """The dataclass among `shapes` that has most of `keys`."""
    return max(shapes, key=lambda shape: len(set(keys) & set(fields_of(shape))))


def _record(shape: type, data: dict[str, typing.Any], place: str) -> object:
    known = fields_of(shape)
    for key in data:
        if key not in known:
            raise CatalogueError(_end(f"{place}: unknown key '{key}'; {nearest(key, known)}"))
    for name, (entry, hint) in known.items():
        if name not in data and not may_be_left_out(entry):
            raise CatalogueError(f"{place}: '{name}' is missing; add {_wanted(hint)}.")
    return shape(**{key: _build(known[key][1], item, place, key) for key, item in data.items()})


def _build(hint: typing.Any, data: typing.Any, place: str, key: str) -> object:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    where = f"{place}: '{key}'"
    if origin is typing.Annotated:
        return _bounded(_build(arguments[0], data, place, key), arguments[1], where)
    if origin in (typing.Union, types.UnionType):
        return _one_of(tuple(part for part in arguments if part is not type(None)), data, place, key)
    if origin is tuple:
        return _several(arguments, _expect(list, data, where), place, key)
    if origin is dict:
        return _entries(arguments, _expect(dict, data, where), where)
    if is_dataclass(hint):
        return _record(typing.cast(type, hint), _expect(dict, data, where), where)
    if issubclass(hint, enum.Enum):
        return word_of(hint, _expect(str, data, where), where)
    return _expect(hint, data, where)


def _entries(arguments: tuple[typing.Any, ...], data: dict[str, typing.Any], place: str) -> dict[typing.Any, object]:
    names, items = arguments
    return {
        name if names is str else word_of(names, name, place): _build(items, item, place, name)
        for name, item in data.items()
    }


def _one_of(shapes: tuple[typing.Any, ...], data: typing.Any, place: str, key: str) -> object:
    fitting = [shape for shape in shapes if isinstance(data, _written_as(shape))] if len(shapes) > 1 else list(shapes)
    if not fitting:
        wanted = " or ".join(dict.fromkeys(ASKED_FOR[_written_as(shape)] for shape in shapes))
        raise CatalogueError(f"{place}: '{key}' is {data!r}; write {wanted}.")
    return _build(record_for(tuple(fitting), data) if len(fitting) > 1 else fitting[0], data, place, key)


def _written_as(hint: typing.Any) -> type:
    """What a value of this type is in the file: a table, a list, or the plain type itself."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _written_as(typing.get_args(hint)[0])
    if origin in (tuple, dict):
        return list if origin is tuple else dict
    return dict if is_dataclass(hint) else str if issubclass(hint, enum.Enum) else hint


def _several(arguments: tuple[typing.Any, ...], data: list[typing.Any], place: str, key: str) -> tuple[object, ...]:
    if Ellipsis not in arguments and len(data) != len(arguments):
        raise CatalogueError(f"{place}: '{key}' has {len(data)} parts; write {len(arguments)}.")
    if isinstance(arguments[0], type) and is_dataclass(arguments[0]):
        places = [f"{place}: '{key}' entry {number}" for number in range(1, len(data) + 1)]
        records = zip(data, places, strict=True)
        return tuple(_record(arguments[0], _expect(dict, item, where), where) for item, where in records)
    return tuple(_build(arguments[0], item, place, key) for item in data)


def _bounded(number: typing.Any, bounds: Between, where: str) -> object:
    if not bounds.low <= number <= bounds.high:
        raise CatalogueError(f"{where} is {number}; write a number from {bounds.low:g} to {bounds.high:g}.")
    return number


def _expect(shape: type, data: typing.Any, where: str) -> typing.Any:
    if shape is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, shape) or (shape is int and isinstance(data, bool)):
        raise CatalogueError(f"{where} is {data!r}; write {ASKED_FOR[shape]}.")
    return data


def _wanted(hint: typing.Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _wanted(arguments[0])
    if origin is tuple:
        return "a list"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"one of {', '.join(str(member.value) for member in hint)}"
    return ASKED_FOR.get(hint, "a table")


def _end(sentence: str) -> str:
    return sentence if sentence.endswith("?") else sentence + "."
