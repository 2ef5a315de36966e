"""The verdict, and the way back after a grave sign: everything answered anew, and a clinician who has looked."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from supple.catalogue import load
from supple.safety.asked import YES
from supple.safety.verdicts import Verdict
from supple.session import alarm
from supple.web.check import telling
from supple.web.check.for_you import for_you
from supple.web.check.gate import Bar, bar, clear, standing_of
from supple.web.check.standing import Standing, parts, shown
from supple.web.person import countries
from supple.web.person.calling import whom_to_call
from supple.web.person.models import Person
from supple.web.play.models import Run

A_SLIP = timedelta(minutes=10)  # ours: so soon after it somebody may still say that it was one
PICTURES = (
    "standing_side_bend",
    "hands_clasped_chest_opener",
    "cross_body_deltoid",
    "self_hug_upper_back",
    "chin_tuck",
)
URGENT = (Verdict.EMERGENCY, Verdict.SAME_DAY)


@never_cache
@require_GET
def verdict(request: HttpRequest) -> HttpResponse:
    """What the rules say, or which grave sign bars every session."""
    stands = standing_of(Person.here(), timezone.localtime())
    found = bar(stands)
    if found and not stands.urgent:
        return _barred(request, found)
    if stands.screening is None:
        return redirect("check")
    page = _urgent(request) if stands.urgent else _calm(stands)
    told = telling.said(stands.screening, stands.answers)
    found_now = {"found": stands.screening, "said": told, "look": stands.screening.verdict}
    return render(request, f"check/{'urgent' if stands.urgent else 'calm'}.html", {**page, **found_now})


@require_POST
def clinician(request: HttpRequest) -> HttpResponse:
    """Whether a clinician has looked at a grave sign since, and said that this person may stretch."""
    now = timezone.localtime()
    found = bar(standing_of(Person.here(), now))
    if found and found.answered and request.POST.get("looked") == YES:
        clear(now)
    return redirect("verdict")


@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """Takes back a sign that was told of a moment ago by a slip of the finger; it is asked again."""
    for told in _slips():
        told.take_back()
    return redirect("today")


def _slips() -> list[Run]:
    """What was told last before a session, so short a time ago; what was told before that may have been meant."""
    lately = Run.objects.filter(plan__isnull=True, started__gte=timezone.now() - A_SLIP)
    told = [one for one in lately if alarm(one.whole_log())]
    return [one for one in told if one.started == told[0].started]


def _barred(request: HttpRequest, found: Bar) -> HttpResponse:
    urgent = found.alarm.verdict in URGENT and not found.answered
    page = {
        "said": telling.barred(found),
        "bar": found,
        "look": found.alarm.verdict if urgent else "",
        "a_slip": found.alarm.before and bool(_slips()),
    }
    template = "check/urgent.html" if urgent else "check/after_a_sign.html"
    return render(request, template, {**_urgent(request), **page})


def _urgent(request: HttpRequest) -> dict[str, object]:
    languages = request.headers.get("Accept-Language", "")
    return {"help": whom_to_call(Person.here(), languages), "countries": countries.choices()}


def _calm(stands: Standing) -> dict[str, object]:
    open_parts = [page for page in parts() if shown(page, stands.answers)]
    return {"may_plan": stands.may_plan, "parts": open_parts, "shows": _somebody(stands)}


def _somebody(stands: Standing) -> str:
    """A stretch for the picture that this person may do as it is shown; empty where that is none of these."""
    fit = for_you(stands)
    fits = (name for name in PICTURES if fit.known and not fit.why_not(load().stretch(name)))
    return next((name for name in fits if not fit.changes(load().stretch(name))), "")
