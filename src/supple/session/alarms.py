"""The grave signs of sessions, which bar the next one: told of in one, after one, or come back across several."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from supple.planner.history import WEEK, Alarm
from supple.safety.aftercare import Outcome
from supple.safety.gate import Gate, gate
from supple.safety.grave_pain import call_first, meanwhile
from supple.safety.tables import table
from supple.safety.traffic_light import Colour
from supple.safety.verdicts import Verdict
from supple.session.log import BEFORE, Hurt, Log, Recheck

DAY_AFTER_SIGN = "new numbness, weakness or spreading pain the day after"
PAIN_AFTER = "pain_after"

Key = TypeVar("Key")


def alarm(log: Log) -> Alarm | None:
    """The gravest sign told of in a session; None where there was none, or the person has been cleared since."""
    grave = [(check.verdict.severity, check) for check in (*log.rechecks, *_told_after(log)) if check.verdict]
    if not grave or (log.cleared_at and log.cleared_at > max(check.at for _, check in grave)):
        return None
    gravest = max(severity for severity, _ in grave)
    worst = [check for severity, check in grave if severity == gravest]
    assert worst[0].verdict
    return Alarm(
        at=max(check.at for _, check in grave),
        told="; ".join(dict.fromkeys(check.told for check in worst)),
        verdict=worst[0].verdict,
        before=all(check.answer == BEFORE for _, check in grave),
        meanwhile=" ".join(dict.fromkeys(filter(None, (meanwhile(check.answer) for _, check in grave)))),
        call_first=next(filter(None, (call_first(check.answer) for check in worst)), None),
    )


def alarms(logs: Mapping[Key, Log]) -> dict[Key, Alarm]:
    """The gravest sign of each session that has one; what came back within a week is a sign of the last of them."""
    found = {key: alarm(log) or _came_back(log, logs.values()) for key, log in logs.items()}
    return {key: sign for key, sign in found.items() if sign}


def _came_back(log: Log, logs: Iterable[Log]) -> Alarm | None:
    """What somebody was told to have looked at if it came back, and now has; None where they have since."""
    if not any(hurt.colour is Colour.RED for hurt in log.hurts):
        return None
    cleared = [other.cleared_at for other in logs if other.cleared_at and other.started <= log.started]
    since = max(cleared, default=None)
    for row in table("traffic_light")["comes_back"]:
        last = max((hurt.at for hurt in log.hurts if _is_like(row, hurt)), default=None)
        if last is None or (since and since > last):
            continue
        week = {other.started for other in logs if any(_within_a_week(row, hurt, last, since) for hurt in other.hurts)}
        if len(week) >= row["sessions"]:
            return Alarm(last, row["told"], Verdict.SEE_CLINICIAN)
    return None


def _is_like(row: Mapping[str, Any], hurt: Hurt) -> bool:
    return hurt.colour is Colour.RED and hurt.quality in row["qualities"] and hurt.during >= row.get("from_pain", 0)


def _within_a_week(row: Mapping[str, Any], hurt: Hurt, last: datetime, since: datetime | None) -> bool:
    return _is_like(row, hurt) and last - WEEK < hurt.at <= last and (since is None or hurt.at > since)


def _told_after(log: Log) -> Iterator[Recheck]:
    """What was told after a session and asks for a new screening: a sign of the day after, pain too strong for any."""
    if log.day_after is Outcome.RESCREEN and log.day_after_at is not None:
        yield Recheck(log.day_after_at, "A1", DAY_AFTER_SIGN, Verdict.SAME_DAY)
    if log.pain_after is not None and log.ended and gate(log.pain_after).gate is Gate.NONE_RESCREEN:
        yield Recheck(log.ended, PAIN_AFTER, f"pain of {log.pain_after} of 10", Verdict.SEE_CLINICIAN)
