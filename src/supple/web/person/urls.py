"""Settings."""

from django.urls import path

from supple.web.person import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/country/", views.country, name="country"),
]
