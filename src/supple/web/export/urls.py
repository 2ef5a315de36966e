"""Today's plan to take away: on paper, and into a calendar."""

from django.urls import path

from supple.web.export import views

urlpatterns = [
    path("handout.pdf", views.handout, name="handout"),
    path("calendar.ics", views.calendar, name="calendar"),
]
