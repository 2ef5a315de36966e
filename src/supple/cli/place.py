"""Where this machine stands, as far as its language setting tells, and whom to call there in an emergency."""

import locale

from supple.safety.emergency_numbers import emergency_number


def whom_to_call() -> str:
    """The emergency number: a language setting does not prove where somebody is, so it is said for which country."""
    found = emergency_number(country())
    where = found.note or f"That is the number in {found.country}; elsewhere call the one of the place where you are."
    return f"The emergency number is {found.number}. {where}"


def country() -> str:
    """The country of this machine's language setting, as an ISO code; empty where it says none."""
    try:
        language = locale.getlocale()[0] or ""
    except ValueError:  # such as LC_CTYPE=UTF-8, which names no language
        return ""
    return language.partition("_")[2][:2]
