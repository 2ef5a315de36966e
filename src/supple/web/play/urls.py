"""The player, what follows a session, and the diary."""

from django.urls import path

from supple.web.play import views

urlpatterns = [
    path("session/<int:number>/", views.player, name="player"),
    path("session/<int:number>/act/", views.act, name="act"),
    path("session/<int:number>/it-hurts/", views.it_hurts, name="it-hurts"),
    path("session/<int:number>/after/", views.after, name="after"),
    path("diary/", views.diary_page, name="diary"),
    path("diary/<int:number>/", views.entry, name="diary-entry"),
    path("diary/<int:number>/delete/", views.delete, name="diary-delete"),
    path("diary/<int:number>/restore/", views.restore, name="diary-restore"),
]
