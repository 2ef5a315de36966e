"""A practitioner near you: who there is, booking, the booking itself, and the operator's list."""

from django.urls import path

from supple.web.practice import views

urlpatterns = [
    path("practitioner/", views.practice, name="practice"),
    path("practitioner/bookings/", views.bookings, name="bookings"),
    path("practitioner/visit/<uuid:token>/", views.booking, name="booking"),
    path("practitioner/visit/<uuid:token>.ics", views.calendar, name="booking-calendar"),
    path("practitioner/<slug:provider>/", views.book, name="book"),
]
