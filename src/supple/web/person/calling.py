"""Whom somebody calls for help, on every page that says so."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from supple.safety.emergency_numbers import emergency_number
from supple.web.person import countries
from supple.web.person.models import Person


@dataclass(frozen=True)
class Help:
    """Whom to call, and for which country that is the number."""

    number: str
    country: str
    where: str
    note: str


def whom_to_call(person: Person, languages: str) -> Help:
    """The number of the country where somebody is; where it is only their browser's hint, that is said."""
    code = countries.of(person, languages)
    found = emergency_number(code)
    note = found.note
    if not note and not person.country and not settings.COUNTRY:
        guess = gettext("Your browser says: %(country)s. If you are elsewhere, choose the country where you are.")
        note = guess % {"country": countries.name(code)}
    return Help(found.number, code, countries.name(code), note)
