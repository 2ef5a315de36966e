"""Who may be booked: what the operator wrote in `providers.toml` in the data folder, checked when it is read.

Nobody is in it by default. `docs/reference/providers.md` tells what each key means, `samples/providers.toml` shows it.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from supple import shapes
from supple.shapes import Between, ShapeError

FILE = "providers.toml"
ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class ProvidersError(ValueError):
    """The operator's file cannot be used as it is; the text names file, key and remedy."""


class ProviderKind(StrEnum):
    """Whether a law regulates who may bear the title."""

    REGULATED = "regulated_health_professional"
    STRETCH = "stretch_practitioner"


@dataclass(frozen=True)
class Hours:
    """From when to when somebody works, by the clock of their place."""

    begins: time
    ends: time


@dataclass(frozen=True)
class Written:
    """One provider as the file has it."""

    id: str
    name: str
    kind: ProviderKind
    credentials: str
    place: str
    time_zone: str
    open: dict[str, tuple[str, ...]]
    register: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    notice_hours: Annotated[int, Between(0, 720)] = 24
    days_ahead: Annotated[int, Between(1, 180)] = 28


@dataclass(frozen=True)
class WrittenFile:
    """All of the file."""

    providers: tuple[Written, ...]


@dataclass(frozen=True)
class Provider:
    """Somebody who may be booked. `open` holds the hours of each weekday from Monday on, `closed` single days off."""

    id: str
    name: str
    kind: ProviderKind
    credentials: str
    register: str
    place: str
    zone: ZoneInfo
    open: tuple[tuple[Hours, ...], ...]
    contact: str = ""
    languages: tuple[str, ...] = ()
    closed: frozenset[date] = field(default_factory=frozenset)
    notice_hours: int = 24
    days_ahead: int = 28

    @property
    def regulated(self) -> bool:
        """Whether a law regulates who may bear the title."""
        return self.kind is ProviderKind.REGULATED


def load(folder: Path) -> tuple[Provider, ...]:
    """The providers of a data folder, none where there is no file; raises ProvidersError."""
    file = folder / FILE
    try:
        if not file.is_file():
            return ()
        return _read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProvidersError(f"{FILE}: it cannot be read ({error}); make it a readable text file in UTF-8.") from error


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Provider, ...]:
    try:
        found = shapes.build(WrittenFile, tomllib.loads(text), place=FILE, defaults=True)
    except tomllib.TOMLDecodeError as error:
        raise ProvidersError(f"{FILE}: it is not whole TOML ({error}); mend that line.") from error
    except ShapeError as error:
        raise ProvidersError(f"{error.said}; write it as in samples/providers.toml.") from error
    made = tuple(_provider(written) for written in found.providers)
    for provider in made:
        if [other.id for other in made].count(provider.id) > 1:
            raise ProvidersError(f"{FILE}: 'id' is '{provider.id}' twice; give one of them another.")
    return made


def _provider(written: Written) -> Provider:
    where = f"{FILE}: '{written.id}'"
    if not written.id or not set(written.id) <= ID_SIGNS:
        raise ProvidersError(f"{where}: 'id' goes into an address; write small letters, digits, - and _ only.")
    if written.kind is ProviderKind.REGULATED and not written.register:
        raise ProvidersError(f"{where}: 'register' is missing; say where the registration can be checked.")
    if unknown := set(written.open) - set(WEEKDAYS):
        raise ProvidersError(f"{where}: 'open' has no day '{min(unknown)}'; write monday to sunday.")
    return Provider(
        id=written.id,
        name=written.name,
        kind=written.kind,
        credentials=written.credentials,
        register=written.register,
        place=written.place,
        zone=_zone(written.time_zone, where),
        open=tuple(tuple(_hours(text, where) for text in written.open.get(day, ())) for day in WEEKDAYS),
        contact=written.contact,
        languages=written.languages,
        closed=frozenset(_day(text, where) for text in written.closed),
        notice_hours=written.notice_hours,
        days_ahead=written.days_ahead,
    )


def _zone(name: str, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise ProvidersError(f"{where}: 'time_zone' is '{name}'; write one such as Europe/London.") from error


def _hours(text: str, where: str) -> Hours:
    begins, _, ends = text.partition("-")
    try:
        found = Hours(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
    except ValueError as error:
        raise ProvidersError(f"{where}: 'open' has '{text}'; write hours such as 09:00-12:30.") from error
    if found.begins >= found.ends:
        raise ProvidersError(
            f"{where}: 'open' has '{text}', which ends before it begins; write the earlier hour first."
        )
    return found


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ProvidersError(f"{where}: 'closed' has '{text}'; write a day such as 2026-12-25.") from error
