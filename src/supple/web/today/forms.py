"""What a page may wish for today; whatever else comes in is left as it was."""

from datetime import date, datetime

from django.http import QueryDict

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner.make import LONGEST_MINUTES
from supple.safety.gate import MOST_PAIN
from supple.session.opening import UP
from supple.web.today.models import Day
from supple.web.today.opening import tell_pain

MOST_CHANGES = 40
UNDO = "undo"


def take(posted: QueryDict, day: Day, now: datetime, *, passing: bool = False) -> None:
    """Puts what was wished for into the day, and keeps it; `passing` where the slider of pain only moves by there."""
    pain, minutes = _number(posted, "pain", 0, MOST_PAIN), _number(posted, "minutes", 1, LONGEST_MINUTES)
    if pain is not None and passing:
        day.pain, day.pain_at = pain, now
    elif pain is not None:
        tell_pain(pain, day, now)
    day.minutes = day.minutes if minutes is None else minutes
    places = [place for place in posted.getlist("place") if place in set(Setting)]
    day.settings = places or day.settings
    if "bad" in posted:
        day.bad_on = now.date() if posted["bad"] == "yes" else None
    up = UP.get(posted.get("up", ""))
    if up is not None:
        day.up, day.up_at = up, now
    day.save()


def change(posted: QueryDict, day: Day, today: date) -> None:
    """Leaves a stretch out, puts one in, swaps two, or takes the last change back."""
    had = day.changes_on(today)
    if UNDO in posted:
        day.changes = had[:-1]
    else:
        wish = {kind: posted.get(kind, "") for kind in ("out", "into")}
        known = all(name in load().stretches for name in wish.values() if name)
        if known and any(wish.values()):
            day.changes = [*had, wish][-MOST_CHANGES:]
    day.changed_on = today
    day.save()


def _number(posted: QueryDict, name: str, low: int, high: int) -> int | None:
    word = posted.get(name, "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 and low <= int(word) <= high else None
