"""The player, what follows a session, and the diary."""

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from supple.catalogue import load, voice_reader
from supple.safety.before_session import gravest_signs
from supple.safety.gate import MOST_PAIN
from supple.safety.verdicts import Verdict
from supple.session import NotAsked, Scene, alarm, getting_up, hurting, told_late
from supple.web.figure.views import A_YEAR_S, base
from supple.web.person import countries
from supple.web.person.calling import whom_to_call
from supple.web.person.models import Person
from supple.web.play import afterwards, diary, folder, music, playing, showing, voice
from supple.web.play.forms import FELT, Act, Afterwards
from supple.web.play.history import alarms
from supple.web.play.models import Run, Stale
from supple.web.stale import as_of
from supple.web.trouble import by_script

LONGEST_NUMBER = 18  # digits of a number that the database can hold


@never_cache
@require_GET
def player(request: HttpRequest, number: int) -> HttpResponse:
    """The session as it stands; without scripts its plan as a list to follow."""
    run = _run(number)
    if run.ended:
        return redirect("after", number)
    return _player(request, run, run.scene())


@never_cache
@require_GET
def it_hurts(request: HttpRequest, number: int) -> HttpResponse:
    """What it feels like, asked on a page of its own where there are no scripts."""
    run = _run(number)
    if run.ended:
        return redirect("after", number)
    return _player(request, run, hurting(run.scene()))


@never_cache
@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """A tap, or the end of a step: kept in one go, and the session as it is then."""
    run, form = _run(number), Act(request.POST)
    if not form.is_valid():
        return _told(request, run, gettext("That did not come through; tap it again."), HTTPStatus.UNPROCESSABLE_ENTITY)
    given, now = form.cleaned_data, timezone.localtime()
    behind = given["revision"] != run.revision
    if run.ended and (late := told_late(run.scene(), given["act"], now)):
        run.rewrite(late)
        return _told(request, run, "")
    if run.ended or (behind and not playing.heard(run.scene(), given["act"])):
        return _told(request, run, playing.elsewhere(), HTTPStatus.CONFLICT)
    try:
        scene = playing.after(run.scene(), {**given, "at_s": None} if behind else given, now)
        with transaction.atomic():
            run.keep(scene)
    except NotAsked:
        return _told(request, run, playing.elsewhere(), HTTPStatus.CONFLICT)
    except Stale:
        return _told(request, _run(number), playing.elsewhere(), HTTPStatus.CONFLICT)
    return _told(request, run, "")


@never_cache
def after(request: HttpRequest, number: int) -> HttpResponse:
    """How it was; after a sign that ended it, what to do and nothing else."""
    run = _run(number)
    if not run.ended:
        return redirect("player", number)
    if needed := afterwards.help_needed(run.whole_log(), alarms().get(folder.own(number).stem)):
        page = {
            "run": run,
            "help": needed,
            "call": whom_to_call(Person.here(), request.headers.get("Accept-Language", "")),
            "countries": countries.choices(),
            "up": getting_up(run.scene().playback, load()) if needed.verdict is not Verdict.EMERGENCY else (),
        }
        return render(request, "play/stopped.html", page)
    return _looked_back(request, run, "play/after.html")


@never_cache
@require_GET
def diary_page(request: HttpRequest) -> HttpResponse:
    """The sessions, the latest first, a month or so to a page."""
    gone, pages = _number(request.GET.get("gone", "")), diary.pages()
    page = min(max(_number(request.GET.get("page", "")) or 1, 1), pages)
    told = {
        "months": diary.months(page),
        "earlier": page + 1 if page < pages else None,
        "weeks": diary.lately(timezone.localdate()) if page == 1 else None,
        "later": page - 1 if page > 1 else None,
        "gone": None if gone is None else Run.objects.filter(pk=gone).exclude(deleted=None).first(),
        "under_way": Run.unfinished(),
    }
    return render(request, "play/diary.html", told)


@never_cache
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One session of the diary, to read and to correct."""
    return _looked_back(request, _ended(number), "play/entry.html")


@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a session out of the diary; it may be put back."""
    diary.delete(_ended(number), timezone.now())
    return redirect(f"{reverse('diary')}?gone={number}")


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Puts a session back into the diary."""
    diary.restore(get_object_or_404(Run, pk=number, deleted__isnull=False))
    return redirect("diary")


@require_GET
def loop(request: HttpRequest, stamp: str, mood: str) -> HttpResponse:
    """Music for the player, kept by the browser as long as it is the same."""
    try:
        response = HttpResponse(music.opus(mood), content_type="audio/ogg")
    except ValueError as error:
        return JsonResponse({"say": str(error)}, status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if stamp == music.version() else "no-cache"
    return response


@require_GET
def clip(request: HttpRequest, stamp: str, file: str) -> HttpResponse:
    """One sentence, spoken; kept by the browser as long as it is the same."""
    try:
        response = HttpResponse(voice_reader.clip(file), content_type="audio/ogg")
    except voice_reader.NoClip as error:
        return JsonResponse({"say": str(error)}, status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if stamp == voice.version() else "no-cache"
    return response


def _number(word: str) -> int | None:
    """A number as an address may bear it; None for what is none, or none that the database can hold."""
    return int(word) if word.isdecimal() and len(word) <= LONGEST_NUMBER else None


def _run(number: int) -> Run:
    return get_object_or_404(Run.sessions(), pk=number)


def _ended(number: int) -> Run:
    return get_object_or_404(Run.sessions(), pk=number, ended__isnull=False)


def _player(request: HttpRequest, run: Run, scene: Scene, say: str = "") -> HttpResponse:
    """The page of the player; whom to call stands in it from the beginning, for when nothing answers any more."""
    page = {
        "run": run,
        "state": showing.state(run, scene, request, say=say),
        "scene": scene,
        "say": say,
        "rate": playing.rate(request),
        "person": Person.here(),
        "figure": base(),
        "pages": showing.pages(scene, run.person.body),
        "own_music": music.has_own(),
        "music": reverse("music", args=[music.version(), "calm"]),
        "at_once": gravest_signs(),
        "call": whom_to_call(Person.here(), request.headers.get("Accept-Language", "")),
        **showing.sheet_words(run, hurting(Scene(scene.playback))),
    }
    return render(request, "play/player.html", page)


def _told(request: HttpRequest, run: Run, say: str, status: int = HTTPStatus.OK) -> HttpResponse:
    """The session as it is now: for the page's script, or as the page itself."""
    if not by_script(request):
        if say and not run.ended:
            page = _player(request, run, run.scene(), say)
            page.status_code = status
            return page
        return redirect("after" if run.ended else "player", run.pk)
    return JsonResponse(showing.state(run, run.scene(), request, say=say), status=status)


def _looked_back(request: HttpRequest, run: Run, template: str) -> HttpResponse:
    """A session with its form: shown, or taken and on to the diary."""
    person, log = Person.here(), run.whole_log()
    form = Afterwards(run, request.POST) if request.method == "POST" else Afterwards(run)
    note = form.data.get("note", run.note)
    if newer := form.is_bound and form.is_valid() and form.is_old():
        form, note = Afterwards(run), "\n".join(dict.fromkeys(filter(None, (run.note, form.cleaned_data["note"]))))
    elif form.is_bound and form.is_valid():
        diary.correct(run, form.cleaned_data, form.felt())
        return redirect("after", run.pk) if alarm(run.whole_log()) else redirect("diary")
    sessions = Run.sessions().exclude(ended=None).count()
    told = {
        "run": run,
        "form": form,
        "note": note,
        "newer": newer,
        "as_of": as_of(*run.looked_back),
        "pain": form.data.get("pain_after", run.pain_after),
        "heading": afterwards.heading(log),
        "summary": afterwards.summary(log),
        "little": afterwards.little(log),
        "began": afterwards.began(log.pain_before),
        "compared": afterwards.compared(log.pain_before, run.pain_after, sessions),
        "pains": [
            (n, afterwards.compared(log.pain_before, n, sessions), afterwards.too_strong(n))
            for n in range(MOST_PAIN + 1)
        ],
        "rated": afterwards.rated(log, form.felt() if form.is_bound else run.felt, person.body),
        "felt": FELT,
        "rest": afterwards.resting(run.read_plan(), person.body),
        "up": getting_up(run.scene().playback, load()),
        "hurts": diary.told(log),
    }
    wrong = HTTPStatus.CONFLICT if newer else HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, told, status=wrong)
