"""Visits that are booked."""

from uuid import uuid4

from django.db import models
from django.db.models import Q, UniqueConstraint


class Booking(models.Model):
    """A visit. `token` is what its address bears; a cancelled one stays, so that a calendar can be told."""

    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    provider = models.SlugField(max_length=60)
    provider_name = models.CharField(max_length=120)  # as it was on the day of booking
    place = models.CharField(max_length=300)
    zone = models.CharField(max_length=60)
    begins = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One visit at a time: the database itself refuses a second one."""

        ordering = ("begins",)
        constraints = (
            UniqueConstraint(fields=["provider", "begins"], condition=Q(cancelled_at=None), name="one_visit_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.provider_name}, {self.begins:%Y-%m-%d %H:%M} UTC"
