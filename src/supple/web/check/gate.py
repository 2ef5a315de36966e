"""The gate before everything that shows a plan, a session, a film or a booking: who must not stretch stays outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from supple.planner import Alarm
from supple.web.check.models import Answers, Sign
from supple.web.check.standing import Standing, standing
from supple.web.person.models import Person
from supple.web.play import history

Others = ParamSpec("Others")


@dataclass(frozen=True)
class Bar:
    """A grave sign that bars every session. `answered`: all has been answered anew, but no clinician has looked."""

    alarm: Alarm
    answered: bool


def standing_of(person: Person, now: datetime) -> Standing:
    """Where a person stands now."""
    answers = Answers.of(person)
    return standing(answers.given, answers.given_at, now)


def bar(stands: Standing) -> Bar | None:
    """The gravest sign that bars, one that nobody has answered after before one that waits for a clinician."""
    since = stands.since if stands.screening is not None else None
    found = [Bar(alarm, since is not None and since > alarm.at) for alarm in alarms()]
    bars = [each for each in found if not each.answered or each.alarm.needs_clinician]
    return max(bars, key=lambda each: (not each.answered, each.alarm.verdict.severity, each.alarm.at), default=None)


def alarms() -> list[Alarm]:
    """Every grave sign that has not been cleared, told before a session or in one."""
    return [*(sign.alarm for sign in Sign.objects.filter(cleared_at=None)), *history.alarms().values()]


def clear(now: datetime) -> None:
    """Marks every sign as seen to: everything has been answered anew, and where it needs one a clinician has looked."""
    Sign.objects.filter(cleared_at=None).update(cleared_at=now)
    history.clear(now)


def instead(stands: Standing) -> str:
    """Where somebody has to go instead of to a plan; empty where there may be one."""
    if stands.screening is None:
        return reverse("check")
    return "" if stands.may_plan and bar(stands) is None else reverse("verdict")


def gated(
    view: Callable[Concatenate[HttpRequest, Others], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Others], HttpResponse]:
    """A view that nobody reaches who must not stretch, and that no browser keeps for its back button."""

    @wraps(view)
    def behind_the_gate(request: HttpRequest, /, *args: Others.args, **kwargs: Others.kwargs) -> HttpResponse:
        elsewhere = instead(standing_of(Person.here(), timezone.localtime()))
        return redirect(elsewhere) if elsewhere else view(request, *args, **kwargs)

    return never_cache(behind_the_gate)
