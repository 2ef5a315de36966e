"""Which muscle groups rest, and what comes back at half its dose, after what was done and how it felt.

A report of soreness is one of all sessions from the day that was asked about on, for nobody knows which of two left it,
and holds whatever is done since: the 48 hours count from the end of each, and the half dose until its groups are worked
again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from supple.anatomy import MuscleGroup
from supple.catalogue import Catalogue
from supple.planner.doses import is_rest
from supple.planner.history import DayAfter, Done, History, group_seconds
from supple.safety.aftercare import Outcome
from supple.safety.dosage import Dosage
from supple.safety.traffic_light import Colour


@dataclass(frozen=True)
class Soreness:
    """Muscles that were sore for long: when that was told, when the session before it ended, and what that worked."""

    at: datetime
    ended: datetime
    groups: tuple[MuscleGroup, ...]


def resting(past: History, catalogue: Catalogue, at: datetime, dosage: Dosage) -> Iterable[tuple[MuscleGroup, str]]:
    """The groups that have to wait, with the reason: by how much was done, and whether it left them sore."""
    for steps in past.sessions():
        for group, seconds in group_seconds(steps, catalogue).items():
            hours = dosage.spacing_full_h if seconds >= dosage.spacing_full_from_s else dosage.spacing_light_h
            yield from _waits(group, at - steps[-1].at, hours)
    for report in _reports(past, catalogue):
        for group in report.groups:
            yield from _waits(group, at - report.ended, dosage.spacing_sore_h)


def at_half_dose(past: History, catalogue: Catalogue) -> tuple[str, ...]:
    """The stretches that come back at half their dose.

    Those that were not green when they were last done, and those for muscles that were sore and have not been worked
    since that was told.
    """
    waiting = {
        group
        for report in _reports(past, catalogue)
        for group in report.groups
        if not any(step.at >= report.at and group in _worked(catalogue, step.stretch) for step in past.done)
    }
    spared = {stretch for stretch in catalogue.stretches if waiting & _worked(catalogue, stretch)}
    return tuple(sorted(spared | set(_not_green(past))))


def _reports(past: History, catalogue: Catalogue) -> Iterable[Soreness]:
    """Every report of long soreness with each session that may have left it."""
    for day in past.days_after:
        if day.outcome is Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE:
            for steps in _asked_about(past, day):
                yield Soreness(day.at, steps[-1].at, tuple(group_seconds(steps, catalogue)))


def _asked_about(past: History, day: DayAfter) -> tuple[tuple[Done, ...], ...]:
    """The sessions of the day asked about and since; the last before the report where it does not say which."""
    before = tuple(steps for steps in past.sessions() if steps[0].at < day.at)
    if day.of is None:
        return before[-1:]
    first = day.of.date()
    return tuple(steps for steps in before if steps[0].at.date() >= first)


def _not_green(past: History) -> Iterable[str]:
    """The stretches that hurt in some way in the last session that held them."""
    colours: dict[str, set[Colour]] = {}
    for steps in past.sessions():
        colours |= {
            stretch: {s.colour for s in steps if s.stretch == stretch} for stretch in {s.stretch for s in steps}
        }
    return (stretch for stretch, seen in colours.items() if seen != {Colour.GREEN})


def _worked(catalogue: Catalogue, stretch: str) -> set[MuscleGroup]:
    """The groups that a stretch is for, without those that only get a share; plain rest works none."""
    found = catalogue.stretch(stretch)
    shares = {} if is_rest(found) else catalogue.group_shares(found)
    return {group for group, share in shares.items() if share == 1.0}


def _waits(group: MuscleGroup, passed: timedelta, hours: int) -> Iterable[tuple[MuscleGroup, str]]:
    if passed < timedelta(hours=hours):
        yield group, f"These muscles were worked {_ago(passed)} ago; they rest for {hours} hours."


def _ago(passed: timedelta) -> str:
    hours = round(passed / timedelta(hours=1))
    return "less than an hour" if hours < 1 else f"{hours} hour{'s' if hours > 1 else ''}"
