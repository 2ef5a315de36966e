"""What the person answered, and on which day each."""

from typing import Any

from django.db import models

from supple.web.person.models import Person


class Answers(models.Model):
    """The answers as they were given, by the keys of the questions; nothing is filled in that was not answered."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="answers")
    given: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    days: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        default=dict
    )  # of each answer, ISO 8601
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{len(self.given)} answers"

    @classmethod
    def of(cls, person: Person) -> "Answers":
        """The answers of a person, empty at first."""
        return cls.objects.get_or_create(person=person)[0]
