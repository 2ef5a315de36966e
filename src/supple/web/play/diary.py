"""The diary: sessions by month, and what is corrected, deleted and put back in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from supple.session import alarm
from supple.web.play.models import Run


@dataclass(frozen=True)
class Line:
    """One session of the diary. `still` shows the stretch that took longest."""

    run: Run
    seconds: int
    stretches: int
    pain_before: int
    hurt: bool
    sign: bool


def months() -> list[tuple[str, list[Line]]]:
    """Every session that is over, the latest first, month by month."""
    runs = Run.sessions().exclude(ended=None)
    return [(month, list(map(line, some))) for month, some in groupby(runs, key=_month)]


def line(run: Run) -> Line:
    """A session in a line."""
    log = run.read_log()
    return Line(
        run,
        sum(entry.seconds for entry in log.entries),
        len({entry.stretch for entry in log.entries if entry.seconds}),
        log.pain_before,
        bool(log.hurts),
        alarm(log) is not None,
    )


def correct(run: Run, given: Mapping[str, Any], felt: dict[str, str]) -> None:
    """Pain, note and how each stretch felt, as they are told now."""
    run.pain_after, run.note, run.felt = given["pain_after"], given["note"], felt
    run.rewrite(replace(run.read_log(), pain_after=run.pain_after))


def delete(run: Run, at: datetime) -> None:
    """Out of the diary, until it is put back."""
    run.deleted = at
    run.rewrite(run.read_log())


def restore(run: Run) -> None:
    """Back in the diary."""
    run.deleted = None
    run.rewrite(run.read_log())


def _month(run: Run) -> str:
    return date_format(timezone.localtime(run.started), "F Y")
