"""What comes in with a booking, and what is still missing."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.http import QueryDict
from django.utils.translation import gettext

from supple.web.practice.desk import Visitor

LONGEST_NAME, LONGEST_CONTACT = 120, 200
REACHED = re.compile(r"\S@\S|(?:\d\D*){6}")  # an address, or a number with some digits


@dataclass(frozen=True)
class Wish:
    """A time, a name and a contact as they were sent; `errors` says by field what to mend."""

    at: datetime | None = None
    name: str = ""
    contact: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def visitor(self) -> Visitor:
        """Who comes."""
        return Visitor(self.name, self.contact)


def read(posted: QueryDict) -> Wish:
    """The wish of a form."""
    at, name, contact = moment(posted.get("at", "")), _line(posted.get("name", "")), _line(posted.get("contact", ""))
    errors = {}
    if at is None:
        errors["at"] = gettext("Please choose a time.")
    if not name or len(name) > LONGEST_NAME:
        errors["name"] = gettext("Please write a name, of 120 letters at most.")
    if not REACHED.search(contact) or len(contact) > LONGEST_CONTACT:
        errors["contact"] = gettext("Please write a phone number or e-mail address, of 200 letters at most.")
    return Wish(at, name[:LONGEST_NAME], contact[:LONGEST_CONTACT], errors)


def moment(text: str) -> datetime | None:
    """A moment in UTC as our own pages write it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def day(text: str) -> date | None:
    """A day as our own pages write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
