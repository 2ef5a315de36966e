"""Puts the person on each request, and their own clock in force."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from supple.web.person.models import Person

ASKED_ZONE = "timezone"  # a cookie that the pages set, so that the server knows the hour


def person(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """`request.person`, with times shown by their own clock."""

    def with_person(request: HttpRequest) -> HttpResponse:
        here = Person.here()
        request.person = here  # type: ignore[attr-defined]
        with timezone.override(_zone(request.COOKIES.get(ASKED_ZONE, ""))):
            return answer(request)

    return with_person


def _zone(name: str) -> ZoneInfo | None:
    """The zone of that name; None, which is the server's own, where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
