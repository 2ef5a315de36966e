"""What stands in the way and is no mistake of ours, with the remedy: a full disk, a file that cannot be used."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from supple.files import FileError
from supple.web.person.models import Person

SAID = (  # what SQLite says, and what to do about it
    (
        ("locked", "busy"),
        "{file} is in use by another program. Close that one, then try again; nothing is lost.",
    ),
    (
        ("readonly", "read-only", "unable to open"),
        "{file} cannot be written. Make its folder writable, or choose another with SUPPLE_DATA=FOLDER.",
    ),
    (("full",), "There is no room left for {file}. Make some, then try again; nothing in it is lost."),
    (("disk I/O",), "{file} cannot be read or written. Look after that disk, then try again."),
    (
        ("malformed", "not a database"),
        "{file} is not a diary of Supple. Move it away, or choose another folder with SUPPLE_DATA=FOLDER.",
    ),
)


def of_database(error: Exception) -> str:
    """The sentence for what the database says; empty where that is a mistake of ours."""
    told = str(error)
    for signs, sentence in SAID:
        if any(sign in told for sign in signs):
            return gettext(sentence).format(file=settings.DATABASES["default"]["NAME"])
    return ""


def by_script(request: HttpRequest) -> bool:
    """Whether a page's script waits for the answer."""
    return "application/json" in request.headers.get("Accept", "")


class Trouble:
    """Says on the page what stands in the way. The page reads nothing, for the database may be what cannot be used."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of whatever comes after."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for what is known; everything else is a mistake of ours, and Django says so."""
        known = isinstance(error, FileError)
        sentence = str(error) if known else of_database(error) if isinstance(error, DatabaseError) else ""
        if not sentence:
            return None
        if by_script(request):
            return JsonResponse({"trouble": sentence}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        told = {"sentence": sentence, "person": Person(), "again": True}
        return render(request, "home/trouble.html", told, status=HTTPStatus.SERVICE_UNAVAILABLE)
