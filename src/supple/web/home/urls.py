"""The first page and help."""

from django.urls import path

from supple.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("welcome/", views.welcome, name="welcome"),
    path("help/", views.help_page, name="help"),
]
