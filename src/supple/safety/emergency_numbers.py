"""The number to call for an ambulance, by country. Numbers change: whoever runs Supple must verify their own."""

from dataclasses import dataclass

from supple.safety.tables import table


@dataclass(frozen=True)
class EmergencyNumber:
    """A number, others that reach help too, and where it comes from; `note` says what to beware of."""

    country: str
    number: str
    also: tuple[str, ...]
    source: str
    note: str = ""


def countries() -> tuple[str, ...]:
    """The ISO codes of the countries whose number is known."""
    return tuple(table("emergency_numbers")["countries"])


def emergency_number(country: str) -> EmergencyNumber:
    """The number for an ISO code of two letters; 112 with a note where the country is not known.

    >>> emergency_number("gb").number, emergency_number("XX").number
    ('999', '112')
    """
    code = country.strip().upper()
    row = table("emergency_numbers")["countries"].get(code)
    if row is None:
        other = table("emergency_numbers")["default"]
        return EmergencyNumber(code, other["number"], (), table("emergency_numbers")["source"], other["note"])
    return EmergencyNumber(code, row["number"], tuple(row["also"]), row["source"])
