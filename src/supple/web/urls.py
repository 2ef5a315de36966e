"""Every address of the site, app by app."""

from django.urls import include, path

from supple.web.check.gate import unbarred, unbarred_act
from supple.web.play.views import act, it_hurts, player
from supple.web.today.resuming import asked_before_going_on, asked_first

urlpatterns = [
    path("", include("supple.web.home.urls")),
    path("", include("supple.web.check.urls")),
    path("", include("supple.web.today.urls")),
    path("", include("supple.web.person.urls")),
    path("", include("supple.web.figure.urls")),
    path("", include("supple.web.library.urls")),
    path("", include("supple.web.practice.urls")),
    path("", include("supple.web.export.urls")),
    path("", include("supple.web.film.urls")),
    # a session under way: whom a sign or an answer bars sees no plan here either
    path("session/<int:number>/", unbarred(asked_first(player)), name="player"),
    path("session/<int:number>/it-hurts/", unbarred_act(it_hurts), name="it-hurts"),
    path("session/<int:number>/act/", unbarred_act(asked_before_going_on(act)), name="act"),
    path("", include("supple.web.play.urls")),
]
handler400 = "supple.web.home.views.refused"
handler404 = "supple.web.home.views.not_found"
handler500 = "supple.web.home.views.broken"
