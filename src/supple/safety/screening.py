"""From answers to a verdict, its reasons, and what to say: the most severe rule that fires decides.

A single sign is a weak guide to serious illness (Finucane 2020), so signs add up and a lone weak one only slows the
plan. This is information and not a diagnosis; thresholds marked `awaits_sign_off` in the tables are professional
judgement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from supple.catalogue import load
from supple.catalogue.claims import load_claims
from supple.catalogue.words import Tag
from supple.safety import population, precautions
from supple.safety.direction import Direction, direction
from supple.safety.grave_pain import call_first as call_first_about
from supple.safety.grave_pain import grave_pain, person
from supple.safety.questions import (
    UNSURE,
    YES,
    Answers,
    BadAnswer,
    applies,
    facts,
    load_questions,
    question,
    read,
    readable,
    require,
    settle,
)
from supple.safety.rules import Fact, Facts, atoms, holds
from supple.safety.tables import table
from supple.safety.told import told
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import CallFirst

SEVERAL = ("adapted_population", "unsure_condition_treated_as_present")  # reasons for which conditions are named
TABLE = "see table P1"  # so says the source of a rule that stands for many conditions, each with its own
ENDS_IT = "end_session"  # what follows a red light that no other stretch may take the place of


class GuardianNeeded(BadAnswer):
    """Somebody under 18 has no parent or guardian who is there and agrees."""


@dataclass(frozen=True)
class Reason:
    """A rule that fired: its id, its reason code, and where the rule comes from."""

    rule: str
    reason: str
    source: str


@dataclass(frozen=True)
class Screening:
    """What screening found. `reasons` holds every rule that fired, the most severe first.

    `direction` is None while what bending does is not known; `offers_booking` may be "clinician_only".
    """

    verdict: Verdict
    plan: PlanKind
    direction: Direction | None
    tags: tuple[Tag, ...]
    reasons: tuple[Reason, ...]
    referrals: tuple[str, ...]
    say: str
    offers_booking: bool | str
    offers_video: bool


def screen(answers: Mapping[str, object]) -> Screening:
    """The verdict on these answers.

    An emergency among what is given is returned at once, whatever is missing, unreadable or contradictory.
    A same_day is returned once the screen in which it fires is whole. Otherwise every question that applies must be
    answered.
    Raises UnknownQuestion, BadAnswer, Contradiction, MissingAnswer, or GuardianNeeded under 18.

    >>> screen({"saddle_numbness": "yes"}).verdict
    <Verdict.EMERGENCY: 'emergency'>
    """
    at_once = _evaluate(facts(readable(answers)))
    if at_once.verdict is Verdict.EMERGENCY:
        return at_once
    settled = settle(read(answers))
    asked: set[str] = set()
    for page in load_questions():
        require(settled, page.questions)
        asked |= {question.key for question in page.questions}
        so_far = {key: value for key, value in settled.items() if key in asked}
        if _verdict(_fired("rules", facts(so_far))).severity >= Verdict.SAME_DAY.severity:
            return _evaluate(facts(settled))
    found = _evaluate(facts(settled))
    found = _with_red_light(found, settled)
    _need_guardian(settled, found)
    return found


def lasting_flare() -> Reason:
    """The reason for which flare-ups that last or come back lead to a clinician."""
    flare = table("aftercare")["flare"]["escalate"]
    return Reason(flare["id"], flare["reason"], table("aftercare")["source"])


def with_lasting_flare(found: Screening, answers: Mapping[str, object]) -> Screening:
    """The screening of somebody whose flare-ups last or come back: a clinician first, if not more."""
    return _raised(found, Verdict.SEE_CLINICIAN, [lasting_flare()], facts(readable(answers)))


def _with_red_light(found: Screening, answers: Answers) -> Screening:
    """The screening of somebody who tells of a session that had to end, such as with weakness: today, if not more."""
    if "session_log" not in answers:
        return found
    said, known = told(answers["session_log"]), facts(answers)
    if ENDS_IT in said.light.then:
        reason = Reason(said.light.rule, "told_of_weakness", table("traffic_light")["source"])
        return _raised(found, Verdict.SAME_DAY, [reason], known)
    age = known.get("age")
    years = int(age) if isinstance(age, (int, float)) else 0
    whom = person(
        found.tags, precautions.taken(known, found.tags), years, pregnant=known.get("pregnant") in (YES, UNSURE)
    )
    grave = grave_pain(said.pain, load().stretch(said.exercise), whom)
    if not grave or grave[0].verdict is None:
        return found
    reasons = [Reason(sign.id, "told_of_grave_pain", sign.source) for sign in grave]
    besides = [f"You told us of this: {'; '.join(sign.told for sign in grave)}.", *(sign.meanwhile for sign in grave)]
    return _raised(found, grave[0].verdict, reasons, known, filter(None, dict.fromkeys(besides)))


def _raised(
    found: Screening, verdict: Verdict, reasons: Sequence[Reason], answered: Facts, besides: Iterable[str] = ()
) -> Screening:
    """The screening with this verdict for these reasons, which mean the same, where it asked for less before."""
    if found.plan is PlanKind.NONE and found.verdict.severity >= verdict.severity:
        return found
    row = table("screening")["verdicts"][verdict]
    known = {**answered, "verdict": verdict, "plan": row["plan"], "tag": frozenset(found.tags)}
    said = (line["say"] for line in table("messages")["messages"] if holds(line["when"], known))
    return replace(
        found,
        verdict=verdict,
        plan=PlanKind(row["plan"]),
        reasons=(*reasons, *found.reasons),
        say=" ".join([advice(verdict, _call_first(verdict, reasons)), meaning(reasons[0].reason), *besides, *said]),
        offers_booking=row["offers_booking"],
        offers_video=row["offers_video"],
    )


def evaluate(answers: Mapping[str, object]) -> Screening:
    """The verdict with every missing answer taken as "no": for tests and for what-if, never for a person."""
    return _evaluate(facts(read(answers)))


def meaning(code: str) -> str:
    """What a reason or referral code means, as a sentence for people.

    >>> meaning("bone_health_check")
    'Ask your doctor for a check of your bones.'
    """
    words: dict[str, str] = table("words")["reasons"] | table("words")["referrals"]
    return words[code]


def why(found: Screening) -> dict[str, list[Reason]]:
    """The sentences that say why, each with the reasons behind it; where one stands for many conditions, with theirs.

    >>> next(iter(why(evaluate({"hip_replacement": "yes"}))))
    'One of the conditions you told us calls for an adapted plan: you have or may have a replaced hip.'
    """
    said: dict[str, list[Reason]] = {}
    for reason in decisive(found):
        named = "; ".join(population.rules()[tag].because for tag in _conditions(reason.rule, found.tags))
        text = meaning(reason.reason)
        text = f"{text.removesuffix('.')}: {named}." if named and reason.reason in SEVERAL else text
        said.setdefault(text, []).append(reason)
    return said


def _conditions(rule: str, tags: Iterable[Tag]) -> Iterator[Tag]:
    """The tags that a rule asks for by their names."""
    asked = {atom.key for row in table("screening")["rules"] if row["id"] == rule for atom in atoms(row["when"])}
    return (tag for tag in tags if tag in asked)


def decisive(found: Screening) -> tuple[Reason, ...]:
    """The reasons to show: without a plan only those of the verdict itself, for a milder one would soothe wrongly."""
    if found.plan is not PlanKind.NONE:
        return found.reasons
    graded = {rule["id"]: Verdict(rule["verdict"]) for rule in table("screening")["rules"]}
    return tuple(reason for reason in found.reasons if graded.get(reason.rule, found.verdict) is found.verdict)


def by_when(found: Screening) -> str:
    """By when somebody who is sent to a clinician is to be seen; empty where nothing says that it is soon.

    >>> by_when(evaluate({"age": 70, "gca_signs": "unsure"}))
    'today or tomorrow'
    """
    if found.verdict is not Verdict.SEE_CLINICIAN:
        return ""
    told = {reason.reason for reason in found.reasons}
    return next((str(row["within"]) for row in table("words")["soon"] if told & {*row["reasons"]}), "")


def advice(verdict: Verdict, call_first: CallFirst | None = None) -> str:
    """What a verdict asks of a person, in one or two sentences; `call_first`: of whom, the same day."""
    rows = table("screening")
    return str((rows["call_first"][call_first] if call_first else rows["verdicts"][verdict])["show"])


def call_first(found: Screening) -> CallFirst | None:
    """Whom to call first, in place of any doctor, where it is the same day and the reason says so."""
    return _call_first(found.verdict, found.reasons)


def to_call(who: CallFirst) -> str:
    """The call as a heading."""
    return str(table("screening")["call_first"][who]["title"])


def elsewhere(who: CallFirst) -> str:
    """Where to go if those to call first cannot help."""
    return str(table("screening")["call_first"][who]["elsewhere"])


def _call_first(verdict: Verdict, reasons: Sequence[Reason]) -> CallFirst | None:
    if verdict is not Verdict.SAME_DAY:
        return None
    told = next(filter(None, (call_first_about(reason.rule) for reason in reasons)), None)
    rows, named = table("screening")["call_first"].items(), {reason.reason for reason in reasons}
    return told or next((CallFirst(who) for who, row in rows if named & {*row["reasons"]}), None)


def tags(known: Facts) -> tuple[Tag, ...]:
    """The population tags that the answers give; "unsure" about a condition counts as having it."""
    found = {row["tag"] for row in table("tags")["tags"] if holds(row["when"], known)}
    return tuple(tag for tag in Tag if tag in found)


def _evaluate(known: Facts) -> Screening:
    fired = _fired("rules", known)
    verdict = _verdict(fired)
    row = table("screening")["verdicts"][verdict]
    found_tags = tags({**known, "rule": frozenset(rule["id"] for rule in fired)})
    reasons = tuple(Reason(rule["id"], rule["reason"], _source(rule, found_tags)) for rule in fired)
    show = advice(verdict, _call_first(verdict, reasons))
    referrals = tuple(dict.fromkeys(str(rule["refer"]) for rule in _fired("referrals", known)))
    found_direction = _direction(known)
    more: dict[str, Fact] = {
        "verdict": verdict,
        "plan": row["plan"],
        "tag": frozenset(found_tags),
        "reason": frozenset(reason.reason for reason in reasons),
        "referral": frozenset(referrals),
    }
    return Screening(
        verdict=verdict,
        plan=PlanKind(row["plan"]),
        direction=found_direction,
        tags=found_tags,
        reasons=reasons,
        referrals=referrals,
        say=" ".join(_say(show, fired, {**known, **more}, referrals)),
        offers_booking=row["offers_booking"],
        offers_video=row["offers_video"],
    )


def _fired(rules: str, known: Facts) -> list[dict[str, Any]]:
    """The rules that fire and that no other stands for, the most severe first, then by id."""
    fired = [rule for rule in table("screening")[rules] if holds(rule["when"], known)]
    stood_for = {other for rule in fired for other in rule.get("instead_of", ())}
    return sorted(
        (rule for rule in fired if rule["id"] not in stood_for), key=lambda rule: (-_severity(rule), rule["id"])
    )


def _source(rule: Mapping[str, Any], tags: Iterable[Tag]) -> str:
    """Where a rule comes from; where that is a table of conditions, what it names for those of this person."""
    if rule["source"] != TABLE:
        return str(rule["source"])
    return "; ".join(dict.fromkeys(population.rules()[tag].source for tag in _conditions(rule["id"], tags)))


def _severity(rule: Mapping[str, Any]) -> int:
    return Verdict(rule["verdict"]).severity if "verdict" in rule else 0


def _verdict(fired: list[dict[str, Any]]) -> Verdict:
    return Verdict(fired[0]["verdict"]) if fired else Verdict.FINE


def _direction(known: Facts) -> Direction | None:
    forwards, backwards = known.get("flexion_effect"), known.get("extension_effect")
    return direction(forwards, backwards) if isinstance(forwards, str) and isinstance(backwards, str) else None


def _say(show: str, fired: list[dict[str, Any]], known: Facts, referrals: Iterable[str]) -> Iterable[str]:
    """The verdict's sentence, why where there is no plan, the messages that apply, and the referrals."""
    yield show
    if known["plan"] == PlanKind.NONE:
        decisive = [rule["reason"] for rule in fired if rule["verdict"] == known["verdict"]]
        yield from (meaning(reason) for reason in dict.fromkeys(decisive))
    for row in table("messages")["messages"]:
        if holds(row["when"], known):
            yield from filter(None, (row.get("say"), load_claims()[row["claim"]].sentence if "claim" in row else None))
    if known["verdict"] not in (Verdict.EMERGENCY, Verdict.SAME_DAY):
        yield from (meaning(code) for code in referrals)


def _need_guardian(answers: Answers, found: Screening) -> None:
    """A plan for somebody under 18 needs a guardian who agrees; a verdict without a plan does not wait for one."""
    minor = applies(question("guardian_agrees"), answers)
    if minor and found.plan is not PlanKind.NONE and answers["guardian_agrees"] != YES:
        raise GuardianNeeded(
            "guardian_agrees: under 18 a parent or guardian has to be with you and agree; ask them, then answer yes."
        )
