"""The figure's files."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from supple.web.figure import views
from supple.web.figure.small import Size


class SizeConverter(StringConverter):
    """One of the sizes of a small picture."""

    regex = "|".join(Size)


register_converter(SizeConverter, "size")

urlpatterns = [
    path(
        "figure/<slug:stamp>/small/<size:size>/<slug:body>/<slug:stretch>.webp", views.small_still, name="small-still"
    ),
    path("figure/<slug:stamp>/<path:path>", views.piece, name="figure"),
]
