"""The questions and what follows from them."""

from django.urls import path

from supple.web.check import views

urlpatterns = [
    path("check/", views.begin, name="check"),
    path("check/<slug:screen>/", views.part, name="check-part"),
    path("check/<slug:screen>/so-far/", views.so_far, name="check-so-far"),
    path("verdict/", views.verdict, name="verdict"),
]
