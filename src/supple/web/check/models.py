"""What the person answered and when, and the grave signs they told of before a session."""

from datetime import datetime
from typing import Any

from django.db import models

from supple.planner import Alarm
from supple.safety.verdicts import Verdict
from supple.web.person.models import Person


class Answers(models.Model):
    """The answers as they were given, by the keys of the questions; nothing is filled in that was not answered.

    `given_at` holds the moment of each, ISO 8601; one without a moment does not hold and is only shown as the last one.
    """

    person: "models.OneToOneField[Person, Person]" = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="answers"
    )
    given: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    given_at: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{len(self.given)} answers"

    @classmethod
    def of(cls, person: Person) -> "Answers":
        """The answers of a person, empty at first."""
        return cls.objects.filter(person=person).first() or cls.objects.get_or_create(person=person)[0]


class Sign(models.Model):
    """Something grave that was told of before a session, which bars every session until `cleared_at`."""

    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    told: "models.TextField[str, str]" = models.TextField()
    verdict: "models.CharField[str, str]" = models.CharField(max_length=20)
    cleared_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.told

    @property
    def alarm(self) -> Alarm:
        """The sign as the planner knows it."""
        return Alarm(self.at, self.told, Verdict(self.verdict), before=True)
