"""The first page, help, and what to say when something is not there or goes wrong."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from supple.catalogue import load_claims
from supple.web.check.gate import standing_of
from supple.web.person.models import Person

WHO_AND_WHAT = ("S4", "S21")  # the seed lines on who benefits, and what stretching can and cannot do


def home(request: HttpRequest) -> HttpResponse:
    """Straight to today for somebody who has answered; else what Supple is."""
    if standing_of(Person.here(), timezone.localtime()).screening is not None:
        return redirect("today")  # which leads to the verdict where there is to be no plan
    return welcome(request)


def welcome(request: HttpRequest) -> HttpResponse:
    """What Supple is and is not, for somebody new."""
    claims = [claim for claim in load_claims().values() if set(WHO_AND_WHAT) & set(claim.seed_refs)]
    sentences = [claim.sentence for claim in claims if claim.sentence]
    return render(request, "home/welcome.html", {"claims": sentences})


def help_page(request: HttpRequest) -> HttpResponse:
    """How to use Supple, and where its rules come from."""
    return render(request, "home/help.html")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in is none that a page of ours sends; mostly it is longer than anything that is kept."""
    if isinstance(exception, RequestDataTooBig):
        said = gettext("That is longer than anything that is kept here. Go back, shorten it, then send it again.")
    else:
        said = gettext("That cannot be read here. Go back, then try it again.")
    told = {"sentence": said, "person": Person()}
    return render(request, "home/trouble.html", told, status=HTTPStatus.BAD_REQUEST)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at that address."""
    return render(request, "home/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side; the page reads nothing, for the database may be what is broken."""
    return render(request, "home/broken.html", {"person": Person()}, status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from somewhere else."""
    return render(request, "home/stale_form.html", status=403)
