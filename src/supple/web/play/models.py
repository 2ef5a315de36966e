"""A session under way or done, as it is kept from step to step."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from supple import shapes
from supple.catalogue import load
from supple.planner import Plan
from supple.safety.traffic_light import Colour
from supple.session import Log, Playback, joined, kept, open_question, start, timeline
from supple.session.going_on import too_late
from supple.web.person.models import Person
from supple.web.play import folder
from supple.web.play.asking import NOTHING, Open
from supple.web.play.scene import Scene

LONGEST_NOTE = 10_000
MOST_PAIN = 10


class Stale(ValueError):
    """The session has gone on elsewhere since this page was shown."""


class Run(models.Model):
    """One session. `plan` is what it follows now, `at_s` where in it; `log` is what was done.

    `revision` grows with each change, so that two windows cannot overwrite each other. `asking` is the question that is
    open, and `held` the log as it was before it was asked.
    """

    person: "models.ForeignKey[Person, Person]" = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="runs"
    )
    plan: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    log: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    at_s: "models.FloatField[float, float]" = models.FloatField(default=0.0)
    colour: "models.CharField[str, str]" = models.CharField(max_length=10, default=Colour.GREEN)
    pain: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField()
    behind: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField(
        default=0
    )  # steps before the plan was made again
    revision: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=1)
    asking: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    held: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True, default=None)
    started: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    ended: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, default=None)
    pain_after: "models.PositiveSmallIntegerField[int | None, int | None]" = models.PositiveSmallIntegerField(
        null=True, default=None
    )
    felt: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)  # by stretch
    note: "models.TextField[str, str]" = models.TextField(blank=True, max_length=LONGEST_NOTE)
    deleted: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, default=None)

    class Meta:
        ordering = ("-started",)

    def __str__(self) -> str:
        return f"session of {self.started:%Y-%m-%d %H:%M}"

    @classmethod
    def begin(cls, plan: Plan, *, pain: int, at: datetime) -> "Run":
        """A session of this plan that begins at `at` with pain `pain`."""
        begun = start(plan, load(), at, pain)
        with transaction.atomic():
            run = cls.objects.create(
                person=Person.here(), plan=shapes.plain(plan), pain=pain, started=at, log=shapes.plain(begun.log)
            )
            run.log = shapes.plain(replace(kept(begun), of_plan=f"{folder.OWN}{run.pk}"))
            run.save()
        run.mirror(run.read_log())
        return run

    @classmethod
    def unfinished(cls) -> "Run | None":
        """The session that was broken off not long ago, and one that has a question about grave signs open."""
        for run in cls.objects.filter(ended=None, deleted=None):
            log = run.read_log()
            if not too_late(log, timezone.now()) or open_question(log):
                return run
        return None

    @property
    def open(self) -> Open:
        """The question that is open, if one is."""
        return shapes.build(Open, self.asking, place="asking") if self.asking else NOTHING

    def read_log(self) -> Log:
        """What was done, on the clock in force."""
        return shapes.moments(shapes.build(Log, self.log, place=str(self)), folder.here)

    def read_plan(self) -> Plan:
        """What it follows now."""
        return shapes.moments(shapes.build(Plan, self.plan, place=str(self)), folder.here)

    def scene(self) -> Scene:
        """Where it stands, ready to go on."""
        plan, log, held = self.read_plan(), self.read_log(), self.held
        unrolled = timeline(plan, load(), warm=bool(log.hurts))
        playback = Playback(plan, unrolled, log, self.at_s, colour=Colour(self.colour), pain=self.pain)
        return Scene(playback, self.open, shapes.build(Log, held, place="held") if held else None, behind=self.behind)

    def keep(self, scene: Scene) -> None:
        """Writes down where it stands now; raises Stale where somebody else has meanwhile."""
        before, now = self.read_log(), scene.playback
        log = now.log if scene.ending else kept(now)
        changed = {
            "plan": shapes.plain(now.plan),
            "log": shapes.plain(log),
            "at_s": now.at_s,
            "pain": now.pain,
            "colour": now.colour.value,
            "behind": scene.behind,
            "asking": {} if scene.ending else shapes.plain(scene.open),
            "held": shapes.plain(scene.held) if scene.held else None,
            "ended": log.ended,
            "revision": self.revision + 1,
        }
        if not type(self).objects.filter(pk=self.pk, revision=self.revision).update(**changed):
            raise Stale
        for name, value in changed.items():
            setattr(self, name, value)
        if log != before:
            self.mirror(before)

    def mirror(self, last: Log) -> None:
        """Puts the log beside those of the command line, with what that has added; `last` is what was put there before.

        A folder that cannot be written takes nothing away from the site: the database has it all.
        """
        with suppress(folder.NotWritten):
            folder.write(folder.own(self.pk), self.whole_log(last))

    def whole_log(self, last: Log | None = None) -> Log:
        """The log with what the command line has added to it: cleared signs, the day after.

        Of a session that was deleted only the grave signs stay, for they bar sessions whatever the diary shows.
        """
        log, found = self.read_log(), None
        with suppress(folder.LogUnreadable):  # its copy in the folder: what is kept here is whole
            found = folder.loaded(folder.own(self.pk))
        whole = joined(found, last or log, log) if found and found.started == log.started else log
        return replace(whole, entries=(), hurts=(), legs=()) if self.deleted else whole


class Cleared(models.Model):
    """A log of the command line whose grave sign bars no session any more: the log itself is left as it is."""

    log: "models.CharField[str, str]" = models.CharField(max_length=255, unique=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.log} cleared"
