"""Every stretch with its picture, found by body, position, place or name; and each one whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from supple.anatomy import MuscleGroup, Side
from supple.catalogue import Sides, Stretch, UnknownStretch, load
from supple.catalogue.collection import load_collections
from supple.catalogue.motion_reader import motion
from supple.figure import body_map
from supple.figure.performance import marked
from supple.web.check.for_you import ForYou, for_you
from supple.web.check.gate import standing_of
from supple.web.check.standing import Standing
from supple.web.figure.views import base
from supple.web.library import told
from supple.web.library.forms import Wanted
from supple.web.library.words import GRADES, GROUPS, KINDS, POSITIONS, REGIONS, SETTINGS
from supple.web.person.models import Person

AT_ONCE = 6  # pictures that are fetched before one scrolls


@dataclass(frozen=True)
class Row:
    """A stretch on the shelf."""

    stretch: Stretch
    where: str
    position: str
    not_for_you: bool


@dataclass(frozen=True)
class Group:
    """Stretches under one heading, or under none."""

    name: str
    rows: list[Row]
    not_for_you: bool = False


@never_cache
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """All stretches, or those that are looked for."""
    _, stands = _here()
    if stands.urgent:
        return redirect("verdict")
    wanted = Wanted.read(request.GET.dict())
    fit = for_you(stands)
    rows = [_row(stretch, fit) for stretch in wanted.found()]
    page = {"count": len(rows), "groups": _groups(rows, wanted), "for_you": fit, "at_once": AT_ONCE}
    return render(request, "library/library.html", {**_finder(wanted), **page})


@never_cache
@require_GET
def stretch(request: HttpRequest, stretch: str) -> HttpResponse:
    """One stretch: the living figure, how it is done, for whom it is and for whom it is not."""
    person, stands = _here()
    if stands.urgent:
        return redirect("verdict")
    try:
        found = load().stretch(stretch)
    except UnknownStretch as error:
        raise Http404(str(error)) from error
    fit = for_you(stands)
    return render(request, "library/stretch.html", {**_words(found), **_figure(found, person), **_fit(found, fit)})


def _here() -> tuple[Person, Standing]:
    person = Person.here()
    return person, standing_of(person, timezone.localtime())


def _row(stretch: Stretch, fit: ForYou) -> Row:
    where = _listed(REGIONS[region] for region in stretch.regions[:2])
    return Row(stretch, where, str(POSITIONS[stretch.start_position]).lower(), bool(fit.why_not(stretch)))


def _groups(rows: list[Row], wanted: Wanted) -> list[Group]:
    """What suits this person, by position where nothing is looked for; then what does not, at the end."""
    suits = [row for row in rows if not row.not_for_you]
    out = [row for row in rows if row.not_for_you]
    if wanted == Wanted():
        by_position = [
            (str(said), [row for row in suits if row.stretch.start_position is at]) for at, said in POSITIONS.items()
        ]
    else:
        by_position = [("", suits)]
    groups = [Group(name, some) for name, some in by_position if some]
    return [*groups, Group(gettext("Not for you now"), out, not_for_you=True)] if out else groups


def _finder(wanted: Wanted) -> dict[str, object]:
    return {
        "wanted": wanted,
        "tags": list(wanted.tags()),
        "all": len(load().stretches),
        "collections": [
            {
                "name": one.name,
                "url": wanted.query(collection="" if one is wanted.shelf else one.id),
                "here": one is wanted.shelf,
            }
            for one in load_collections().values()
        ],
        "body": [_body_side(side, wanted) for side in body_map.load()],
        "choices": [
            ("position", POSITIONS.items(), wanted.position),
            ("setting", SETTINGS.items(), wanted.setting),
            ("muscle", GROUPS.items(), wanted.muscle),
        ],
    }


def _body_side(side: body_map.BodySide, wanted: Wanted) -> dict[str, object]:
    return {
        "view": side.view,
        "box": " ".join(f"{edge:g}" for edge in side.box),
        "skin": side.skin,
        "groups": [_area(group, path, wanted) for group, path in side.groups.items()],
    }


def _area(group: MuscleGroup, path: str, wanted: Wanted) -> dict[str, object]:
    here = wanted.muscle == group
    return {"name": GROUPS[group], "path": path, "here": here, "url": wanted.query(muscle="" if here else group)}


def _words(stretch: Stretch) -> dict[str, object]:
    first, later = told.dose(stretch)
    return {
        "stretch": stretch,
        "kind": KINDS[stretch.kind],
        "position": POSITIONS[stretch.start_position],
        "places": _listed(SETTINGS[setting] for setting in stretch.settings),
        "works_on": told.works_on(stretch),
        "needs": told.needs(stretch),
        "first": first,
        "later": later,
        "at_most": told.at_most(stretch),
        "leaves_it_out": told.leaves_it_out(stretch),
        "changes_it": told.changes_it(stretch),
        "claims": [(claim, GRADES[claim.grade]) for claim in told.claims(stretch)],
    }


def _figure(stretch: Stretch, person: Person) -> dict[str, object]:
    marks = marked(stretch)
    return {
        "base": base(),
        "wearer": person.body,
        "motion": motion(stretch.id),
        "two_sides": stretch.sides is Sides.ALTERNATE_SIDES,
        "marks_side": marks.side is not Side.NONE,
        "primary": ",".join(marks.primary),
        "secondary": ",".join(marks.secondary),
    }


def _fit(stretch: Stretch, fit: ForYou) -> dict[str, object]:
    return {"for_you": fit, "why_not": fit.why_not(stretch), "your_way": fit.changes(stretch)}


def _listed(words: Iterable[object]) -> str:
    said = ", ".join(str(word).lower() for word in words)
    return said[:1].upper() + said[1:]
