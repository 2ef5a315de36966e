"""The questions, screen by screen; an emergency shows at once."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from supple.safety.asked import NO, UNSURE, YES, Screen
from supple.web.check.forms import URGENT_SCREENS, Part, contradiction
from supple.web.check.gate import clear_answered
from supple.web.check.models import Answers
from supple.web.check.standing import Standing, current, parts, shown, standing, without_idle
from supple.web.person.models import Person
from supple.web.stale import as_of, is_old

GRAVER = (NO, UNSURE, YES)  # to the signs of the urgent screens
NEWER = "newer"  # in an address: another window has answered since
STRAIGHT_BACK = "verdict"  # `then`: somebody mends one answer and wants no other screen


@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """On to the first screen with an open question, or to the verdict."""
    return redirect(_after(_standing(Answers.of(Person.here()))))


@never_cache
@transaction.atomic  # answers of two windows never overwrite each other
def part(request: HttpRequest, screen: str) -> HttpResponse:
    """One screen: shows it, or takes the answers and goes on."""
    shown_now, answers = _screen(screen), Answers.of(Person.here())
    form = Part(shown_now, _holding(answers), answers.given)
    then = (request.POST if request.method == "POST" else request.GET).get("then", "")
    if request.method == "POST":
        form.take(request.POST, whole=True)
        if _is_old(request, answers, form):
            return redirect(_newer(answers, form))
        stands = _kept(answers, form, sure=True)
        if stands.urgent:
            return redirect("verdict")
        if not form.errors:
            clear_answered(stands, _now())
            return redirect(_after(stands) if then == STRAIGHT_BACK else _next(shown_now, stands))
    else:
        _show_fault(form, _standing(answers))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    shown_as = as_of(_of_screen(answers.given, shown_now))
    page = {**_page(form), "then": then, "as_of": shown_as, "newer": NEWER in request.GET}
    return render(request, "check/part.html", page, status=status)


@never_cache
@require_POST
@transaction.atomic
def so_far(request: HttpRequest, screen: str) -> HttpResponse:
    """After each answer: keeps it, and tells the page what to ask now, how much is left, and of an emergency."""
    answers = Answers.of(Person.here())
    form = Part(_screen(screen), _holding(answers), answers.given)
    form.take(request.POST, whole=False)
    if _is_old(request, answers, form):
        return JsonResponse({"leave": _newer(answers, form)})
    stands = _kept(answers, form, sure=False)
    asked = [question.key for question in shown(form.screen, form.given)]
    alarm = reverse("verdict") if stands.urgent else ""
    unfolded = [field.key for field in form.fields() if field.folded is False]
    told = {"asked": asked, "unfolded": unfolded, "left": form.left, "words": form.left_words, "alarm": alarm}
    told["as_of"] = as_of(_of_screen(answers.given, form.screen))
    return JsonResponse(told)


@require_POST
@transaction.atomic
def again(request: HttpRequest) -> HttpResponse:
    """Every safety question is open again; how each was answered last time is still shown."""
    answers = Answers.of(Person.here())
    answers.given_at = {}
    answers.save()
    return redirect("check")


def _screen(name: str) -> Screen:
    for found in parts():
        if found.id == name:
            return found
    raise Http404


def _of_screen(given: Mapping[str, object], screen: Screen) -> dict[str, object]:
    keys = (asked.key for asked in screen.questions)
    return {key: given[key] for key in keys if key in given}


def _is_old(request: HttpRequest, answers: Answers, form: Part) -> bool:
    """Whether a page would overwrite answers that another window has given since it was shown."""
    lies = _of_screen(answers.given, form.screen)
    return is_old(request.POST, lies) and _of_screen(form.given, form.screen) != lies


def _newer(answers: Answers, form: Part) -> str:
    """Where somebody sees what another window has answered: what it led to where that is urgent, or the screen.

    What is told of a grave sign in the old window is heeded: on the urgent screens a graver answer stands.
    """
    lies, told = (_of_screen(given, form.screen) for given in (answers.given, form.given))
    graver = {key: value for key, value in told.items() if _grave(value) > _grave(lies.get(key))}
    form.given |= lies | (graver if form.screen.id in URGENT_SCREENS else {})
    if _kept(answers, form, sure=False).urgent:
        return reverse("verdict")
    return f"{reverse('check-part', args=[form.screen.id])}?{NEWER}=1"


def _grave(answer: object) -> int:
    return GRAVER.index(answer) if answer in GRAVER else -1


def _kept(answers: Answers, form: Part, *, sure: bool) -> Standing:
    """Keeps the answers of a screen; unless `sure`, those that are as before keep their moment."""
    now = timezone.localtime().isoformat(timespec="seconds")
    mine = {asked.key for asked in form.screen.questions}
    kept = {key: value for key, value in answers.given.items() if key not in mine}
    given = without_idle(kept | {key: value for key, value in form.given.items() if key in mine})
    fresh = {key for key in mine & given.keys() if sure or given[key] != answers.given.get(key)}
    moments = {key: at for key, at in answers.given_at.items() if key in given} | dict.fromkeys(fresh, now)
    answers.given, answers.given_at = given, moments
    answers.save()
    return _standing(answers)


def _standing(answers: Answers) -> Standing:
    return standing(answers.given, answers.given_at, _now())


def _holding(answers: Answers) -> dict[str, object]:
    return current(answers.given, answers.given_at, _now())


def _now() -> datetime:
    return timezone.localtime()


def _show_fault(form: Part, stands: Standing) -> None:
    """Says what is wrong with an answer of this screen that was whole by itself."""
    if stands.fault and stands.where in {asked.key for asked in form.screen.questions}:
        form.errors.setdefault(stands.where, contradiction(stands.where))  # each for itself was read well


def _next(here: Screen, stands: Standing) -> str:
    """The screen after this one that asks something; after the last, the verdict."""
    order = parts()
    for following in order[order.index(here) + 1 :]:
        if shown(following, stands.answers):
            return reverse("check-part", args=[following.id])
    return _after(stands)


def _after(stands: Standing) -> str:
    """Where the first open question is, or the screen that begins with it; the verdict where there is none."""
    if stands.screening is not None:
        return reverse("verdict")
    for screen in parts():
        if stands.where in (keys := [question.key for question in screen.questions]):
            return reverse("check-part", args=[screen.id]) + (f"#{stands.where}" if stands.where != keys[0] else "")
    return reverse("check-part", args=[parts()[0].id])


def _page(form: Part) -> dict[str, object]:
    order = [screen for screen in parts() if shown(screen, form.given)]
    at = [screen.id for screen in order].index(form.screen.id) if form.screen in order else 0
    return {
        "form": form,
        "screen": form.screen,
        "way": [{"screen": s, "done": i < at, "here": i == at} for i, s in enumerate(order)],
        "number": at + 1,
        "of": len(order),
        "before": order[at - 1] if at else None,
    }
