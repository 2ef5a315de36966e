"""The questions and what follows from them."""

from django.urls import path

from supple.web.check import verdict_views, views

urlpatterns = [
    path("check/", views.begin, name="check"),
    path("check/again/", views.again, name="check-again"),
    path("check/<slug:screen>/", views.part, name="check-part"),
    path("check/<slug:screen>/so-far/", views.so_far, name="check-so-far"),
    path("verdict/", verdict_views.verdict, name="verdict"),
    path("verdict/clinician/", verdict_views.clinician, name="clinician"),
    path("verdict/slip/", verdict_views.slip, name="slip"),
]
