"""What tingling, numbness, spreading or sharp pain in a stretch leaves out: all that loads what hurt in the same way.

Where in the body it was felt is not asked: a stretch that loads both the neck and the low back leaves out what loads
either. What counts as the same load is professional judgement (`traffic_light.toml`).
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

from supple.catalogue import Catalogue, Kind, Stretch
from supple.safety import population
from supple.safety.rules import Facts, holds
from supple.safety.tables import table
from supple.safety.tables.sight import MOTIONS
from supple.safety.words import Quality

FROM_NOW_ON = "today"
SPINE = ("lumbar", "thoracic", "cervical")


def is_nerve(quality: Quality) -> bool:
    """Whether it feels as nerves do.

    >>> is_nerve(Quality.TINGLING_OR_NUMB), is_nerve(Quality.SHARP)
    (True, False)
    """
    return quality in table("traffic_light")["nerve"]["came"]


def left_out(catalogue: Catalogue, stretch: Stretch, quality: Quality, *, when: str = FROM_NOW_ON) -> dict[str, str]:
    """The stretches that are out after this pain in `stretch`, each with the reason; it is one of them.

    After a nerve has answered these are all that load it; after sharp pain all that pull on the same muscles. `when`
    ends the reason's first part, such as "within the last week". Empty for other pain.
    """
    if not is_nerve(quality):
        return _same_muscles(catalogue, stretch, quality, when)
    nerve = table("traffic_light")["nerve"]
    out: dict[str, str] = {}
    for part in _parts(stretch):
        for other in catalogue.stretches.values():
            if any(_same_load(part, catalogue, stretch, other, moved_on=quality in nerve["moved_on"])):
                out.setdefault(other.id, f"{nerve['came'][quality]} {when}: {part['nothing']}.")
    return out


def nothing_new(catalogue: Catalogue, quality: Quality, planned: Collection[str]) -> dict[str, str]:
    """The stretches that may not come into a session after a red light unless `planned`; never plain rest."""
    row = table("traffic_light")["enough_today"]
    why = f"{row['came'][quality]} {FROM_NOW_ON}: {row['in_session']}."
    others = (other for other in catalogue.stretches.values() if other.id not in planned)
    return {other.id: why for other in others if not is_plain_rest(other)}


def week_after(catalogue: Catalogue, stretch: Stretch, quality: Quality, *, when: str) -> dict[str, str]:
    """What else is out for a week after this red light in `stretch`, each with the reason; `when` as in `left_out`."""
    lights, hurt = table("traffic_light"), population.facts(stretch)
    out: dict[str, str] = {}
    for row in lights["week_after"]:
        if quality in row["qualities"] and ("hurt_in" not in row or holds(row["hurt_in"], hurt)):
            others = catalogue.stretches.values()
            out |= {other.id: row["why"] for other in others if holds(row["leaves_out"], population.facts(other))}
    if quality in lights["same_way"]["week"]:
        came, pulled = lights["same_way"]["came"][quality], _pulled(catalogue, stretch, when)
        out |= {other.id: f"{came} {when}: {lights['same_muscles']['nothing']}." for other in pulled}
        out |= same_way(catalogue, stretch, quality, when=when)
    return out


def _same_muscles(catalogue: Catalogue, stretch: Stretch, quality: Quality, when: str) -> dict[str, str]:
    row = table("traffic_light")["same_muscles"]
    if quality not in row["came"]:
        return {}
    out = (stretch, *_pulled(catalogue, stretch, when))
    return {other.id: f"{row['came'][quality]} {when}: {row['nothing']}." for other in out}


def _pulled(catalogue: Catalogue, stretch: Stretch, when: str) -> Iterator[Stretch]:
    """The stretches that pull on the same muscles; from the next day on without the smallest movements."""
    for other in catalogue.stretches.values():
        if _pulls_on_the_same(catalogue, stretch, other) and (when == FROM_NOW_ON or not _stays(stretch, other)):
            yield other


def _stays(stretch: Stretch, other: Stretch) -> bool:
    """Whether `other` is a movement so small that it stays from the next day on, and moves no spine part alike."""
    small = holds(table("traffic_light")["same_muscles"]["stays"], population.facts(other))
    return small and not any(same_direction(stretch, other, spine, by_the_way=True) for spine in SPINE)


def enough_today(quality: Quality | None) -> str:
    """Why a plan of the same day has only rest after a red light; None where nobody told of what kind.

    >>> enough_today(Quality.SPREADING)
    'Pain spread today: only rest is left until tomorrow.'
    """
    row = table("traffic_light")["enough_today"]
    return f"{row['came'][quality or Quality.ACHE]} {FROM_NOW_ON}: {row['left']}."


def is_still_today(ago: timedelta) -> bool:
    """Whether it is so short ago that midnight between does not make it another day."""
    return ago < timedelta(hours=table("traffic_light")["enough_today"]["hours"])


def same_way(catalogue: Catalogue, stretch: Stretch, quality: Quality, *, when: str = FROM_NOW_ON) -> dict[str, str]:
    """The stretches that are out for a session, or `when`, because they load the spine as `stretch` does."""
    row = table("traffic_light")["same_way"]
    if quality not in row["came"]:
        return {}
    why = f"{row['came'][quality]} {when}: {row['nothing']}."
    return {
        other.id: why
        for other in catalogue.stretches.values()
        if any(same_direction(stretch, other, spine, by_the_way=False) for spine in SPINE) and not is_plain_rest(other)
    }


def only_rests(qualities: Iterable[Quality]) -> bool:
    """Whether red lights of these qualities, one for each, leave nothing of a session but its rests."""
    row = table("traffic_light")["same_muscles"]
    return sum(quality in row["came"] for quality in qualities) >= int(row["only_rests_at"])


def loads_low_back(stretch: Stretch) -> bool:
    """Whether a stretch moves the low back, so that a leg is asked after it."""
    load = stretch.spine_load.lumbar
    return bool(load.flexion or load.extension or load.rotation or load.side_bend)


def loads_leg_nerve(stretch: Stretch) -> bool:
    """Whether a stretch pulls on the nerve of the leg."""
    return holds(table("traffic_light")["leg_review"]["leaves_out"], population.facts(stretch))


def spare(stretch: Stretch | None) -> str:
    """What to leave alone while it lasts, for the parts that this stretch loads; without one, for low back and leg."""
    parts = _parts(stretch) if stretch else [table("traffic_light")["nerve"]["parts"]["low_back_and_leg"]]
    return ", and ".join(str(part["spare"]) for part in parts)


def ends_session(qualities: Iterable[Quality]) -> str | None:
    """What to say where red lights of these qualities, one for each, end a session; None where they do not."""
    nerve = table("traffic_light")["nerve"]
    return str(nerve["ends_say"]) if sum(map(is_nerve, qualities)) >= nerve["ends_session_at"] else None


def told_twice() -> str:
    """What bars the next session after `ends_session`, in words."""
    return str(table("traffic_light")["nerve"]["ends_told"])


def same_direction(stretch: Stretch, other: Stretch, spine: str, *, by_the_way: bool) -> bool:
    """Whether `other` loads a part of the spine in a direction that `stretch` loads; `by_the_way`: however little."""
    mine, theirs = population.facts(stretch), population.facts(other)
    return any(_score(theirs, spine, motion) for motion in _directions(stretch, mine, spine, by_the_way=by_the_way))


def is_neutral(stretch: Stretch, spine: str) -> bool:
    """Whether a part of the spine stays near its middle."""
    most = population.facts(stretch)[f"{spine}_max"]
    return isinstance(most, int) and most < table("traffic_light")["nerve"]["loaded_from"]


def _parts(stretch: Stretch) -> list[dict[str, Any]]:
    known = population.facts(stretch)
    return [part for part in table("traffic_light")["nerve"]["parts"].values() if holds(part["hurt_in"], known)]


def _same_load(
    part: dict[str, Any], catalogue: Catalogue, stretch: Stretch, other: Stretch, *, moved_on: bool
) -> Iterator[bool]:
    known, spine = population.facts(other), part["spine"]
    yield stretch.id == other.id
    yield holds(part["leaves_out"], known)
    yield part.get("arm_symptoms", False) and _irritates_an_arm(other, known)
    yield same_direction(stretch, other, spine, by_the_way=moved_on)
    yield moved_on and not is_neutral(other, spine)
    yield _works_the_same(catalogue, stretch, other)


def _works_the_same(catalogue: Catalogue, stretch: Stretch, other: Stretch) -> bool:
    """Whether both pull on one muscle group; plain rest pulls on none."""
    same = _worked(catalogue, stretch) & _worked(catalogue, other)
    return bool(same) and not is_plain_rest(other)


def _pulls_on_the_same(catalogue: Catalogue, stretch: Stretch, other: Stretch) -> bool:
    """Whether one of both is for a muscle group on which the other pulls at all; plain rest pulls on none."""
    mine, theirs = (set(catalogue.group_shares(one)) for one in (stretch, other))
    same = _worked(catalogue, stretch) & theirs or mine & _worked(catalogue, other)
    return bool(same) and not is_plain_rest(other)


def _irritates_an_arm(stretch: Stretch, known: Facts) -> bool:
    arm = table("limits")["symptom_filters"]["arm_pain_or_tingling"]
    return any(flag in stretch.flags for flag in arm["exclude_flags"]) or holds(arm["exclude_when"], known)


def _directions(stretch: Stretch, known: Facts, spine: str, *, by_the_way: bool) -> Collection[str]:
    nerve = table("traffic_light")["nerve"]
    least = nerve["loaded_from"] if stretch.kind in nerve["by_the_way_in"] and not by_the_way else 1
    return [motion for motion in MOTIONS if _score(known, spine, motion) >= least]


def _score(known: Facts, spine: str, motion: str) -> int:
    score = known[f"{spine}_{motion}"]
    return score if isinstance(score, int) else 0


def _worked(catalogue: Catalogue, stretch: Stretch) -> set[object]:
    return {group for group, share in catalogue.group_shares(stretch).items() if share == 1.0}


def is_plain_rest(stretch: Stretch) -> bool:
    """Whether one does nothing in it but rest, the spine near its middle."""
    known = population.facts(stretch)
    scores = (_score(known, spine, motion) for spine in ("trunk", "cervical") for motion in MOTIONS)
    return stretch.kind is Kind.REST_POSITION and max(scores) <= table("dosage")["spine_score"]["restful_to"]
