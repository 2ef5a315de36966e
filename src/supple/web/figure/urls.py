"""The figure's files."""

from django.urls import path

from supple.web.figure import views

urlpatterns = [
    path("figure/<slug:stamp>/still/<slug:body>/<slug:stretch>-<int:width>.webp", views.still, name="still"),
    path("figure/<slug:stamp>/<path:path>", views.piece, name="figure"),
]
