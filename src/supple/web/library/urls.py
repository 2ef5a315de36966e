"""The library of stretches."""

from django.urls import path

from supple.web.library import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/<slug:stretch>/", views.stretch, name="stretch"),
]
