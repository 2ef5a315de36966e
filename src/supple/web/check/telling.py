"""What a verdict page says: in which order, what to tell whom one calls, and where a slip can be mended."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from supple.safety.asked import UNSURE, YES, question
from supple.safety.because import because
from supple.safety.before_session import help_at_once
from supple.safety.screening import Screening, advice, by_when, call_first, elsewhere, meaning, to_call
from supple.safety.screening import why as reasons
from supple.safety.verdicts import Verdict
from supple.safety.words import CallFirst
from supple.web.check.gate import Bar

TITLES = {
    Verdict.EMERGENCY: gettext_lazy("Please get help now"),
    Verdict.SAME_DAY: gettext_lazy("Please speak to a doctor today"),
    Verdict.SEE_CLINICIAN: gettext_lazy("Please let somebody look at your back first"),
    Verdict.GO_GENTLY: gettext_lazy("Stretching suits you, gently"),
    Verdict.FINE: gettext_lazy("Stretching suits you"),
}


@dataclass(frozen=True)
class Said:
    """A verdict for the page: what to do, then why, whom to ask besides, and what else is good to know.

    `soon` says by when to be seen, where a few days matter; `elsewhere` where to go if those to call first cannot help.
    """

    title: str
    lead: str
    why: tuple[str, ...]
    soon: str = ""
    referrals: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    slip: str = ""
    elsewhere: str = ""


def said(found: Screening, answers: Mapping[str, object]) -> Said:
    """What the page says of a screening."""
    call = call_first(found)
    lead = advice(found.verdict, call)
    why = tuple(reasons(found))
    referrals = tuple(meaning(code) for code in found.referrals)
    within = by_when(found)
    rest = _rest(found.say, (lead, *why, *referrals))
    soon = next((line for line in rest if within and within in line), "")
    return Said(
        title=gettext("Please see a doctor %(within)s") % {"within": within} if within else _title(found.verdict, call),
        lead=lead,
        why=why,
        soon=soon,
        referrals=referrals,
        more=tuple(line for line in rest if line != soon),
        note=_note(found, answers),
        slip=_slip(found, answers),
        elsewhere=elsewhere(call) if call else "",
    )


def barred(found: Bar) -> Said:
    """What the page says of a grave sign that bars every session."""
    verdict = found.alarm.verdict
    told = gettext("You told us of this before a session: %(told)s.")
    if not found.alarm.before:
        told = gettext("A session ended with this sign: %(told)s.")
    why = told % {"told": found.alarm.told}
    graver = () if verdict is Verdict.EMERGENCY else (help_at_once(),)
    call = found.alarm.call_first
    return Said(
        title=_title(verdict, call),
        lead=f"{advice(verdict, call)} {found.alarm.meanwhile}".strip(),
        why=(why,),
        more=graver,
        note=(why,),
        elsewhere=elsewhere(call) if call else "",
    )


def _title(verdict: Verdict, call: CallFirst | None) -> str:
    return to_call(call) if call else str(TITLES[verdict])


def _rest(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences of a text beyond those that stand elsewhere on the page."""
    for sentence in known:
        text = text.replace(sentence, "", 1)
    return tuple(part.strip() for part in text.replace(". ", ".\n").splitlines() if part.strip())


def _note(found: Screening, answers: Mapping[str, object]) -> tuple[str, ...]:
    """What to say on the phone."""
    told = because(found, answers)
    yes = [question(key).ask for key, value in told.items() if value == YES]
    unsure = [question(key).ask for key, value in told.items() if value == UNSURE]
    lines = [gettext("I answered the safety questions of a stretching program, and it sent me to you.")]
    lines += [gettext("I said yes to: %(asked)s") % {"asked": asked} for asked in yes]
    lines += [gettext("I was not sure about: %(asked)s") % {"asked": asked} for asked in unsure]
    age, weeks, pregnant = answers.get("age"), answers.get("duration_weeks"), answers.get("pregnant_weeks")
    if isinstance(age, (int, float)):
        lines.append(gettext("I am %(n)d years old.") % {"n": age})
    if isinstance(pregnant, (int, float)):
        lines.append(gettext("I am in week %(n)d of a pregnancy.") % {"n": pregnant})
    if isinstance(weeks, (int, float)):
        lines.append(ngettext("It began %(n)d week ago.", "It began %(n)d weeks ago.", int(weeks)) % {"n": weeks})
    return tuple(lines)


def _slip(found: Screening, answers: Mapping[str, object]) -> str:
    """The address of the question that decided, to be answered again."""
    key = next(iter(because(found, answers)), "")
    if not key:
        return reverse("check")
    return reverse("check-part", args=[question(key).screen]) + f"?then=verdict#{key}"
