"""What `figure.js` asks for: bodies, motions, rooms and stills, kept by the browser as long as this version runs."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

import supple
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.figure.pages import BODIES, Answer, Pages
from supple.web.figure.small import Size, small

A_YEAR_S = 31_536_000
NOT_FOUND = 404
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


def small_address(body: str, stretch: str, size: Size = Size.ROW) -> str:
    """The address of a small picture of a stretch."""
    return reverse("small-still", args=[version(), size.value, body, stretch])


@require_GET
def piece(request: HttpRequest, stamp: str, path: str) -> HttpResponse:
    """One file of the figure."""
    return _answered(lambda: PAGES.get(path, request.GET.dict()), stamp)


@require_GET
def small_still(request: HttpRequest, stamp: str, size: str, body: str, stretch: str) -> HttpResponse:
    """A small picture of a stretch."""
    return _answered(lambda: Answer(small(PAGES, version(), body, stretch, Size(size)), "image/webp"), stamp)


def _answered(find: Callable[[], Answer], stamp: str) -> HttpResponse:
    try:
        answer = find()
    except (LookupError, ValueError) as error:
        if not type(error).__module__.startswith("supple"):
            raise
        return JsonResponse({"say": str(error)}, status=NOT_FOUND)
    response = HttpResponse(answer.content, content_type=answer.kind)
    response["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if stamp == version() else "no-cache"
    return response
