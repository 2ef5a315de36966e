"""Today: a few questions before the session, then the plan, which changes as one moves a slider."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from threading import Lock

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from supple.planner import PlanRefused
from supple.safety.tables import table
from supple.session import stopped
from supple.web.check.gate import bar, gated, standing_of
from supple.web.check.models import Answers
from supple.web.check.standing import Standing
from supple.web.person.models import Person
from supple.web.play.history import in_the_terminal
from supple.web.play.models import Run
from supple.web.today import forms, page
from supple.web.today.ahead import Ahead
from supple.web.today.current import Made, Wanted, made, plan_now, wanted
from supple.web.today.models import Day
from supple.web.today.opening import Opening, Told, keep, opening

PART = "X-Part"  # a script asks for the plan alone
RESTS = "rests"  # it says that the slider has come to rest
AHEAD = Ahead(lambda wish: page.planned(wish, get_language()), Lock())


@dataclass(frozen=True)
class Here:
    """Who is here, now, and where they stand."""

    person: Person
    day: Day
    answers: Answers
    stands: Standing
    now: datetime

    @classmethod
    def found(cls) -> "Here":
        """Read from the database."""
        person, now = Person.here(), timezone.localtime()
        return cls(person, Day.of(person), Answers.of(person), standing_of(person, now), now)

    def opening(self) -> Opening:
        """What has to be asked first."""
        return opening(self.stands, self.answers, self.day, self.now)

    def wanted(self) -> Wanted:
        """What is wished for."""
        return wanted(self.stands, self.answers, self.day, self.now)


@gated
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The questions that are due, else the plan."""
    here = Here.found()
    asked = here.opening()
    if asked.due:
        return render(request, "today/opening.html", page.questions(asked, {}, []))
    return render(request, "today/today.html", _page(here))


@gated
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Takes the answers to the questions before a session."""
    here, posted = Here.found(), request.POST.dict()
    asked = here.opening()
    told = Told.of(posted, asked)
    if told.missing and not told.grave:
        shown = page.questions(asked, posted, told.missing)
        return render(request, "today/opening.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not asked.due and not told.grave:
        return redirect("today")
    keep(told, posted, asked, here.day, here.now)
    return redirect("verdict" if bar(here.stands) else "today")


@gated
@require_POST
def wishes(request: HttpRequest) -> HttpResponse:
    """Takes pain, minutes and places; gives the plan that follows.

    While a slider moves by, a pain too strong for any session is shown; where it rests, it is kept and bars.
    """
    here = Here.found()
    forms.take(request.POST, here.day, here.now, passing=PART in request.headers and RESTS not in request.POST)
    if bar(here.stands):
        return redirect("verdict")
    return _plan(request, here)


@gated
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Leaves a stretch out, puts one in, swaps two, or takes that back."""
    here = Here.found()
    forms.change(request.POST, here.day, here.now.date())
    return _plan(request, here)


@gated
@require_POST
@transaction.atomic  # of two taps the second finds the session of the first
def start(request: HttpRequest) -> HttpResponse:
    """Begins the session: the plan is made here, from what is kept, and never comes from the page.

    One that is not finished goes on, unless the page says that this one comes instead of it.
    """
    here = Here.found()
    going_on = Run.unfinished()
    if going_on and request.POST.get("instead_of") != str(going_on.pk):
        return redirect("player", going_on.pk)
    try:
        plan = plan_now(here.person, here.now)
    except PlanRefused:
        return redirect("today")
    if not plan.steps:
        return redirect("today")
    for left in Run.sessions().filter(ended=None):
        left.keep(stopped(left.scene(), here.now))
    run = Run.begin(plan, pain=plan.limits.today.pain_now, at=here.now)
    here.day.begin(here.now)
    return redirect("player", run.pk)


def _plan(request: HttpRequest, here: Here) -> HttpResponse:
    if PART not in request.headers:
        return redirect("today")
    return render(request, "today/plan.html", _page(here))


def _page(here: Here) -> dict[str, object]:
    found: Made | str
    wish = here.wanted()
    try:
        found = made(wish)
    except PlanRefused as error:
        found = str(error)
    if isinstance(found, Made):
        AHEAD.begin(wish, found.longest)
    return {
        **page.wishes(here.person, here.day, here.stands, wish, found),
        **page.plan(found, wish),
        "review": table("traffic_light")["leg_review"]["why"] if wish.past.leg_waits() else "",
        "unfinished": Run.unfinished(),
        "in_the_terminal": in_the_terminal(here.now),
    }
