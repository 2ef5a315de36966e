"""Settings, and the country whose emergency number is told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from supple.safety.emergency_numbers import countries
from supple.web.person.forms import SettingsForm
from supple.web.person.models import Person


def settings(request: HttpRequest) -> HttpResponse:
    """Shows and takes what may be set."""
    here = Person.here()
    form = SettingsForm(request.POST or None, instance=here)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(f"{request.path}?saved=1")
    return render(request, "person/settings.html", {"form": form, "here": here, "saved": "saved" in request.GET})


@require_POST
def country(request: HttpRequest) -> HttpResponse:
    """Keeps the country, and goes back to where it was asked."""
    here, said = Person.here(), request.POST.get("country", "")
    if said in (*countries(), ""):
        here.country = said
        here.save(update_fields=["country"])
    back = request.POST.get("back", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
