"""The number to call for an ambulance."""

import re

import pytest

from supple.safety.emergency_numbers import countries, emergency_number

EUROPEAN_UNION = re.findall(r"\w+", "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")


@pytest.mark.parametrize("country", countries())
def test_a_country_has_a_number_and_a_source(country: str) -> None:
    found = emergency_number(country)

    assert found.country == country
    assert len(country) == 2
    assert all(number.isdigit() for number in (found.number, *found.also))
    assert found.number not in found.also
    assert found.source


@pytest.mark.parametrize("country", EUROPEAN_UNION)
def test_112_is_the_number_of_the_european_union(country: str) -> None:
    assert emergency_number(country).number == "112"


@pytest.mark.parametrize(("country", "number"), [("gb", "999"), (" US ", "911"), ("AU", "000"), ("JP", "119")])
def test_the_code_may_be_written_small(country: str, number: str) -> None:
    assert emergency_number(country).number == number


def test_a_country_that_is_not_known_gets_112_and_a_warning() -> None:
    assert emergency_number("XX").number == "112"
    assert "but not in all" in emergency_number("XX").note
