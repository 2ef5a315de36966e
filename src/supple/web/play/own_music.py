"""The page on which one brings a piece of one's own, for the player and for films."""

from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from supple.files import FileError, remove
from supple.web.play import music


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Shows, takes and takes away the piece."""
    refused = ""
    if request.method == "POST":
        refused = _took_away() if "away" in request.POST else _kept(request.FILES.get("music"))
        if not refused:
            return redirect("own-music")
    heard = reverse("music", args=[music.version(), music.OWN]) if music.has_own() else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "play/own_music.html", {"heard": heard, "refused": refused}, status=status)


def _took_away() -> str:
    """Nothing, or why it is still there."""
    try:
        remove(music.own_file())
    except FileError as error:
        return str(error)
    return ""


def _kept(sent: UploadedFile | None) -> str:
    """Nothing, or why the file was not kept; then an earlier piece stays."""
    if sent is None or not sent.name:
        return gettext("Choose a file first.")
    if (sent.size or 0) > music.MOST_BYTES:
        most = music.MOST_BYTES // 1_000_000
        return gettext("%(file)s: is larger than %(most)d MB; choose a shorter piece.") % {
            "file": sent.name,
            "most": most,
        }
    try:
        from supple.video.music import NoMusic
    except ImportError as error:
        return f"Music needs {error.name}, which is not here; get it with: pip install 'supple[figure,video]'."
    with TemporaryDirectory() as folder:
        file = Path(folder, sent.name)
        try:
            with file.open("wb") as beside:
                beside.writelines(sent.chunks())
            music.keep_own(file)
        except (NoMusic, FileError) as error:
            return str(error).replace(f"{folder}/", "")
        except OSError:
            return gettext("There is no room for this file; make room, then try again.")
    return ""
