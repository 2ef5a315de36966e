"""What `figure.js` asks for: bodies, motions, rooms and stills, kept by the browser as long as this version runs."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from supple.figure.pages import Pages
from supple.web.figure import stills
from supple.web.figure.stamp import version

A_YEAR_S = 31_536_000
PAGES = Pages(drawing=stills.drawing)


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
    return _lasting(HttpResponse(answer.content, content_type=answer.kind), stamp)


@require_GET
def still(request: HttpRequest, stamp: str, body: str, stretch: str, width: int) -> HttpResponse:
    """A small picture of a stretch."""
    try:
        picture = stills.content(stretch, body, width, version())
    except (LookupError, ValueError) as error:
        if not type(error).__module__.startswith("supple"):
            raise
        return JsonResponse({"say": str(error)}, status=HttpResponseNotFound.status_code)
    return _lasting(HttpResponse(picture, content_type="image/webp"), stamp)


def _lasting(response: HttpResponse, stamp: str) -> HttpResponse:
    """A browser may keep it for ever where the address names this version."""
    response["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable" if stamp == version() else "no-cache"
    return response
