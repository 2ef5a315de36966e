"""What somebody wishes for today, and what they answered before the session that is to come."""

from datetime import date, datetime

from django.db import models

from supple.web.person.models import Person


class Day(models.Model):
    """One row: minutes and places stay from day to day, pain and answers hold for one session, changes for one day.

    `changes` are what was left out, put in or swapped, oldest first: {"out": ID or "", "into": ID or ""}.
    """

    person: "models.OneToOneField[Person, Person]" = models.OneToOneField(Person, on_delete=models.CASCADE)
    minutes: "models.IntegerField[int | None, int | None]" = models.IntegerField(null=True)
    settings: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    pain: "models.IntegerField[int | None, int | None]" = models.IntegerField(null=True)
    pain_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True)
    nothing_new_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True)
    up: "models.IntegerField[int | None, int | None]" = models.IntegerField(null=True)
    up_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True)
    bad_on: "models.DateField[date | None, date | None]" = models.DateField(null=True)
    changes: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = models.JSONField(default=list)
    changed_on: "models.DateField[date | None, date | None]" = models.DateField(null=True)
    begun_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.minutes} minutes"

    @classmethod
    def of(cls, person: Person) -> "Day":
        """The wishes of a person, empty at first."""
        return cls.objects.filter(person=person).first() or cls.objects.get_or_create(person=person)[0]

    def changes_on(self, day: date) -> list[dict[str, str]]:
        """What was changed in the plan of this day."""
        return self.changes if self.changed_on == day else []

    def begin(self, at: datetime) -> None:
        """A session begins: what was answered before it counts for no other."""
        self.begun_at, self.pain_at, self.nothing_new_at = at, None, None
        self.changes = []
        self.save()
