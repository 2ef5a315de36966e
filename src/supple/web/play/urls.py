"""What follows a session, and the diary; the session itself stands in `supple.web.urls`, behind the gate."""

from django.urls import path

from supple.web.play import own_music, views

urlpatterns = [
    path("music/", own_music.page, name="own-music"),
    path("music/<slug:stamp>/<slug:mood>.ogg", views.loop, name="music"),
    path("voice/<slug:stamp>/<str:file>", views.clip, name="clip"),
    path("session/<int:number>/after/", views.after, name="after"),
    path("diary/", views.diary_page, name="diary"),
    path("diary/<int:number>/", views.entry, name="diary-entry"),
    path("diary/<int:number>/delete/", views.delete, name="diary-delete"),
    path("diary/<int:number>/restore/", views.restore, name="diary-restore"),
]
