"""Today's plan as a film: asked for, followed while it is made, watched and taken away. All of it behind the gate.

A film stays as it was made while a person changes. So it is handed out only where it keeps what a plan of now would
have to keep, after the questions that come before any session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST, require_safe
from whitenoise.responders import StaticFile

from supple import shapes
from supple.catalogue import load
from supple.planner import Plan, PlanRefused
from supple.planner.check import fits
from supple.shapes import ShapeError
from supple.web.check.gate import gated
from supple.web.film.forms import FilmForm, usual
from supple.web.film.making import somebody_works
from supple.web.film.models import KEPT_DAYS, MOST, Film, State
from supple.web.person.models import Person
from supple.web.today.current import plan_now

PLAYED = "played"  # a page plays it
PART_BYTES = 2_000_000
LONGEST_NUMBER = 18  # digits
View = Callable[[HttpRequest, int], HttpResponseBase]


@dataclass(frozen=True)
class Row:
    """A film of the list; `ahead` are before it, and where it is ready `fits` says whether it may be followed today."""

    film: Film
    minutes: int
    names: tuple[str, ...]
    ahead: int
    fits: bool
    words: str


@require_GET
@gated
def films(request: HttpRequest) -> HttpResponse:
    """What a film may be like, and those that were asked for."""
    return _page(request, usual(Film.shown().first(), voice=Person.here().voice))


@require_POST
@gated
def make(request: HttpRequest) -> HttpResponse:
    """Puts a film of today's plan into the queue; the same one is not made twice at a time."""
    person, now, form = Person.here(), timezone.localtime(), FilmForm(request.POST)
    if not form.is_valid():
        return _page(request, form, gettext("One choice did not come through; please choose again."))
    try:
        plan = plan_now(person, now)
    except PlanRefused as error:
        return _page(request, form, str(error))
    under_way = Film.shown().filter(state__in=Film.UNDER_WAY)
    if not plan.steps or len(under_way) >= MOST:
        full = gettext("So many films are waiting already; cancel one, or wait until some are ready.")
        return _page(request, form, full if plan.steps else gettext("Today's plan has no stretches to film."))
    film = form.save(commit=False)
    film.plan, film.body, film.asked = shapes.plain(plan), person.body, now
    if not under_way.filter(body=film.body, plan=film.plan, **form.cleaned_data).exists():
        film.save()
    return redirect(f"{reverse('films')}#films")


@require_GET
@gated
def state(_request: HttpRequest, number: int) -> HttpResponse:
    """How far a film is, for the page's script."""
    film = _film(number)
    return JsonResponse({"state": film.state, "share": film.share, "words": _words(film)})


@require_POST
@gated
def cancel(_request: HttpRequest, number: int) -> HttpResponse:
    """Stops a film, or takes it out of the queue."""
    _film(number).becomes(State.CANCELLED, *Film.UNDER_WAY)
    return _back()


@require_POST
@gated
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Puts a film that was not made into the queue once more, if it still fits."""
    film = _film(number)
    if not _fits(film, _now()):
        return _page(request, usual(film, voice=film.voice), gettext("That film does not fit today; make a new one."))
    film.becomes(State.QUEUED, State.FAILED, State.CANCELLED, share=0.0, doing="", asked=timezone.now())
    return _back()


@require_POST
@gated
def delete(_request: HttpRequest, number: int) -> HttpResponse:
    """Takes a film out of the list; for a while it may be put back."""
    film = _film(number)
    film.becomes(State.CANCELLED, *Film.UNDER_WAY)
    Film.objects.filter(pk=number).update(deleted=timezone.now())
    return redirect(f"{reverse('films')}?gone={number}")


@require_POST
@gated
def restore(_request: HttpRequest, number: int) -> HttpResponse:
    """Puts a film back into the list."""
    Film.objects.filter(pk=get_object_or_404(Film, pk=number, deleted__isnull=False).pk).update(deleted=None)
    return _back()


def _for_today(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view of a film that is ready, for whom a session of now might be the same."""

    @wraps(view)
    def only_if_it_fits(request: HttpRequest, number: int) -> HttpResponse:
        film = _film(number)
        if film.state != State.DONE or not _fits(film, _now()):
            return redirect("films")
        return cast(HttpResponse, view(request, number))

    return gated(only_if_it_fits)


@require_GET
@_for_today
def watch(request: HttpRequest, number: int) -> HttpResponse:
    """The film on a page, with its words."""
    return render(request, "film/watch.html", {"film": _film(number)})


@require_safe
@_for_today
def film_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The film itself, whole or in parts, as browsers ask for while they play it."""
    film = _film(number)
    return _file(request, film.file(), "video/mp4", f"supple-{timezone.localtime(film.asked):%Y-%m-%d}.mp4")


@require_safe
@_for_today
def words_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """What is said in it, with the moments."""
    film = _film(number)
    name = f"supple-{timezone.localtime(film.asked):%Y-%m-%d}.vtt"
    return _file(request, film.file(".vtt"), "text/vtt; charset=utf-8", name)


@require_safe
@_for_today
def poster_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A picture of it."""
    return _file(request, _film(number).file(".jpg"), "image/jpeg", "")


def _page(request: HttpRequest, form: FilmForm, refused: str = "") -> HttpResponse:
    now, gone = _now(), request.GET.get("gone", "")
    rows = [_row(film, now) for film in Film.shown()]
    told = {
        "form": form,
        "refused": refused,
        "why_not": now if isinstance(now, str) else "",
        "minutes": max(1, round(now.seconds / 60)) if isinstance(now, Plan) else 0,
        "rows": rows,
        "nobody_works": any(row.film.state in Film.UNDER_WAY for row in rows) and not somebody_works(),
        "gone": Film.objects.filter(pk=gone).exclude(deleted=None).first() if _is_number(gone) else None,
        "most": MOST,
        "days": KEPT_DAYS,
    }
    return render(request, "film/films.html", told, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)


def _is_number(word: str) -> bool:
    """Whether it is a number that the database can hold."""
    return word.isdecimal() and len(word) <= LONGEST_NUMBER


def _row(film: Film, now: Plan | str) -> Row:
    ahead = Film.shown().filter(state__in=Film.UNDER_WAY, asked__lt=film.asked).count()
    minutes = max(1, round(film.plan.get("seconds", 0) / 60))
    names = tuple(dict.fromkeys(step["name"] for step in film.plan.get("steps", ())))
    return Row(film, minutes, names, ahead, _fits(film, now), _words(film))


def _now() -> Plan | str:
    """What a session would hold now, or why there is to be none."""
    try:
        return plan_now(Person.here(), timezone.localtime())
    except PlanRefused as error:
        return str(error)


def _fits(film: Film, now: Plan | str) -> bool:
    """Whether a film may be followed now."""
    try:
        return isinstance(now, Plan) and fits(film.read_plan(), now, load())
    except ShapeError:
        return False


def _words(film: Film) -> str:
    """How far it is, in words."""
    return (
        gettext(film.doing).capitalize() if film.doing and film.state == State.RUNNING else str(State(film.state).label)
    )


def _film(number: int) -> Film:
    return get_object_or_404(Film.shown(), pk=number)


def _back() -> HttpResponse:
    return redirect(f"{reverse('films')}#films")


def _file(request: HttpRequest, path: Path, kind: str, name: str) -> HttpResponseBase:
    """A file, or the part of it that is asked for; one that is gone is not found."""
    if not path.is_file():
        raise Http404
    headers = [("Content-Type", kind), ("Accept-Ranges", "bytes"), ("Content-Encoding", "identity")]
    asked = {**request.META, "HTTP_RANGE": _part(request.headers.get("Range", ""), played=PLAYED in request.GET)}
    found = StaticFile(str(path), headers).get_response(request.method, asked)
    answer = FileResponse(found.file or (), status=found.status, as_attachment=bool(name), filename=name)
    for header, value in found.headers:
        answer[header] = value
    return answer


def _part(asked: str, *, played: bool) -> str:
    """The part of a file to give; never much of a film that is played, for a paused one would hold up the site."""
    try:
        start, end = StaticFile.parse_byte_range(asked)
    except ValueError:
        return asked
    last = start + PART_BYTES - 1
    return f"bytes={start}-{last}" if played and start >= 0 and (end is None or end > last) else asked
