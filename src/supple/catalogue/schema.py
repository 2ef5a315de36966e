"""The JSON Schema of a stretch file and of the claims, drawn from the same types that the reader uses, for editors.

`python -m supple.catalogue.schema` writes both files anew after a type or a word has changed.
"""

import enum
import inspect
import json
import types
import typing
from dataclasses import is_dataclass
from pathlib import Path

from supple.catalogue.claims import ClaimFile
from supple.catalogue.stretch import Stretch
from supple.shapes import fields_of, may_be_left_out

FOLDER = Path(__file__).parent / "schema"
SHAPES = {"stretch": Stretch, "claims": ClaimFile}
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}

Schema = dict[str, typing.Any]


def schema(shape: type) -> Schema:
    """The JSON Schema that a TOML file of that shape keeps.

    >>> schema(ClaimFile)["required"]
    ['claims']
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | _record(shape)


def text(shape: type) -> str:
    """The schema of `shape` as it stands in its file."""
    return json.dumps(schema(shape), indent=1, ensure_ascii=False) + "\n"


def write() -> None:
    """Write both schema files."""
    for name, shape in SHAPES.items():
        (FOLDER / f"{name}.schema.json").write_text(text(shape), encoding="utf-8")


def _record(shape: type) -> Schema:
    known = fields_of(shape)
    return {
        "description": inspect.getdoc(shape) or "",
        "type": "object",
        "properties": {name: _part(hint) for name, (_, hint) in known.items()},
        "required": [name for name, (entry, _) in known.items() if not may_be_left_out(entry)],
        "additionalProperties": False,
    }


def _part(hint: typing.Any) -> Schema:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _part(arguments[0]) | {"minimum": arguments[1].low, "maximum": arguments[1].high}
    if origin in (typing.Union, types.UnionType):
        return _one_of([_part(part) for part in arguments if part is not type(None)])
    if origin is tuple:
        length = {} if Ellipsis in arguments else {"minItems": len(arguments), "maxItems": len(arguments)}
        return {"type": "array", "items": _part(arguments[0])} | length
    if origin is dict:
        return {"type": "object", "propertyNames": _part(arguments[0]), "additionalProperties": _part(arguments[1])}
    if is_dataclass(hint):
        return _record(typing.cast(type, hint))
    if issubclass(hint, enum.Enum):
        return {"enum": [str(member.value) for member in hint]}
    return {"type": PLAIN[hint]}


def _one_of(parts: list[Schema]) -> Schema:
    return parts[0] if len(parts) == 1 else {"oneOf": parts}


if __name__ == "__main__":
    write()
