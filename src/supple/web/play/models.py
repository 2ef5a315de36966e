"""A session under way or done, as it is kept from step to step."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from supple import shapes
from supple.catalogue import load
from supple.files import FileError, remove
from supple.planner import Plan
from supple.safety.traffic_light import Colour
from supple.safety.verdicts import Verdict
from supple.session import (
    NOTHING,
    Log,
    Open,
    Playback,
    Scene,
    joined,
    kept,
    only_signs,
    open_question,
    start,
    timeline,
    told_before,
)
from supple.session.going_on import too_late
from supple.session.log_file import Stamp, as_it_lies, stamp
from supple.session.playback import still_in
from supple.web.person.models import Person
from supple.web.play import folder

LONGEST_NOTE = 10_000


class Stale(ValueError):
    """The session has gone on elsewhere since this page was shown."""


class Run(models.Model):
    """One session. `plan` is what it follows now, `at_s` where in it; `log` is what was done.

    Without a plan it is none: a grave sign was told before it could begin, and its log tells of that alone.

    `revision` grows with each change, so that two windows cannot overwrite each other. `asking` is the question that is
    open, and `held` the log as it was before it was asked.
    """

    person: "models.ForeignKey[Person, Person]" = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="runs"
    )
    plan: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True, default=None)
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
    def told(cls, words: str, verdict: Verdict, *, pain: int, at: datetime) -> "Run":
        """A grave sign that was told before a session, kept as the command line keeps it: it bars at both doors."""
        log = told_before(at, words, verdict, Log(started=at, pain_before=pain))
        run = cls.objects.create(person=Person.here(), pain=pain, started=at, ended=at, log=shapes.plain(log))
        run.mirror(log)
        return run

    @classmethod
    def sessions(cls) -> "models.QuerySet[Run]":
        """All that were begun and not deleted."""
        return cls.objects.filter(deleted=None, plan__isnull=False)

    @classmethod
    def unfinished(cls) -> "Run | None":
        """The session that was broken off not long ago, and one that has a question about grave signs open."""
        for run in cls.sessions().filter(ended=None):
            log = run.read_log()
            if not too_late(log, timezone.now()) or open_question(log):
                return run
        return None

    @property
    def looked_back(self) -> tuple[int | None, str, dict[str, str]]:
        """Pain after it, the note, and how each stretch was, as they were saved."""
        return self.pain_after, self.note, self.felt

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
        unrolled = timeline(plan, load(), warm=bool(log.hurts), left=still_in(plan, log, load()))
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

    def rewrite(self, log: Log) -> None:
        """Keeps the log as it is told now, here and beside those of the command line."""
        before = self.read_log()
        self.log = shapes.plain(log)
        self.revision += 1
        self.save()
        self.mirror(before)

    def take_back(self) -> None:
        """Nothing was told: it goes, and what lies beside the logs of the command line. Raises FileError."""
        file = folder.own(self.pk)
        with transaction.atomic():
            self.delete()
            remove(file)

    def mirror(self, last: Log) -> None:
        """Puts the log beside those of the command line, with what that has added; `last` is what was put there before.

        A folder that cannot be written takes nothing away from the site: the database has it all.
        """
        file = folder.own(self.pk)
        with suppress(FileError):
            if (lies := _copy(file)) and lies.started != last.started:  # of a database that was here before
                folder.set_aside(file, lies)
            folder.write(file, self.whole_log(last))

    def whole_log(self, last: Log | None = None) -> Log:
        """The log with what the command line has added to it: cleared signs, the day after."""
        return whole(self.read_log(), _copy(folder.own(self.pk)), last, deleted=self.deleted is not None)


def _copy(file: Path) -> Log | None:
    return copied(file, stamp(file)) if file.is_file() else None


def copied(file: Path, stamped: Stamp) -> Log | None:
    """What lies in the place of a session's copy; None where that cannot be read, for the database has it whole."""
    with suppress(FileError):
        log = as_it_lies(file, stamped)
        return log and shapes.moments(log, folder.here)
    return None


def whole(log: Log, copy: Log | None, last: Log | None = None, *, deleted: bool) -> Log:
    """A log with what the command line has added to its copy since `last` was put there.

    Of a session that was deleted only the grave signs stay, for they bar sessions whatever the diary shows.
    """
    if copy and copy.started == log.started:
        log = joined(copy, last or log, log)
    return only_signs(log) if deleted else log


class Cleared(models.Model):
    """A log of the command line whose grave sign bars no session any more: the log itself is left as it is."""

    log: "models.CharField[str, str]" = models.CharField(max_length=255, unique=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.log} cleared"
