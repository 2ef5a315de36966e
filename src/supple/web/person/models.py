"""The one person whose machine this is, and what they chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """Which figure shows the stretches."""

    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")
    OLDER = "older", _("An older woman")
    HEAVIER = "heavier", _("A heavier man")


class TextSize(models.TextChoices):
    """How large the words are."""

    USUAL = "usual", _("Usual")
    LARGE = "large", _("Large")
    LARGEST = "largest", _("Largest")


class Person(models.Model):
    """One row, the only one: there is no account. `country` is an ISO 3166-1 code, empty where it is not known."""

    name: "models.CharField[str, str]" = models.CharField(max_length=60, blank=True)
    country: "models.CharField[str, str]" = models.CharField(max_length=2, blank=True)
    body: "models.CharField[str, str]" = models.CharField(max_length=10, choices=Body.choices, default=Body.WOMAN)
    voice: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)
    sounds: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)
    text_size: "models.CharField[str, str]" = models.CharField(
        max_length=10, choices=TextSize.choices, default=TextSize.USUAL
    )

    def __str__(self) -> str:
        return self.name or "you"

    @classmethod
    def here(cls) -> "Person":
        """The person, made at the first visit."""
        return cls.objects.filter(pk=1).first() or cls.objects.get_or_create(pk=1)[0]
