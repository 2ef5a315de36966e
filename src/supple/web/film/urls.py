"""Films: the page with all of them, and each one."""

from django.urls import path

from supple.web.film import views

urlpatterns = [
    path("film/", views.films, name="films"),
    path("film/make/", views.make, name="film-make"),
    path("film/<int:number>/", views.watch, name="film"),
    path("film/<int:number>/state/", views.state, name="film-state"),
    path("film/<int:number>/cancel/", views.cancel, name="film-cancel"),
    path("film/<int:number>/again/", views.again, name="film-again"),
    path("film/<int:number>/delete/", views.delete, name="film-delete"),
    path("film/<int:number>/restore/", views.restore, name="film-restore"),
    path("film/<int:number>/film.mp4", views.film_file, name="film-file"),
    path("film/<int:number>/words.vtt", views.words_file, name="film-words"),
    path("film/<int:number>/poster.jpg", views.poster_file, name="film-poster"),
]
