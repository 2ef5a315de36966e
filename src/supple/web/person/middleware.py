"""Puts each person's own clock in force, so that morning is their morning."""

from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

ASKED_ZONE = "timezone"  # a cookie that the pages set, so that the server knows the hour


def person(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Times are told by the clock of whoever looks; where no page has said which that is, by this machine's."""

    def with_their_clock(request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request.COOKIES.get(ASKED_ZONE, ""))):
            return answer(request)

    return with_their_clock


@cache
def _zone(name: str) -> ZoneInfo | None:
    """The zone of that name; None, which is the server's own, where there is none."""
    try:
        return ZoneInfo(name[:60]) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
