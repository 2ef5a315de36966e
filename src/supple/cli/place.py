"""Where this machine stands, as far as its settings tell, and whom to call there in an emergency."""

import os

from supple.safety.emergency_numbers import emergency_number

LANGUAGE_SETTINGS = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which they count


def whom_to_call() -> str:
    """The emergency number: a language setting does not prove where somebody is, so it is said for which country."""
    found = emergency_number(country())
    where = found.note or f"That is the number in {found.country}; elsewhere call the one of the place where you are."
    return f"The emergency number is {found.number}. {where}"


def country() -> str:
    """The country as an ISO code: what SUPPLE_COUNTRY says, else that of the language setting, else empty.

    The setting is read as it stands: Python's own reading of it turns "C.UTF-8" into the United States.
    """
    set_by_hand = os.environ.get("SUPPLE_COUNTRY", "")
    language = next((os.environ[name] for name in LANGUAGE_SETTINGS if os.environ.get(name)), "")
    return set_by_hand.upper() or language.partition(".")[0].partition("_")[2][:2]
