"""The shapes of the tables about a person: questions, rules, tags, precautions, population, and what is said."""

from dataclasses import dataclass, field
from typing import Annotated

from supple.anatomy import Setting
from supple.catalogue.words import Tag
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import Booking, CallFirst, QuestionKind
from supple.shapes import Between

Percent = Annotated[int, Between(0, 100)]
Seconds = Annotated[int, Between(0, 3600)]


@dataclass(frozen=True)
class Count:
    """At least `n` of these comparisons."""

    n: Annotated[int, Between(1, 100)]
    of: tuple[str, ...]


@dataclass(frozen=True)
class When:
    """A condition as `rules.py` reads it: every part that is given must hold."""

    all: tuple[str, ...] | None = None
    any: tuple[str, ...] | None = None
    count: Count | None = None


Condition = When | tuple[When, ...]


@dataclass(frozen=True)
class QuestionRow:
    """One question, in the words of `questions.Question`."""

    key: str
    kind: QuestionKind
    ask: str
    range: tuple[int, int] | None = None
    unit: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    optional: bool = False
    also: tuple[str, ...] = ()
    skip_when: Condition | None = None
    ignored_when_skipped: bool = False
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class ScreenRow:
    """Questions that are shown together."""

    id: str
    title: str
    questions: tuple[QuestionRow, ...]
    intro: str = ""


@dataclass(frozen=True)
class AskAgain:
    """What is asked again, by occasion."""

    every_session: tuple[str, ...]
    every_2_weeks: tuple[str, ...]
    after_red_light_or_fall: tuple[str, ...]
    monthly: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """`questions.toml`."""

    version: str
    source: str
    screens: tuple[ScreenRow, ...]
    ask_again: AskAgain


@dataclass(frozen=True)
class GoodFor:
    """Days until answers have to be given again."""

    every_2_weeks: Annotated[int, Between(1, 366)]
    monthly: Annotated[int, Between(1, 366)]


@dataclass(frozen=True)
class InPregnancy:
    """What is asked besides of whoever is or may be pregnant, and what a yes asks for at once."""

    verdict: Verdict
    short: tuple[str, ...]
    at_once: str
    source: str
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Spans:
    """How long something holds, or from when on it does not."""

    source: str
    second_trimester_from_week: Annotated[int, Between(1, 42)]
    goes_on_within_hours: Annotated[int, Between(1, 24)]
    no_night_within_hours: Annotated[int, Between(1, 24)]
    opening_holds_hours: Annotated[int, Between(1, 24)]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class BeforeSession:
    """`before_session.toml`."""

    source: str
    short: dict[str, str]
    also: dict[Verdict, tuple[str, ...]]
    in_pregnancy: InPregnancy
    good_for_days: GoodFor
    spans: Spans
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class RuleRow:
    """A screening rule: which verdict, for which reason, when; `instead_of` are rules that it stands for."""

    id: str
    verdict: Verdict
    reason: str
    when: Condition
    source: str
    instead_of: tuple[str, ...] = ()
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class ReferralRow:
    """A referral beside the verdict."""

    id: str
    refer: str
    when: Condition
    source: str
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class VerdictRow:
    """What a verdict means."""

    plan: PlanKind
    show: str
    offers_booking: bool | Booking
    offers_video: bool


@dataclass(frozen=True)
class CallFirstRow:
    """What is said where somebody else than any doctor is called first, the same day."""

    reasons: tuple[str, ...]
    title: str
    show: str
    elsewhere: str
    source: str
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Screening:
    """`screening.toml`."""

    version: str
    rules: tuple[RuleRow, ...]
    referrals: tuple[ReferralRow, ...]
    verdicts: dict[Verdict, VerdictRow]
    call_first: dict[CallFirst, CallFirstRow]


@dataclass(frozen=True)
class TagRow:
    """From which answers a tag follows."""

    tag: Tag
    when: Condition


@dataclass(frozen=True)
class Tags:
    """`tags.toml`."""

    source: str
    tags: tuple[TagRow, ...]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class MessageRow:
    """What is said when; a sentence about benefit is never written here, but named as the `claim` that it is."""

    id: str
    when: Condition
    say: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Messages:
    """`messages.toml`."""

    source: str
    messages: tuple[MessageRow, ...]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class Soon:
    """By when somebody is to be seen for one of these reasons."""

    within: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """`words.toml`."""

    source: str
    reasons: dict[str, str]
    referrals: dict[str, str]
    soon: tuple[Soon, ...]
    settings: dict[Setting, str]
    loads: dict[str, str]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class PrecautionRow:
    """One precaution; either `as_tag`, or `leaves_out` with `this`; and what limits the stretches that are left."""

    id: str
    when: Condition
    why: str
    leaves_out: Condition | None = None
    this: str = ""
    as_tag: Tag | None = None
    start_dose: bool = False
    arc_percent_max: Percent | None = None
    say: str = ""


@dataclass(frozen=True)
class Precautions:
    """`precautions.toml`."""

    source: str
    precautions: tuple[PrecautionRow, ...]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class LoneRow:
    """Somebody with one thing; without `id` and `who` they go by their one tag."""

    answers: dict[str, str | int]
    id: str = ""
    who: str = ""


@dataclass(frozen=True)
class Whom:
    """`whom.toml`."""

    source: str
    nobody: dict[str, str | int]
    lone: tuple[LoneRow, ...]
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class PopulationLine(When):
    """What a stretch does to the body, when, and how it is changed."""

    this: str = ""
    text: str = ""


@dataclass(frozen=True)
class PopulationRow:
    """All that holds for one tag."""

    because: str
    source: str
    exclude: tuple[PopulationLine, ...] = ()
    change: tuple[PopulationLine, ...] = ()
    awaits_sign_off: bool = False


@dataclass(frozen=True)
class NumberRow:
    """The number of one country."""

    number: str
    also: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class OtherNumber:
    """The number where the country is not known."""

    number: str
    note: str


@dataclass(frozen=True)
class EmergencyNumbers:
    """`emergency_numbers.toml`."""

    source: str
    awaits_verification_by_operator: bool
    default: OtherNumber
    countries: dict[str, NumberRow]
