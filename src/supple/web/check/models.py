"""What the person answered, and when."""

from typing import Any

from django.db import models

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
