"""Today's plan to take away: as a handout to print, and as the coming sessions for a calendar. Behind the gate."""

import secrets
from datetime import datetime, time
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from supple.exchange import handout as paper
from supple.exchange import ical
from supple.planner import Plan, PlanRefused, Step
from supple.safety.emergency_numbers import emergency_number
from supple.web.check.gate import gated
from supple.web.export.forms import hour
from supple.web.figure.views import PAGES
from supple.web.person import countries
from supple.web.person.models import Person
from supple.web.today.current import plan_now

FORTNIGHT_DAYS = 14
OWNER_FILE = "calendar.id"


@require_GET
@gated
def handout(request: HttpRequest) -> HttpResponse:
    """The plan as two pages to print."""
    person, now = Person.here(), timezone.localtime()
    sheet = paper.Sheet(
        begins=now.date(),
        emergency=emergency_number(countries.of(person, request.headers.get("Accept-Language", ""))),
        address="" if _only_here(request) else request.build_absolute_uri(reverse("today")),
        body=person.body,
        name=person.name,
        tongue=translation,
        language=(translation.get_language() or "en")[:2],
    )
    try:
        content = paper.dumps(_plan(person, now), sheet, _drawn)
    except (PlanRefused, paper.NothingToPrint, paper.HandoutFailed) as error:
        return _refused(request, error)
    return _file(content, "application/pdf", "supple.pdf")


def _only_here(request: HttpRequest) -> bool:
    """Whether this address leads a phone that scans it to itself."""
    host = request.get_host().rpartition(":")[0].strip("[]") or request.get_host()
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@require_GET
@gated
def calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of two weeks at the hour that is asked for (`?at=18:00`), else at the next half-hour."""
    person, now = Person.here(), timezone.localtime()
    try:
        plan = _plan(person, now)
    except PlanRefused as error:
        return _refused(request, error)
    moments = _moments(now, hour(request.GET.get("at", "")) or _next_half_hour(now))
    entries = ical.sessions(plan, moments, owner=_owner(), address=request.build_absolute_uri(reverse("today")))
    return _file(ical.dumps(entries, stamp=now), "text/calendar; charset=utf-8", "supple.ics")


def _plan(person: Person, now: datetime) -> Plan:
    """What there is to take away; raises PlanRefused where today has no session."""
    plan = plan_now(person, now)
    if not plan.steps:
        raise PlanRefused(gettext("There is no session now. The page of today says why, and what you can do."))
    return plan


def _moments(now: datetime, clock: time) -> list[datetime]:
    """The hour on each day of the two weeks to come, from today on where it has not passed."""
    zone = timezone.get_current_timezone()
    days = ical.daily(now.astimezone(zone).date(), FORTNIGHT_DAYS + 1, clock, zone)
    return [moment for moment in days if moment > now][:FORTNIGHT_DAYS]


def _next_half_hour(now: datetime) -> time:
    minutes = (now.hour * 60 + now.minute) // 30 * 30 + 30
    return time(minutes // 60 % 24, minutes % 60)


@cache
def _owner() -> str:
    """What tells this installation's entries from all others, made once and kept."""
    file = Path(settings.DATA) / OWNER_FILE
    try:
        if not file.is_file():
            file.write_text(secrets.token_hex(16), encoding="ascii")
        return file.read_text(encoding="ascii")
    except OSError:  # such as a full disk: the entries come out right, but a second file would bring them again
        return secrets.token_hex(16)


def _drawn(step: Step, body: str) -> bytes:
    with PAGES.drawing:  # numba's threads serve one at a time
        return paper.picture(step, body)


def _refused(request: HttpRequest, error: ValueError) -> HttpResponse:
    return render(request, "export/refused.html", {"why": str(error)}, status=HTTPStatus.CONFLICT)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
