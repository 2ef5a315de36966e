"""Where this machine stands, as far as its settings tell: whom to call there in an emergency, where the logs lie."""

import os
from pathlib import Path

from platformdirs import user_data_path

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


def data_folder() -> Path:
    """Where all of this person lies: what SUPPLE_DATA says, else where this system keeps such things."""
    set_by_hand = os.environ.get("SUPPLE_DATA")
    return Path(set_by_hand) if set_by_hand else user_data_path("supple", appauthor=False)


def usual_folder() -> Path:
    """Where every session looks for the logs of those before it."""
    return data_folder() / "sessions"
