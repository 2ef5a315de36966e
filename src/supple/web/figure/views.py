"""What `figure.js` asks for: bodies, motions, rooms and stills, kept by the browser as long as this version runs."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

import supple
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.figure.pages import BODIES, Pages

A_YEAR_S = 31_536_000
PAGES = Pages()


@cache
def version() -> str:
    """Changes whenever a body or a motion does."""
    told = hashlib.sha256(supple.__version__.encode())
    for folder in (BODIES, CATALOGUE / "baked", CATALOGUE / "motions"):
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            told.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
    return told.hexdigest()[:12]


def base() -> str:
    """The address below which the figure finds its files."""
    return reverse("figure", args=[version(), "x"]).removesuffix("x")


@require_GET
def piece(request: HttpRequest, stamp: str, path: str) -> HttpResponse:
    """One file of the figure."""
    try:
        answer = PAGES.get(path, request.GET.dict())
    except (LookupError, ValueError) as error:
        if not type(error).__module__.startswith("supple"):
            raise
        return JsonResponse({"say": str(error)}, status=HttpResponseNotFound.status_code)
    response = HttpResponse(answer.content, content_type=answer.kind)
    response["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if stamp == version() else "no-cache"
    return response
