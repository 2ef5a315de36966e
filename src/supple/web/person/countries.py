"""The countries whose emergency number is known, by their names, and which one somebody is probably in."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from supple.safety.emergency_numbers import countries
from supple.web.person.models import Person

NAMES = {
    "AR": _("Argentina"), "AT": _("Austria"), "AU": _("Australia"), "BE": _("Belgium"), "BG": _("Bulgaria"),
    "BR": _("Brazil"), "CA": _("Canada"), "CH": _("Switzerland"), "CL": _("Chile"), "CN": _("China"),
    "CO": _("Colombia"), "CY": _("Cyprus"), "CZ": _("Czechia"), "DE": _("Germany"), "DK": _("Denmark"),
    "EE": _("Estonia"), "EG": _("Egypt"), "ES": _("Spain"), "FI": _("Finland"), "FR": _("France"),
    "GB": _("United Kingdom"), "GR": _("Greece"), "HK": _("Hong Kong"), "HR": _("Croatia"), "HU": _("Hungary"),
    "IE": _("Ireland"), "IL": _("Israel"), "IN": _("India"), "IS": _("Iceland"), "IT": _("Italy"), "JP": _("Japan"),
    "KR": _("South Korea"), "LT": _("Lithuania"), "LU": _("Luxembourg"), "LV": _("Latvia"), "MT": _("Malta"),
    "MX": _("Mexico"), "MY": _("Malaysia"), "NL": _("Netherlands"), "NO": _("Norway"), "NZ": _("New Zealand"),
    "PL": _("Poland"), "PT": _("Portugal"), "RO": _("Romania"), "SE": _("Sweden"), "SG": _("Singapore"),
    "SI": _("Slovenia"), "SK": _("Slovakia"), "TH": _("Thailand"), "TR": _("Türkiye"), "TW": _("Taiwan"),
    "UA": _("Ukraine"), "US": _("United States"), "ZA": _("South Africa"),
}  # fmt: skip


def choices() -> list[tuple[str, str]]:
    """Every country with a number, by name; a code stands for a name that nobody has written yet."""
    return sorted(((code, str(NAMES.get(code, code))) for code in countries()), key=lambda pair: pair[1])


def name(code: str) -> str:
    """The name of a country, empty where it is not known."""
    return str(NAMES.get(code, code))


def guessed(languages: str) -> str:
    """The country that a browser's list of languages names first, empty where it names none.

    >>> guessed("en-GB,en;q=0.9"), guessed("en")
    ('GB', '')
    """
    for word in languages.split(","):
        _language, _dash, region = word.partition(";")[0].strip().partition("-")
        if region.upper() in countries():
            return region.upper()
    return ""


def of(person: Person, languages: str) -> str:
    """The country whose numbers are told: the person's choice, else what SUPPLE_COUNTRY says, else a browser's hint."""
    return person.country or settings.COUNTRY or guessed(languages)
