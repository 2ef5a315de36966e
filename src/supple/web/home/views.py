"""The first page, help, and what to say when something is not there or goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What Supple is and is not, for somebody new."""
    return render(request, "home/welcome.html")


def help_page(request: HttpRequest) -> HttpResponse:
    """How to use Supple, and where its rules come from."""
    return render(request, "home/help.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at that address."""
    return render(request, "home/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side."""
    return render(request, "home/broken.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from somewhere else."""
    return render(request, "home/stale_form.html", status=403)
