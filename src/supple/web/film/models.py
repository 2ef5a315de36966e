"""The films that were asked for: a queue that survives a restart, and what became of each."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from supple import shapes
from supple.files import remove
from supple.planner import Plan

MOST = 10  # ours: how many films are kept
KEPT_DAYS = 30  # ours
PUT_BACK_WITHIN = timedelta(hours=1)  # ours: so long the file of a deleted film stays
ENDINGS = (".mp4", ".vtt", ".jpg")


class State(models.TextChoices):
    """Where a film stands."""

    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Not made")
    CANCELLED = "cancelled", _("Cancelled")


class Size(models.TextChoices):
    """For which screen."""

    TELEVISION = "1280x720", _("TV")
    FULL_HD = "1920x1080", _("Full HD")
    PHONE = "720x1280", _("Phone")


class Ground(models.TextChoices):
    """By daylight or in the evening."""

    LIGHT = "light", _("Daylight")
    DUSK = "dusk", _("Evening")


class Music(models.TextChoices):
    """What plays under the voice."""

    CALM = "calm", _("Calm")
    BRIGHT = "bright", _("Bright")
    OWN = "own", _("Your own")
    NONE = "none", _("None")


class Film(models.Model):
    """One film with its whole plan, so that it stays the same whatever is answered later.

    `doing` and `share` tell how far it is, `why` in a sentence what kept it from being made.
    """

    UNDER_WAY: ClassVar = (State.QUEUED, State.RUNNING)

    plan: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    size: "models.CharField[str, str]" = models.CharField(max_length=10, choices=Size.choices, default=Size.TELEVISION)
    ground: "models.CharField[str, str]" = models.CharField(max_length=10, choices=Ground.choices, default=Ground.LIGHT)
    voice: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)
    music: "models.CharField[str, str]" = models.CharField(max_length=10, choices=Music.choices, default=Music.CALM)
    body: "models.CharField[str, str]" = models.CharField(max_length=10)
    fps: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField(default=30)
    asked: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    state: "models.CharField[str, str]" = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    share: "models.FloatField[float, float]" = models.FloatField(default=0.0)
    doing: "models.CharField[str, str]" = models.CharField(max_length=60, blank=True)
    why: "models.TextField[str, str]" = models.TextField(blank=True)
    deleted: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, default=None)

    class Meta:
        ordering = ("-asked", "-pk")

    def __str__(self) -> str:
        return f"film of {self.asked:%Y-%m-%d %H:%M}"

    @classmethod
    def folder(cls) -> Path:
        """Where films lie, and the pieces that they are made of."""
        return Path(settings.DATA) / "film"

    @classmethod
    def shown(cls) -> "models.QuerySet[Film]":
        """All that were not deleted, the latest first."""
        return cls.objects.filter(deleted=None)

    @classmethod
    def waiting(cls) -> "models.QuerySet[Film]":
        """Those whose turn is to come, in their order."""
        return cls.shown().filter(state=State.QUEUED).order_by("asked", "pk")

    @classmethod
    def take_next(cls) -> "Film | None":
        """The film whose turn it is, which is then being made."""
        film = cls.waiting().first()
        if film is None or not film.becomes(State.RUNNING, State.QUEUED):
            return None
        return film

    @classmethod
    def take_up_again(cls) -> None:
        """Those that were being made when the site stopped get their turn again; their pieces are kept."""
        cls.objects.filter(state=State.RUNNING).update(state=State.QUEUED)

    @classmethod
    def tidy(cls, now: datetime) -> None:
        """Throws away what was deleted, what is too old and, oldest first, what is too much; raises FileError."""
        before = now - timedelta(days=KEPT_DAYS)
        over = cls.shown().exclude(state__in=cls.UNDER_WAY)
        many = over.values_list("pk", flat=True)[MOST:]
        gone = cls.objects.exclude(state=State.RUNNING).filter(
            models.Q(pk__in=[*many])
            | models.Q(asked__lt=before, state__in=(State.DONE, State.FAILED, State.CANCELLED))
            | models.Q(deleted__lt=now - PUT_BACK_WITHIN)
        )
        for film in gone:
            for ending in ENDINGS:
                remove(film.file(ending))
            film.delete()

    def file(self, ending: str = ".mp4") -> Path:
        """Where the film lies, and beside it the words (.vtt) and the poster (.jpg)."""
        return self.folder() / f"{self.pk}{ending}"

    def read_plan(self) -> Plan:
        """What it shows; raises ShapeError where another version of Supple wrote it."""
        return shapes.build(Plan, self.plan, place=str(self))

    def becomes(self, state: State, *before: State, **told: object) -> bool:
        """Whether it stood in one of these states, and now stands in this one."""
        found = type(self).objects.filter(pk=self.pk, state__in=before)
        return bool(found.update(**{"state": state, "why": "", **told}))
