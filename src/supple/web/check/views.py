"""The questions, screen by screen; an emergency shows at once."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from supple.safety.asked import Screen
from supple.web.check.forms import Part
from supple.web.check.models import Answers
from supple.web.check.standing import Standing, current, parts, shown, standing


@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """On to the first screen with an open question, or to the verdict."""
    answers = Answers.of(request.person)
    return redirect(_after(_standing(answers)))


@never_cache
def part(request: HttpRequest, screen: str) -> HttpResponse:
    """One screen: shows it, or takes the answers and goes on."""
    shown_now = _screen(screen)
    answers = Answers.of(request.person)
    form = Part(shown_now, _holding(answers), answers.given)
    if request.method == "POST":
        form.take(request.POST, whole=True)
        stands = _kept(answers, form)
        if stands.urgent:
            return redirect("verdict")
        if not form.errors:
            return redirect(_next(shown_now, stands))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "check/part.html", _page(form), status=status)


@never_cache
@require_POST
def so_far(request: HttpRequest, screen: str) -> HttpResponse:
    """After each answer: keeps it, and tells the page what to ask now, how much is left, and of an emergency."""
    answers = Answers.of(request.person)
    form = Part(_screen(screen), _holding(answers), answers.given)
    form.take(request.POST, whole=False)
    stands = _kept(answers, form)
    asked = [question.key for question in shown(form.screen, form.given)]
    return JsonResponse({"asked": asked, "left": form.left, "alarm": reverse("verdict") if stands.urgent else ""})


@never_cache
@require_GET
def verdict(request: HttpRequest) -> HttpResponse:
    """What the rules say."""
    stands = _standing(Answers.of(request.person))
    if stands.screening is None:
        return redirect(_after(stands))
    return render(request, "check/verdict.html", {"stands": stands, "found": stands.screening})


def _screen(name: str) -> Screen:
    for found in parts():
        if found.id == name:
            return found
    raise Http404


def _kept(answers: Answers, form: Part) -> Standing:
    today = timezone.localdate().isoformat()
    mine = {asked.key for asked in form.screen.questions}
    kept = {key: value for key, value in answers.given.items() if key not in mine}
    answers.given = kept | {key: value for key, value in form.given.items() if key in mine}
    answers.days = {key: today if key in mine else answers.days[key] for key in answers.given}
    answers.save()
    return _standing(answers)


def _standing(answers: Answers) -> Standing:
    return standing(answers.given, answers.days, timezone.localdate())


def _holding(answers: Answers) -> dict[str, object]:
    return current(answers.given, answers.days, timezone.localdate())


def _next(here: Screen, stands: Standing) -> str:
    """The screen after this one that asks something; after the last, the verdict."""
    order = parts()
    for following in order[order.index(here) + 1 :]:
        if shown(following, stands.answers):
            return reverse("check-part", args=[following.id])
    return _after(stands)


def _after(stands: Standing) -> str:
    """Where the first open question is; the verdict where there is none."""
    if stands.screening is not None:
        return reverse("verdict")
    for screen in parts():
        if any(question.key == stands.where for question in screen.questions):
            return reverse("check-part", args=[screen.id]) + f"#{stands.where}"
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
