"""The figure's files."""

from django.urls import path

from supple.web.figure import views

urlpatterns = [path("figure/<slug:stamp>/<path:path>", views.piece, name="figure")]
