"""What the page of a stretch says: doses in words, who leaves it out and what to do instead, how sure we are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext, ngettext

from supple.anatomy import MuscleGroup
from supple.catalogue import Claim, ClaimStatus, CycleDose, HoldDose, Sides, Stretch, load, load_claims
from supple.safety import whom
from supple.safety.population import changed
from supple.web.library.words import GROUPS

INSTEAD = 2  # other stretches named for somebody who leaves this one out


@dataclass(frozen=True)
class Warned:
    """Who is meant, what it is about, and which stretches do the same work for them."""

    who: str
    say: str
    instead: tuple[Stretch, ...] = ()


def leaves_it_out(stretch: Stretch) -> list[Warned]:
    """For whom the stretch is nothing, each with what they may do instead."""
    return [
        Warned(_if(found.whom), found.say, tuple(_instead(stretch, found.whom))) for found in whom.left_out(stretch)
    ]


def changes_it(stretch: Stretch) -> list[Warned]:
    """Who does it differently, and how."""
    return [Warned(_if(found.whom), found.say) for found in whom.adapted(stretch)]


def _if(them: whom.Lone) -> str:
    return gettext("If %(who)s") % {"who": them.who}


def _instead(stretch: Stretch, them: whom.Lone) -> Iterator[Stretch]:
    """Those that share the most of its muscle groups and that they do as written; its own kind comes first."""
    mine = set(load().group_shares(stretch))

    def shared(other: Stretch) -> tuple[bool, int, bool, int]:
        same_place = bool(set(stretch.settings) & set(other.settings))
        same_groups = len(mine & set(load().group_shares(other)))
        return other.kind is stretch.kind, same_groups, same_place, -len(changed(other))

    others = [other for other in load().stretches.values() if other is not stretch and _main(other) & _main(stretch)]
    best_first = sorted(others, key=shared, reverse=True)
    yield from islice((other for other in best_first if whom.does_as_written(other, them)), INSTEAD)


def _main(stretch: Stretch) -> set[MuscleGroup]:
    return {group for group, share in load().group_shares(stretch).items() if share == 1}


def dose(stretch: Stretch) -> tuple[str, str]:
    """The dose of the first week and the dose to come to.

    >>> dose(load().stretch("cat_camel"))
    ('4 times, slowly, 5 seconds at each end', '8 times, slowly, 5 seconds at each end')
    """
    told = stretch.dose
    if isinstance(told, HoldDose):
        begin = _holds(told.hold_start_s, told.repetitions_start)
        later = _holds(told.hold_target_s, told.repetitions_target)
    else:
        begin = _cycles(told.cycles_start, told.pause_start_s)
        later = _cycles(told.cycles_target, told.pause_target_s)
    if stretch.sides is Sides.ALTERNATE_SIDES:
        each_side = gettext("%(dose)s, each side")
        return each_side % {"dose": begin}, each_side % {"dose": later}
    return begin, later


def at_most(stretch: Stretch) -> str:
    """The most of it in one session."""
    told: HoldDose | CycleDose = stretch.dose
    if isinstance(told, HoldDose):
        return gettext("%(n)d seconds in a session") % {"n": told.max_seconds}
    return gettext("%(n)d times in a session") % {"n": told.max_cycles}


def _holds(seconds: int, times: int) -> str:
    if times == 1:
        return gettext("Once, %(s)d seconds") % {"s": seconds}
    return ngettext("%(n)d time, %(s)d seconds", "%(n)d times, %(s)d seconds", times) % {"n": times, "s": seconds}


def _cycles(times: int, pause_s: int) -> str:
    if not pause_s:
        return gettext("%(n)d times, slowly") % {"n": times}
    pause = ngettext("%(s)d second at each end", "%(s)d seconds at each end", pause_s) % {"s": pause_s}
    return gettext("%(n)d times, slowly, %(pause)s") % {"n": times, "pause": pause}


def works_on(stretch: Stretch) -> str:
    """Its muscle groups, those with the whole of the dose first."""
    shares = load().group_shares(stretch)
    order = sorted(shares, key=lambda group: -shares[group])
    return _capital(", ".join(str(GROUPS[group]).lower() for group in order))


def needs(stretch: Stretch) -> str:
    """What to have at hand."""
    things = [thing for thing in stretch.equipment if thing != "none"]
    return _capital(", ".join(things)) if things else gettext("Nothing")


def claims(stretch: Stretch) -> list[Claim]:
    """What may be said of its benefit: the claims that go back to the same lines, each once."""
    lines = set(stretch.seed_refs)
    return [
        claim
        for claim in load_claims().values()
        if claim.status is not ClaimStatus.HIDDEN and lines & set(claim.seed_refs)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
