"""What every page knows of the person: the figure and the size of the words."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from supple.web.person.models import Person


def person(request: HttpRequest) -> dict[str, object]:
    """The person, read only by pages that ask."""
    return {"person": SimpleLazyObject(Person.here)}
