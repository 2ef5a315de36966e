"""What each body of Supple is made of: traits, local targets, colours, hair; read from `recipes.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


class UnknownBody(LookupError):
    """No recipe bears this name."""


@dataclass(frozen=True)
class Recipe:
    """One body; traits run 0..1 as in MakeHuman, colours are sRGB 0..1."""

    name: str
    height_m: float
    hair: dict[str, tuple[float, ...]]
    hairline: tuple[tuple[float, ...], ...]
    face: dict[str, float]
    traits: dict[str, float]
    targets: dict[str, float]
    colours: dict[str, tuple[float, float, float]]


def recipes() -> dict[str, Recipe]:
    """All recipes by name."""
    table = tomllib.loads(files(__package__).joinpath("recipes.toml").read_text(encoding="utf-8"))
    return {name: _recipe(name, table) for name in table["body"]}


def recipe(name: str) -> Recipe:
    """The recipe of that name; raises UnknownBody."""
    found = recipes()
    if name not in found:
        raise UnknownBody(f"There is no body '{name}': choose one of {', '.join(found)}.")
    return found[name]


def _recipe(name: str, table: dict[str, dict[str, dict[str, object]]]) -> Recipe:
    body: dict[str, object] = table["body"][name]
    style = dict(table["hair"][str(body["hair"])])
    line = style.pop("line")
    return Recipe(
        name=name,
        height_m=_number(body["height_m"]),
        hair={key: _row(value) for key, value in style.items()},
        hairline=tuple(_row(row) for row in line) if isinstance(line, list) else (),
        face=_numbers(body["face"]),
        traits=_numbers(body["traits"]),
        targets=_numbers(table["kind"]) | _numbers(body.get("targets", {})),
        colours={key: _colour(value) for key, value in (table["colours"] | _table(body["colours"])).items()},
    )


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"recipes.toml: {value!r} shall be a number.")
    return float(value)


def _row(value: object) -> tuple[float, ...]:
    return tuple(_number(part) for part in value) if isinstance(value, list) else (_number(value),)


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"recipes.toml: {value!r} shall be a table.")
    return value


def _numbers(value: object) -> dict[str, float]:
    return {key: _number(number) for key, number in _table(value).items()}


def _colour(value: object) -> tuple[float, float, float]:
    text = str(value).removeprefix("#")
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
