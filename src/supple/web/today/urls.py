"""Today and its plan; Start, too, for it makes the plan."""

from django.urls import path

from supple.web.today import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/opening/", views.opened, name="today-opening"),
    path("today/wishes/", views.wishes, name="today-wishes"),
    path("today/change/", views.change, name="today-change"),
    path("play/start/", views.start, name="play-start"),
]
