"""Data to values and back, once: for the JSON that travels and for the TOML that people write.

A value is a frozen dataclass whose fields are values again, enums, numbers, texts, moments, tuples or dicts of them.
"""

import dataclasses
import difflib
import enum
import json
import types
import typing
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import cache

Value = typing.TypeVar("Value")
Word = typing.TypeVar("Word", bound=enum.Enum)

ASKED_FOR = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    date: "a day such as 2026-11-21",
    datetime: "a moment such as 2026-11-21T08:30+01:00",
}
LONGEST_SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Between:
    """The bounds, both included, that a number in a data file must keep."""

    low: float
    high: float


class ShapeError(ValueError):
    """Data do not have the shape of the value that they should carry: `said` is what is wrong and where, `instead` what
    to write.
    """

    def __init__(self, said: str, instead: str) -> None:
        sentence = f"{said}; {instead}"
        super().__init__(sentence if sentence.endswith("?") else f"{sentence}.")
        self.said = said
        self.instead = instead


def plain(value: object) -> typing.Any:
    """`value` as dicts, lists, texts and numbers, ready for `json.dumps`.

    >>> plain((date(2026, 11, 21),))
    ['2026-11-21']
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
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


def moments(value: Value, change: Callable[[datetime], datetime]) -> Value:
    """`value` with every moment in it changed, however deep it lies.

    >>> moments((datetime(2026, 11, 21),), lambda moment: moment.replace(year=2027))
    (datetime.datetime(2027, 11, 21, 0, 0),)
    """
    if isinstance(value, datetime):
        return typing.cast(Value, change(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return dataclasses.replace(value, **{name: moments(getattr(value, name), change) for name in names})
    if isinstance(value, tuple):
        return typing.cast(Value, tuple(moments(item, change) for item in value))
    if isinstance(value, dict):
        return typing.cast(Value, {key: moments(item, change) for key, item in value.items()})
    return value


def loads(shape: type[Value], text: str, *, name: str) -> Value:
    """The value of type `shape` that `text` carries, every field of it; `name` is what to call the text in an error.

    Raises ShapeError naming the place and what was expected there.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ShapeError(f"{name}: not whole JSON ({error})", "write it again or use an earlier copy") from error
    return build(shape, data, place=name)


def build(shape: type[Value], data: object, *, place: str, defaults: bool = False) -> Value:
    """`data` as a value of type `shape`; raises ShapeError that begins with `place`.

    What Supple wrote has every field, so one that is missing was lost and is never guessed. Only what people write may
    leave out what has a default; then `defaults` says so.

    >>> build(Between, {"low": 1}, place="bounds.toml")
    Traceback (most recent call last):
    supple.shapes.ShapeError: bounds.toml: 'high' is missing; add a number.
    """
    builder = _Builder(defaults)
    if typing.get_origin(shape) is dict:
        return typing.cast(Value, builder.entries(typing.get_args(shape), _expect(dict, data, place), place))
    return typing.cast(Value, builder.record(shape, _expect(dict, data, place), place))


def nearest(word: str, known: Iterable[str]) -> str:
    """What to write instead of `word`: the nearest of `known`, or all of them where none is near.

    >>> nearest("sofa", ["floor", "wall"]), nearest("flor", ["floor", "wall"])
    ('write one of floor, wall', "did you mean 'floor'?")
    """
    choices = list(known)
    near = difflib.get_close_matches(word, choices, n=1) or [choice for choice in choices if word and word in choice]
    return f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(choices)}"


def word_of(words: type[Word], word: str, where: str) -> Word:
    """The member of `words` that is written `word`; raises ShapeError that begins with `where`."""
    try:
        return words(word)
    except ValueError:
        remedy = nearest(word, [str(member.value) for member in words])
        raise ShapeError(f"{where} has the unknown word '{word}'", remedy) from None


def complete(given: Collection[str], words: Collection[str], where: str) -> None:
    """Raises ShapeError that begins with `where` unless `given` has just these words, in whatever order."""
    for word in given:
        if word not in words:
            raise ShapeError(f"{where} has the unknown word '{word}'", nearest(word, words))
    for word in words:
        if word not in given:
            raise ShapeError(f"{where}: '{word}' is missing", "add it")


@cache
def fields_of(shape: type) -> dict[str, tuple[dataclasses.Field[typing.Any], typing.Any]]:
    """Each field of a dataclass by name, with its type and bounds."""
    hints = typing.get_type_hints(shape, include_extras=True)
    return {entry.name: (entry, hints[entry.name]) for entry in dataclasses.fields(shape)}


def may_be_left_out(entry: dataclasses.Field[typing.Any]) -> bool:
    """Whether a field has a default."""
    return entry.default is not dataclasses.MISSING or entry.default_factory is not dataclasses.MISSING


def record_for(shapes: tuple[type, ...], keys: Iterable[str]) -> type:
    """The dataclass among `shapes` that has most of `keys`."""
    return max(shapes, key=lambda shape: len(set(keys) & set(fields_of(shape))))


@dataclasses.dataclass(frozen=True)
class _Builder:
    """Builds values; `defaults` says whether fields with a default may be missing."""

    defaults: bool

    def record(self, shape: type, data: dict[str, typing.Any], place: str) -> object:
        known = fields_of(shape)
        for key in data:
            if key not in known:
                raise ShapeError(f"{place}: unknown key '{key}'", nearest(key, known))
        for name, (entry, hint) in known.items():
            if name not in data and not (self.defaults and may_be_left_out(entry)):
                raise ShapeError(f"{place}: '{name}' is missing", f"add {_wanted(hint)}")
        return shape(**{key: self.part(known[key][1], item, place, key) for key, item in data.items()})

    def part(self, hint: typing.Any, data: typing.Any, place: str, key: str) -> object:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        where = f"{place}: '{key}'"
        if origin is typing.Annotated:
            return _bounded(self.part(arguments[0], data, place, key), arguments[1], where)
        if origin in (typing.Union, types.UnionType):
            return self.one_of(arguments, data, place, key)
        if origin is tuple:
            return self.several(arguments, _expect(list, data, where), place, key)
        if origin is dict:
            return self.entries(arguments, _expect(dict, data, where), where)
        if dataclasses.is_dataclass(hint):
            return self.record(typing.cast(type, hint), _expect(dict, data, where), where)
        if issubclass(hint, enum.Enum):
            return word_of(hint, _expect(str, data, where), where)
        return _moment(hint, data, where) if issubclass(hint, date) else _expect(hint, data, where)

    def entries(
        self, arguments: tuple[typing.Any, ...], data: dict[str, typing.Any], place: str
    ) -> dict[typing.Any, object]:
        names, items = arguments
        return {
            name if names is str else word_of(names, name, place): self.part(items, item, place, name)
            for name, item in data.items()
        }

    def one_of(self, shapes: tuple[typing.Any, ...], data: typing.Any, place: str, key: str) -> object:
        if data is None and type(None) in shapes:
            return None
        real = [shape for shape in shapes if shape is not type(None)]
        fitting = [shape for shape in real if isinstance(data, _written_as(shape))] if len(real) > 1 else real
        if not fitting:
            wanted = " or ".join(dict.fromkeys(ASKED_FOR[_written_as(shape)] for shape in real))
            raise ShapeError(f"{place}: '{key}' is {_shown(data)}", f"write {wanted}")
        return self.part(record_for(tuple(fitting), data) if len(fitting) > 1 else fitting[0], data, place, key)

    def several(
        self, arguments: tuple[typing.Any, ...], data: list[typing.Any], place: str, key: str
    ) -> tuple[object, ...]:
        if Ellipsis not in arguments and len(data) != len(arguments):
            raise ShapeError(f"{place}: '{key}' has {len(data)} parts", f"write {len(arguments)}")
        if isinstance(arguments[0], type) and dataclasses.is_dataclass(arguments[0]):
            places = [f"{place}: '{key}' entry {number}" for number in range(1, len(data) + 1)]
            records = zip(data, places, strict=True)
            return tuple(self.record(arguments[0], _expect(dict, item, where), where) for item, where in records)
        return tuple(self.part(arguments[0], item, place, key) for item in data)


def _written_as(hint: typing.Any) -> type:
    """What a value of this type is in the data: a table, a list, or the plain type itself."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _written_as(typing.get_args(hint)[0])
    if origin in (tuple, dict):
        return list if origin is tuple else dict
    if dataclasses.is_dataclass(hint):
        return dict
    return str if issubclass(hint, (enum.Enum, date)) else hint


def _moment(shape: type[date], data: typing.Any, where: str) -> date:
    try:
        return shape.fromisoformat(_expect(str, data, where))
    except ValueError:
        raise ShapeError(f"{where}: {_shown(data)} is not a moment", f"write {ASKED_FOR[shape]}") from None


def _bounded(number: typing.Any, bounds: Between, where: str) -> object:
    if not bounds.low <= number <= bounds.high:
        raise ShapeError(f"{where} is {_shown(number)}", f"write a number from {bounds.low:g} to {bounds.high:g}")
    return number


def _expect(shape: type, data: typing.Any, where: str) -> typing.Any:
    if shape is float and isinstance(data, int) and not isinstance(data, bool) and abs(data) < 2**53:
        return float(data)
    if not isinstance(data, shape) or (shape is int and isinstance(data, bool)):
        raise ShapeError(f"{where} is {_shown(data)}", f"write {ASKED_FOR[shape]}")
    return data


def _shown(data: object) -> str:
    """Data as one may read it in a sentence, whatever it is and however long."""
    try:
        text = repr(data)
    except ValueError:  # a whole number of thousands of digits
        return "a number too long to show"
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _wanted(hint: typing.Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _wanted(arguments[0])
    if origin is tuple:
        return "a list"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"one of {', '.join(str(member.value) for member in hint)}"
    return ASKED_FOR.get(hint, "a table")
