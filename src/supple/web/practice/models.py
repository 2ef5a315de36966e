"""Visits that are booked."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q, UniqueConstraint


class Booking(models.Model):
    """A visit, with what its provider was called then; `token` is what its address bears.

    A cancelled one stays, so that a calendar can be told.
    """

    token: "models.UUIDField[UUID, UUID]" = models.UUIDField(default=uuid4, unique=True, editable=False)
    provider: "models.SlugField[str, str]" = models.SlugField(max_length=60)
    provider_name: "models.CharField[str, str]" = models.CharField(max_length=120)
    place: "models.CharField[str, str]" = models.CharField(max_length=300)
    zone: "models.CharField[str, str]" = models.CharField(max_length=60)
    begins: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    minutes: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField()
    name: "models.CharField[str, str]" = models.CharField(max_length=120)
    contact: "models.CharField[str, str]" = models.CharField(max_length=200)
    booked_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    cancelled_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One visit at a time: the database itself refuses a second one."""

        ordering = ("begins",)
        constraints = (
            UniqueConstraint(fields=["provider", "begins"], condition=Q(cancelled_at=None), name="one_visit_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.provider_name}, {self.begins:%Y-%m-%d %H:%M} UTC"
