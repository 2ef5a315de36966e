"""Values to JSON and back, once, for everything that travels: plans, timelines, logs, answers' verdicts.

A value is a frozen dataclass whose fields are values again, enums, numbers, texts, moments, tuples or dicts of them.
"""

import dataclasses
import enum
import json
import types
import typing
from datetime import date, datetime

Value = typing.TypeVar("Value")

IF_GIVEN = {"if_given": True}  # metadata of a field that is left out of the JSON while it is None


class ShapeError(ValueError):
    """A JSON text does not have the shape of the value that it should carry."""


def plain(value: object) -> typing.Any:
    """`value` as dicts, lists, texts and numbers, ready for `json.dumps`.

    >>> plain((date(2026, 11, 21),))
    ['2026-11-21']
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {field: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {f.name: plain(item) for f, item in found.items() if item is not None or not f.metadata.get("if_given")}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [plain(item) for item in value]
    return value


def dumps(value: object) -> str:
    """`value` as indented JSON; the same value always gives the same bytes."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n"


def loads(shape: type[Value], text: str, *, name: str) -> Value:
    """The value of type `shape` that `text` carries; `name` is what to call the text in an error.

    Raises ShapeError naming the place and what was expected there.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ShapeError(f"{name}: not whole JSON ({error}); write it again or use an earlier copy.") from error
    return build(shape, data, place=name)


def build(shape: type[Value], data: object, *, place: str) -> Value:
    """`data` (as `plain` gives it) as a value of type `shape`; raises ShapeError naming the place."""
    return typing.cast(Value, _build(shape, data, place))


def _build(shape: typing.Any, data: typing.Any, place: str) -> object:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if shape is typing.Any:
        return data
    if origin in (typing.Union, types.UnionType):
        return _one_of(arguments, data, place)
    if origin is tuple:
        return tuple(_build(arguments[0], item, f"{place}[{i}]") for i, item in enumerate(_expect(list, data, place)))
    if origin is dict:
        items = _expect(dict, data, place).items()
        return {_build(arguments[0], key, place): _build(arguments[1], item, f"{place}.{key}") for key, item in items}
    if dataclasses.is_dataclass(shape):
        return _fields(typing.cast(type, shape), _expect(dict, data, place), place)
    return _leaf(shape, data, place)


def _leaf(shape: type, data: typing.Any, place: str) -> object:
    if issubclass(shape, enum.Enum):
        try:
            return shape(data)
        except ValueError as error:
            choices = ", ".join(str(member.value) for member in shape)
            raise ShapeError(f"{place}: {data!r} is not one of {choices}.") from error
    if issubclass(shape, (datetime, date)):
        try:
            return shape.fromisoformat(_expect(str, data, place))
        except ValueError as error:
            raise ShapeError(f"{place}: {data!r} is not a moment such as 2026-11-21T08:30.") from error
    if shape is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    return _expect(shape, data, place)


def _one_of(shapes: tuple[typing.Any, ...], data: object, place: str) -> object:
    if data is None and type(None) in shapes:
        return None
    errors = []
    for shape in shapes:
        if shape is not type(None):
            try:
                return _build(shape, data, place)
            except ShapeError as error:
                errors.append(error)
    raise errors[0]


def _fields(shape: type, data: dict[str, object], place: str) -> object:
    fields = {field.name: field for field in dataclasses.fields(shape)}
    kinds = typing.get_type_hints(shape)
    for key in data:
        if key not in fields:
            raise ShapeError(f"{place}: unknown key {key!r}; known are {', '.join(fields)}.")
    for name, field in fields.items():
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if name not in data and not optional:
            raise ShapeError(f"{place}: {name!r} is missing.")
    return shape(**{key: _build(kinds[key], item, f"{place}.{key}") for key, item in data.items()})


def _expect(shape: type, data: typing.Any, place: str) -> typing.Any:
    if not isinstance(data, shape) or (shape is int and isinstance(data, bool)):
        words = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}
        raise ShapeError(f"{place}: expected {words.get(shape, 'a table of keys')}, found {json.dumps(data)[:60]}.")
    return data
