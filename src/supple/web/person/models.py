"""The one person whose machine this is, and what they chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """Which figure shows the stretches."""

    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")
    OLDER = "older", _("An older woman")
    HEAVIER = "heavier", _("A heavier man")


class Person(models.Model):
    """One row, the only one: there is no account."""

    name = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1; empty where it is not known
    timezone = models.CharField(max_length=60, blank=True)  # IANA name, as the browser tells it
    body = models.CharField(max_length=10, choices=Body.choices, default=Body.WOMAN)
    voice = models.BooleanField(default=True)
    sounds = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name or "you"

    @classmethod
    def here(cls) -> "Person":
        """The person, made at the first visit."""
        return cls.objects.get_or_create(pk=1)[0]
