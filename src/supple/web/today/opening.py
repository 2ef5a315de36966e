"""What has to be asked before this session, and what the answers mean; the questions are those of `session.opening`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext

from supple.safety.asked import NO, YES, questions
from supple.safety.before_session import Change, changes
from supple.safety.gate import MOST_PAIN, Gate, gate
from supple.safety.tables import table
from supple.safety.verdicts import Verdict
from supple.session import Log
from supple.session.alarms import DAY_AFTER_SIGN
from supple.session.asking import PAINS
from supple.session.opening import (
    CHANGES,
    FAINT_AGAIN,
    HOW_LONG,
    STILL,
    DayAfterAsked,
    OfLast,
    day_after,
    day_after_asked,
    last_begun,
    of_last,
    with_day_after,
)
from supple.web.check.models import Answers
from supple.web.check.standing import Standing
from supple.web.play import history
from supple.web.play.models import Run
from supple.web.today.models import Day

OF_THE_SIGNS = ("1_right_now", "2_nerves")
PREGNANT = "pregnant"
AT_REST = "nprs_rest"


@dataclass(frozen=True)
class Opening:
    """The questions that are due. `day_after` is the session whose day after has to be asked for, with its key."""

    changes: tuple[Change, ...] = ()
    pain: bool = False
    of_last: OfLast | None = None
    day_after: DayAfterAsked[str] | None = None

    @property
    def due(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.changes or self.pain or self.of_last or self.day_after)

    @property
    def still_sore(self) -> bool:
        """Whether they were still sore when they were last asked."""
        return self.day_after is not None and self.day_after.told_h is not None


def opening(stands: Standing, answers: Answers, day: Day, now: datetime) -> Opening:
    """What is due now: nothing is asked twice within two hours, and everything again after a session."""
    logs = history.logs()
    last = last_begun(logs)
    begun = max([*filter(None, [day.begun_at]), *(_moments_of(last[1]) if last else ())], default=None)
    told = _told_in_the_check(answers)
    nothing_new = _fresh(day.nothing_new_at, begun, now) or _fresh(told, begun, now)
    pregnant = stands.answers.get(PREGNANT) not in (None, NO)
    return Opening(
        changes=() if nothing_new else changes(pregnant=pregnant),
        pain=not (_fresh(day.pain_at, begun, now) or _fresh(_moment(answers, AT_REST), begun, now)),
        of_last=of_last(last[1]) if last and not _fresh(day.nothing_new_at, begun, now) else None,
        day_after=day_after_asked(logs, now),
    )


def _moments_of(log: Log) -> Iterator[datetime]:
    """When a session began, and when something was told in it: one that goes on after a break is asked about anew."""
    yield log.started
    yield from (hurt.at for hurt in log.hurts)
    yield from (check.at for check in log.rechecks)


def pain_now(answers: Answers, day: Day) -> int:
    """The pain told last, in the questions or since; who said nothing counts as in the strongest."""
    asked_at = _moment(answers, AT_REST)
    if day.pain is not None and day.pain_at and (asked_at is None or day.pain_at > asked_at):
        return day.pain
    told = answers.given.get(AT_REST)
    return told if isinstance(told, int) else MOST_PAIN


def _told_in_the_check(answers: Answers) -> datetime | None:
    """When the questions of the first two screens were last answered, the oldest of them."""
    keys = [key for key, asked in questions().items() if asked.screen in OF_THE_SIGNS and key in answers.given]
    moments = [_moment(answers, key) for key in keys]
    known = [moment for moment in moments if moment is not None]
    return min(known) if known and len(known) == len(moments) else None


def _moment(answers: Answers, key: str) -> datetime | None:
    at = answers.given_at.get(key)
    return datetime.fromisoformat(at) if at else None


def _fresh(at: datetime | None, begun: datetime | None, now: datetime) -> bool:
    holds = timedelta(hours=table("before_session")["spans"]["opening_holds_hours"])
    return at is not None and abs(now - at) < holds and (begun is None or at > begun)


@dataclass
class Told:
    """What came in; `missing` names the questions without an answer, `sign` what is grave among the answers."""

    missing: list[str] = field(default_factory=list)
    sign: tuple[Verdict, str] | None = None
    pain: int | None = None
    after: str = ""

    @property
    def grave(self) -> bool:
        """Whether something was told that is kept at once, though another question has no answer."""
        return self.sign is not None or (self.pain is not None and gate(self.pain).gate is Gate.NONE_RESCREEN)

    @classmethod
    def of(cls, posted: Mapping[str, str], asked: Opening) -> "Told":
        """The answers to what was asked; a grave one counts though its page is an old one and it is asked no more."""
        told = cls()
        for number, change in enumerate(changes(pregnant=True)):
            told._yes_no(posted, f"new-{number}", change.verdict, change.told, due=change in asked.changes)
        last = asked.of_last or FAINT_AGAIN
        told._yes_no(posted, "of-last", last.verdict, last.told, due=bool(asked.of_last))
        if asked.day_after:
            told._yes_no(posted, "new-since", Verdict.SAME_DAY, "", due=True)
            told._one_of(posted, "change", CHANGES)
            if posted.get("change") not in (None, "0") or asked.still_sore:
                told._one_of(posted, "how-long", HOW_LONG)
        if asked.pain:
            told._one_of(posted, "pain", PAINS)
        if posted.get("pain") in PAINS:
            pain = int(posted["pain"])
            told.pain = pain if asked.pain or gate(pain).gate is Gate.NONE_RESCREEN else None
        if told.missing or not asked.day_after:  # else the day after is kept, and what it means with it
            told._yes_no(posted, "new-since", Verdict.SAME_DAY, DAY_AFTER_SIGN, due=False)
        return told

    def _yes_no(self, posted: Mapping[str, str], name: str, verdict: Verdict, words: str, *, due: bool) -> None:
        if posted.get(name) == YES and words:
            self.sign = self.sign or (verdict, words)
        elif due and posted.get(name) not in (YES, NO):
            self.missing.append(name)

    def _one_of(self, posted: Mapping[str, str], name: str, known: Mapping[str, str]) -> None:
        if posted.get(name) not in known:
            self.missing.append(name)


def keep(told: Told, posted: Mapping[str, str], asked: Opening, day: Day, now: datetime) -> str:
    """Keeps what was told where it belongs; returns what to say about the day after."""
    say = ""
    after = asked.day_after
    if after and not told.missing:
        how_long = posted.get("how-long", "0")
        found = day_after(posted["change"], how_long, new=posted["new-since"] == YES, asked=after, now=now)
        history.keep(after.key, with_day_after(after.log, found.outcome, now, still=how_long == STILL))
        say = found.say
    if told.sign:
        verdict, words = told.sign
        Run.told(words, verdict, pain=day.pain or 0 if told.pain is None else told.pain, at=now)
        day.nothing_new_at = None  # what another window was told before; where it was a slip it is asked again
    elif not told.missing:
        day.nothing_new_at = now
    if told.pain is not None:
        tell_pain(told.pain, day, now)
    day.save()
    return say


def tell_pain(pain: int, day: Day, now: datetime) -> None:
    """Keeps the pain that was told; one too strong for any session is a sign, after which it is asked again."""
    day.pain, day.pain_at = pain, now
    if gate(pain).gate is Gate.NONE_RESCREEN:
        words = gettext("pain of %(n)s of %(most)s") % {"n": pain, "most": MOST_PAIN}
        Run.told(words, Verdict.SEE_CLINICIAN, pain=pain, at=now)
        day.pain_at = None
