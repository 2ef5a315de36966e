"""The gate before everything that shows a plan, a session, a film or a booking: who must not stretch stays outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from supple.planner import Alarm
from supple.session import Log, alarm
from supple.web.check.models import Answers
from supple.web.check.standing import Standing, standing
from supple.web.person.models import Person
from supple.web.play import folder, history
from supple.web.play.models import Run
from supple.web.trouble import by_script

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


def bar(stands: Standing, lies: Mapping[str, Log] | None = None, *, but: str = "") -> Bar | None:
    """The gravest sign that bars, one that nobody has answered after before one that waits for a clinician.

    `lies` are the logs, where one has them; `but` names a session whose own signs do not count: what they ask for is
    being asked in it.
    """
    since = stands.since if stands.screening is not None else None
    found = [
        Bar(sign, since is not None and since > sign.at) for name, sign in history.alarms(lies).items() if name != but
    ]
    bars = [each for each in found if not each.answered or each.alarm.needs_clinician]
    return max(bars, key=lambda each: (not each.answered, each.alarm.verdict.severity, each.alarm.at), default=None)


def clear(now: datetime) -> None:
    """Marks every sign as seen to: everything has been answered anew, and where it needs one a clinician has looked."""
    history.clear(now, *history.alarms())


def clear_answered(stands: Standing, now: datetime) -> None:
    """Marks those as seen to that ask for no more than fresh answers, once these allow a plan; for the terminal too."""
    if stands.since and stands.may_plan:
        done = [n for n, sign in history.alarms().items() if not sign.needs_clinician and stands.since > sign.at]
        history.clear(now, *done)


def instead(stands: Standing) -> str:
    """Where somebody has to go instead of to a plan; empty where there may be one.

    A question about grave signs that was left open in a session comes before everything else that may be done.
    """
    if stands.screening is None:
        return reverse("check")
    lies = history.logs()
    if not stands.may_plan or bar(stands, lies):
        return reverse("verdict")
    left = history.left_open(lies)
    return "" if left is None else reverse("player", args=[left])


def ended_by(stands: Standing, *, but: str = "") -> str:
    """Where somebody has to go instead of on with a session; empty where it may go on."""
    refused = stands.screening is not None and not stands.may_plan
    return reverse("verdict") if refused or bar(stands, but=but) else ""


def gated(
    view: Callable[Concatenate[HttpRequest, Others], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Others], HttpResponse]:
    """A view that nobody reaches who must not stretch, and that no browser keeps for its back button."""
    return _behind(view, instead)


def unbarred(
    view: Callable[Concatenate[HttpRequest, Others], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Others], HttpResponse]:
    """A view of a session under way: answers that grow old meanwhile do not end it, a grave sign or answer does."""
    return _behind(view, ended_by)


def sent(request: HttpRequest, away: str) -> HttpResponse:
    """On to another page, for a page's script or for a browser without."""
    return JsonResponse({"leave": away}) if by_script(request) else redirect(away)


def unbarred_act(view: Callable[[HttpRequest, int], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """What a page does in a session under way; one whose script waits for an answer is told where to go."""

    @wraps(view)
    def behind_the_gate(request: HttpRequest, number: int) -> HttpResponse:
        run = Run.objects.filter(pk=number).first()
        # what has come back in it is told when it is over; a sign that a terminal has told of in it ends it at once
        asks = run is not None and (run.ended or alarm(run.read_log()) or not alarm(run.whole_log()))
        stands = standing_of(Person.here(), timezone.localtime())
        away = ended_by(stands, but=folder.own(number).stem if asks else "")
        if not away:
            return view(request, number)
        return sent(request, away)

    return never_cache(behind_the_gate)


def _behind(
    view: Callable[Concatenate[HttpRequest, Others], HttpResponse], elsewhere: Callable[[Standing], str]
) -> Callable[Concatenate[HttpRequest, Others], HttpResponse]:
    @wraps(view)
    def behind_the_gate(request: HttpRequest, /, *args: Others.args, **kwargs: Others.kwargs) -> HttpResponse:
        away = elsewhere(standing_of(Person.here(), timezone.localtime()))
        return redirect(away) if away else view(request, *args, **kwargs)

    return never_cache(behind_the_gate)
