"""A practitioner near you: only where the verdict allows it; with a red flag the way leads to a clinician instead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from http import HTTPStatus
from ipaddress import ip_address
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from supple.exchange import ical
from supple.web.check.gate import bar, standing_of
from supple.web.person.models import Person
from supple.web.practice import desk, forms, limit
from supple.web.practice.forms import Wish
from supple.web.practice.models import Booking
from supple.web.practice.providers import Provider, ProvidersError
from supple.web.practice.slots import VISIT_MIN, free

DAYS_SHOWN = 6
NOON = 12
HERE = ("localhost", "127.0.0.1", "[::1]")


def offered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of booking, for whom the verdict allows it; everybody else is told what comes first."""

    @wraps(view)
    def where_allowed(request: HttpRequest, **kwargs: str) -> HttpResponse:
        stands = standing_of(Person.here(), timezone.localtime())
        if stands.urgent:
            return redirect("verdict")
        if stands.screening is None:
            return render(request, "practice/first.html", {"clinician": False})
        if stands.screening.offers_booking is not True or bar(stands):
            return render(request, "practice/first.html", {"clinician": True, "say": stands.screening.say})
        try:
            return view(request, **kwargs)
        except ProvidersError as error:
            return render(request, "practice/broken.html", {"why": str(error)}, status=HTTPStatus.SERVICE_UNAVAILABLE)

    return never_cache(where_allowed)


@require_GET
@offered
def practice(request: HttpRequest) -> HttpResponse:
    """Who there is, and one's own coming visits."""
    now = timezone.now()
    visits = [_visit(booking) for booking in desk.coming(now)]
    return render(request, "practice/practice.html", {"providers": desk.providers(), "visits": visits})


@offered
def book(request: HttpRequest, provider: str) -> HttpResponse:
    """The free times of one provider; a posted form takes one of them."""
    found, now = _provider(provider), timezone.now()
    if request.method != "POST":
        return _times(request, found, Wish())
    wish = forms.read(request.POST)
    if wish.errors or wish.at is None:
        return _times(request, found, wish, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if limit.reached(_address(request)):
        kept = replace(wish, errors={"at": str(limit.TOO_MANY)})
        return _times(request, found, kept, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        made = desk.book(found, wish.at, wish.visitor, now)
    except desk.SlotTaken as error:
        kept = Wish(None, wish.name, wish.contact, {"at": str(error)})
        return _times(request, found, kept, day=wish.at.astimezone(found.zone).date(), status=HTTPStatus.CONFLICT)
    return redirect("booking", token=made.token)


@never_cache
def booking(request: HttpRequest, token: UUID) -> HttpResponse:
    """A visit; a posted form cancels it."""
    found = get_object_or_404(Booking, token=token)
    if request.method == "POST":
        desk.cancel(found, timezone.now())
        return redirect("booking", token=token)
    return render(request, "practice/booking.html", {**_visit(found), "past": found.begins <= timezone.now()})


@never_cache
@require_GET
def calendar(request: HttpRequest, token: UUID) -> HttpResponse:
    """A visit as a calendar file."""
    found = get_object_or_404(Booking, token=token)
    address = request.build_absolute_uri(reverse("booking", args=[token]))
    begins = found.begins.astimezone(ZoneInfo(found.zone))
    content = ical.dumps([desk.entry(found, begins, address)], stamp=found.cancelled_at or found.booked_at)
    headers = {"Content-Disposition": 'attachment; filename="first-session.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@never_cache
@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """The operator's list; only on the machine on which the site runs."""
    if not _on_this_machine(request):
        raise Http404
    return render(request, "practice/bookings.html", {"visits": [_visit(one) for one in desk.coming(timezone.now())]})


def _address(request: HttpRequest) -> str:
    """Where a request comes from; behind a server on this machine what that one adds."""
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    near = request.META.get("REMOTE_ADDR", "")
    return passed_on if passed_on and _loopback(near) else near


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _on_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from here, past no other server, and for an address of here."""
    near = _loopback(request.META.get("REMOTE_ADDR", ""))
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return near and name in HERE and "HTTP_X_FORWARDED_FOR" not in request.META


def _provider(name: str) -> Provider:
    for provider in desk.providers():
        if provider.id == name:
            return provider
    raise Http404


def _times(
    request: HttpRequest, provider: Provider, wish: Wish, *, day: date | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    now = timezone.now()
    times = free(provider, now, desk.taken(provider, now))
    asked = day or (wish.at.astimezone(provider.zone).date() if wish.at else forms.day(request.GET.get("day", "")))
    chosen = asked if asked in times else next(iter(times), None)
    page = {
        "provider": provider,
        "wish": wish,
        "minutes": VISIT_MIN,
        "days": _days(list(times), chosen),
        "day": chosen,
        "parts": _parts(times[chosen]) if chosen else [],
        "elsewhere": _elsewhere(provider, times[chosen][0]) if chosen else False,
    }
    return render(request, "practice/book.html", page, status=status)


def _days(days: list[date], chosen: date | None) -> dict[str, object]:
    """The days around the chosen one, and where earlier and later ones are."""
    first = days.index(chosen) // DAYS_SHOWN * DAYS_SHOWN if chosen else 0
    after = days[first + DAYS_SHOWN :]
    return {
        "shown": days[first : first + DAYS_SHOWN],
        "before": days[max(0, first - DAYS_SHOWN)] if first else None,
        "after": after[0] if after else None,
    }


def _parts(times: list[datetime]) -> list[tuple[str, list[datetime]]]:
    morning, later = [at for at in times if at.hour < NOON], [at for at in times if at.hour >= NOON]
    return [part for part in (("morning", morning), ("afternoon", later)) if part[1]]


def _elsewhere(provider: Provider, at: datetime) -> bool:
    """Whether the clock of the place is another one than the person's."""
    return at.utcoffset() != timezone.localtime(at).utcoffset()


def _visit(booking: Booking) -> dict[str, object]:
    return {"booking": booking, "begins": booking.begins.astimezone(ZoneInfo(booking.zone))}
