"""What a shape cannot say of a table: conditions see what there is, names lead somewhere, and nothing is left open."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from supple.catalogue import load, load_claims
from supple.catalogue.toml_shape import CatalogueError, complete
from supple.catalogue.words import Tag
from supple.safety.tables import dose, light, person, session, sight, speech
from supple.safety.tables.reading import shaped
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import MOST_PAIN, AgeBand, Bending, CallFirst, Direction, LegResponse, Quality, QuestionKind
from supple.shapes import nearest

COUNTRY = re.compile(r"[A-Z]{2}")


def check(name: str) -> None:
    """Raises CatalogueError for the first thing in the table that leads nowhere or is left open."""
    if name in CHECKS:
        CHECKS[name](shaped(name).value)


def _questions(found: person.Questions) -> None:
    place = "questions.toml"
    asked = [question for page in found.screens for question in page.questions]
    before: dict[str, sight.Seen] = {}
    _once((question.key for question in asked), f"{place}: 'key'")
    for question in asked:
        where = f"{place}: '{question.key}'"
        if (question.kind is QuestionKind.NUMBER) != (question.range is not None):
            raise CatalogueError(f"{where} is a {question.kind}; give numbers alone a 'range'.")
        if (question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICE_MANY)) != bool(question.choices):
            raise CatalogueError(f"{where} is a {question.kind}; give choices alone 'choices'.")
        if question.skip_when is not None:
            sight.check(question.skip_when, before, f"{where}: 'skip_when'")
        before[question.key] = sight.answer(question)


def _before_session(found: person.BeforeSession) -> None:
    asked = shaped("questions").value
    again = {screen.removeprefix("screen_") for screen in asked.ask_again.every_2_weeks}
    keys = [question.key for page in asked.screens if page.id in again for question in page.questions]
    complete(found.short, keys, "before_session.toml: 'short'")


def _screening(found: person.Screening) -> None:
    place, words, seen = "screening.toml", shaped("words").value, sight.answers()
    _once([*(row.id for row in found.rules), *(row.id for row in found.referrals)], f"{place}: 'id'")
    complete(found.verdicts, list(Verdict), f"{place}: 'verdicts'")
    complete(found.call_first, list(CallFirst), f"{place}: 'call_first'")
    for who, row in found.call_first.items():
        for reason in row.reasons:
            _known(reason, words.reasons, f"{place}: 'call_first': '{who}': the reason", "[reasons] of words.toml")
    for rule in found.rules:
        sight.check(rule.when, seen, f"{place}: '{rule.id}'")
        _known(rule.reason, words.reasons, f"{place}: '{rule.id}': the reason", "[reasons] of words.toml")
        for other in rule.instead_of:
            _known(other, [row.id for row in found.rules], f"{place}: '{rule.id}': the rule", "the rules")
    for referral in found.referrals:
        sight.check(referral.when, seen, f"{place}: '{referral.id}'")
        _known(
            referral.refer, words.referrals, f"{place}: '{referral.id}': the referral", "words.toml under [referrals]"
        )


def _tags(found: person.Tags) -> None:
    _once((row.tag for row in found.tags), "tags.toml: 'tag'")
    complete([row.tag for row in found.tags], list(Tag), "tags.toml: 'tags'")
    seen = sight.answers_and_rules()
    for row in found.tags:
        sight.check(row.when, seen, f"tags.toml: '{row.tag}'")


def _messages(found: person.Messages) -> None:
    _once((row.id for row in found.messages), "messages.toml: 'id'")
    seen = sight.answers_and_findings()
    for row in found.messages:
        where = f"messages.toml: '{row.id}'"
        sight.check(row.when, seen, where)
        if not (row.say or row.claim):
            raise CatalogueError(f"{where} says nothing; add 'say' or 'claim'.")
        if row.claim:
            _known(row.claim, load_claims(), f"{where}: the claim", "claims.toml")
            if load_claims()[row.claim].sentence is None:
                raise CatalogueError(f"{where}: the claim '{row.claim}' is hidden; take it out, or another claim.")


def _words(found: person.Words) -> None:
    for reason in (reason for row in found.soon for reason in row.reasons):
        _known(reason, found.reasons, "words.toml: 'soon': the reason", "[reasons] of words.toml")
    for load_key in found.loads:
        _known(load_key, sight.stretch(), "words.toml: 'loads': the load", "a stretch's loads")


def _precautions(found: person.Precautions) -> None:
    _once((row.id for row in found.precautions), "precautions.toml: 'id'")
    seen = sight.answers_and_tags()
    stretches = sight.named_stretch(load().stretches)
    for row in found.precautions:
        where = f"precautions.toml: '{row.id}'"
        of_the_day = sight.sees(row.when, sight.the_day())
        sight.check(row.when, sight.the_day() if of_the_day else seen, f"{where}: 'when'")
        if (row.leaves_out is None) == (row.as_tag is None):
            raise CatalogueError(f"{where} needs either 'leaves_out' or 'as_tag'; write one of them.")
        if row.leaves_out is not None:
            sight.check(row.leaves_out, stretches, f"{where}: 'leaves_out'")
        if (row.leaves_out is None) == bool(row.this):
            raise CatalogueError(f"{where}: 'this' goes with 'leaves_out'; write both, or neither.")


def _whom(found: person.Whom) -> None:
    place, known = "whom.toml", sight.answers()
    for row in found.lone:
        if bool(row.id) != bool(row.who):
            raise CatalogueError(
                f"{place}: {row.id or row.who!r} has only one of 'id' and 'who'; write both, or neither."
            )
    _once((row.id for row in found.lone if row.id), f"{place}: 'id'")
    for answers in (found.nobody, *(row.answers for row in found.lone)):
        for key in answers:
            _known(key, known, f"{place}: the question", "questions.toml")


def _population(found: dict[Tag, person.PopulationRow]) -> None:
    complete(found, list(Tag), "population.toml")
    seen = sight.stretch()
    for tag, row in found.items():
        for kind, lines in (("exclude", row.exclude), ("change", row.change)):
            for number, line in enumerate(lines, start=1):
                where = f"population.toml: '{tag}': '{kind}' entry {number}"
                if not line.this:
                    raise CatalogueError(f"{where}: 'this' is missing; add a text.")
                sight.check(person.When(line.all, line.any, line.count), seen, where)


def _numbers(found: person.EmergencyNumbers) -> None:
    for country in found.countries:
        if not COUNTRY.fullmatch(country):
            raise CatalogueError(f"emergency_numbers.toml: '{country}' is no country; write its two capital letters.")


def _limits(found: session.Limits) -> None:
    place, seen = "limits.toml", sight.stretch_and_hands()
    complete(found.plan_kinds, list(PlanKind), f"{place}: 'plan_kinds'")
    _stretches(found.hands_help, f"{place}: 'hands_help'")
    arm = found.symptom_filters.arm_pain_or_tingling
    sight.check(arm.exclude_when, seen, f"{place}: 'arm_pain_or_tingling': 'exclude_when'")
    for answer in arm.when:
        _known(answer, sight.YES_NO_UNSURE, f"{place}: 'arm_pain_or_tingling': 'when'", "the answers")
    for number, row in enumerate(found.limits, start=1):
        where = f"{place}: 'limits' entry {number}"
        if row.when is not None:
            sight.check(row.when, seen, f"{where}: 'when'")
        if not row.say and row.arc_percent_max is row.hold_s_max is row.pause_s_max is None:
            raise CatalogueError(f"{where} limits nothing; add arc_percent_max, hold_s_max, pause_s_max or say.")


def _gate(found: session.GateTable) -> None:
    reached = [pain for row in found.gates for pain in range(row.range[0], row.range[1] + 1)]
    if reached != list(range(MOST_PAIN + 1)):
        raise CatalogueError("gate.toml: 'gates' do not cover 0 to 10 once each and in order; mend their 'range'.")
    for setting, ids in found.positions_of_ease.items():
        _stretches(ids, f"gate.toml: 'positions_of_ease': '{setting}'")
    at_ease = {stretch for ids in found.positions_of_ease.values() for stretch in ids}
    for stretch in (*found.ease.smaller, *found.ease.say):
        _known(stretch, at_ease, "gate.toml: 'ease': the stretch", "'positions_of_ease'")


def _direction(found: session.DirectionTable) -> None:
    place = "direction.toml"
    complete(found.table, list(Bending), f"{place}: 'table'")
    for forwards, row in found.table.items():
        complete(row, list(Bending), f"{place}: 'table': '{forwards}'")
    complete(found.effects, list(Direction), f"{place}: 'effects'")
    sight.check(found.unsure.smallest_arc_if, sight.stretch_and_hands(), f"{place}: 'unsure': 'smallest_arc_if'")
    for direction, effect in found.effects.items():
        where = f"{place}: 'effects': '{direction}'"
        sight.compare((*effect.exclude, *effect.smallest_arc), sight.loads(), where)
        _stretches(effect.first, f"{where}: 'first'")


def _forms(found: speech.Forms) -> None:
    _patterns((*found.left_unsaid, *found.left_unsaid_upright), "forms.toml: 'left_unsaid'")
    _patterns(found.seated, "forms.toml: 'seated'")
    _stretches([row.stretch for row in found.otherwise_at], "forms.toml: 'otherwise_at'")
    for setting, patterns in found.left_unsaid_at.items():
        _patterns(patterns, f"forms.toml: 'left_unsaid_at': '{setting}'")
    for pair in found.together:
        for one in pair.these:
            if one not in pair.say:
                raise CatalogueError(f"forms.toml: 'together': {pair.say!r} lacks '{one}'; say all that it stands for.")


def _patterns(patterns: Iterable[str], where: str) -> None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise CatalogueError(f"{where} has {pattern!r}, no pattern ({error}); mend it.") from error


def _spoken(found: speech.Spoken) -> None:
    place = "spoken.toml"
    seen = sight.place_and_person(row.id for row in shaped("precautions").value.precautions)
    for number, row in enumerate(found.instead, start=1):
        where = f"{place}: 'instead' entry {number}"
        _known(row.stretch, load().stretches, f"{where}: the stretch", "the catalogue")
        if not row.steps or max(row.steps) > len(load().stretch(row.stretch).steps):
            raise CatalogueError(f"{where} names a step that {row.stretch} does not have; count from 1.")
        if row.when is not None:
            sight.check(row.when, seen, f"{where}: 'when'")
    for number, one in enumerate(found.sided, start=1):
        _known(one.stretch, load().stretches, f"{place}: 'sided' entry {number}: the stretch", "the catalogue")
    for name, ends in (("clear", found.clear), ("away", found.away)):
        for number, left in enumerate(ends, start=1):
            _known(left.stretch, load().stretches, f"{place}: '{name}' entry {number}: the stretch", "the catalogue")
            if left.when is not None:
                sight.check(left.when, seen, f"{place}: '{name}' entry {number}: 'when'")
    for number, seated in enumerate(found.seated_first, start=1):
        _known(
            seated.stretch, load().stretches, f"{place}: 'seated_first' entry {number}: the stretch", "the catalogue"
        )
    for name, ways in (
        ("getting_down", found.getting_down),
        ("lying_down", found.lying_down),
        ("getting_up", found.getting_up),
        ("turning", found.turning),
        ("sitting_first", found.sitting_first),
    ):
        for number, way in enumerate(ways, start=1):
            if way.when is not None:
                sight.check(way.when, seen, f"{place}: '{name}' entry {number}: 'when'")
    for number, also in enumerate(found.besides, start=1):
        sight.check(also.when, seen, f"{place}: 'besides' entry {number}: 'when'")
        _patterns([also.unless], f"{place}: 'besides' entry {number}: 'unless'")
        for name in also.ways:
            _known(
                name,
                ("lying_down", "getting_up", "turning"),
                f"{place}: 'besides' entry {number}: the way",
                "those there are",
            )
    for only in found.only_for:
        sight.check(only.when, seen, f"{place}: 'only_for': 'when'")
    _patterns([row.pattern for row in found.in_place], f"{place}: 'in_place'")
    _patterns([row.pattern for row in found.in_time], f"{place}: 'in_time'")
    _patterns([found.changing.pattern], f"{place}: 'changing'")
    _patterns([found.a_moment.pattern], f"{place}: 'a_moment'")
    _patterns([found.leaving.pattern], f"{place}: 'leaving'")
    _patterns([row.pattern for row in found.small_arc.words], f"{place}: 'small_arc'")
    _patterns([row.words for row in found.things], f"{place}: 'things'")
    _patterns([row.words for row in found.pillows], f"{place}: 'pillows'")


def _dosage(found: dose.Dosage) -> None:
    complete(found.hold_s_by_age, list(AgeBand), "dosage.toml: 'hold_s_by_age'")
    complete(found.years, list(AgeBand), "dosage.toml: 'years'")
    _stretches(found.exempt_from_65_plus_target.stretches, "dosage.toml: 'exempt_from_65_plus_target'")


def _aftercare(found: dose.Aftercare) -> None:
    place, days = "aftercare.toml", found.flare.days_1_3
    _first_match(found.after_24h, sight.day_after(), f"{place}: 'after_24h'")
    _known(
        found.flare.escalate.reason,
        shaped("words").value.reasons,
        f"{place}: 'escalate': the reason",
        "[reasons] of words.toml",
    )
    rows = (*days.usual, *days.if_lying_on_the_back_is_excluded, *days.chair_only)
    _stretches([row.stretch for row in rows], f"{place}: 'flare': 'days_1_3'")


def _traffic_light(found: light.TrafficLight) -> None:
    place = "traffic_light.toml"
    complete(found.qualities, list(Quality), f"{place}: 'qualities'")
    complete(found.after_red, list(Quality), f"{place}: 'after_red'")
    complete(found.leg_symptom_response, list(LegResponse), f"{place}: 'leg_symptom_response'")
    _once((wire.id for wire in found.tripwires), f"{place}: 'tripwires': 'id'")
    _first_match(found.during_exercise, sight.during(), f"{place}: 'during_exercise'")
    _endings(found.ends_session, f"{place}: 'ends_session'")
    for name, part in found.nerve.parts.items():
        for key, condition in (("hurt_in", part.hurt_in), ("leaves_out", part.leaves_out)):
            sight.check(condition, sight.stretch(), f"{place}: 'nerve': '{name}': '{key}'")
    for quality in found.nerve.moved_on:
        _known(quality, found.nerve.came, f"{place}: 'nerve': 'moved_on': the quality", "[nerve.came]")
    sight.check(found.same_muscles.stays, sight.stretch(), f"{place}: 'same_muscles': 'stays'")
    sight.check(found.leg_review.leaves_out, sight.stretch(), f"{place}: 'leg_review': 'leaves_out'")
    for quality in found.same_way.week:
        _known(quality, found.same_way.came, f"{place}: 'same_way': 'week': the quality", "[same_way.came]")
    complete(found.enough_today.came, list(Quality), f"{place}: 'enough_today': 'came'")
    _once((row.id for row in found.week_after), f"{place}: 'week_after': 'id'")
    _once((row.id for row in found.comes_back), f"{place}: 'comes_back': 'id'")
    for row in found.week_after:
        sight.check(row.leaves_out, sight.stretch(), f"{place}: '{row.id}': 'leaves_out'")
        if row.hurt_in is not None:
            sight.check(row.hurt_in, sight.stretch(), f"{place}: '{row.id}': 'hurt_in'")


def _endings(rows: tuple[light.EndingRow, ...], where: str) -> None:
    """Each sees what there is, and what is a grave sign has its words."""
    _once((row.id for row in rows), f"{where}: 'id'")
    whom = sight.person_in_a_session(row.id for row in shaped("precautions").value.precautions)
    for row in rows:
        sight.check(row.when, sight.during(), f"{where}: '{row.id}': 'when'")
        if row.whom is not None:
            sight.check(row.whom, whom, f"{where}: '{row.id}': 'whom'")
        if row.hurt_in is not None:
            sight.check(row.hurt_in, sight.stretch(), f"{where}: '{row.id}': 'hurt_in'")
        if (row.verdict is None) == bool(row.told):
            raise CatalogueError(f"{where}: '{row.id}': 'told' goes with 'verdict'; write both, or neither.")


def _first_match(
    rows: tuple[dose.DayAfterRow, ...] | tuple[light.LightRow, ...], seen: sight.Sight, where: str
) -> None:
    """The first row that holds counts, so the last one has to hold always, and no other may."""
    _once((row.id for row in rows), f"{where}: 'id'")
    if not rows or not sight.is_otherwise(rows[-1].when):
        raise CatalogueError(f"{where} may find no row; let the last one be `when = {{ all = [] }}`.")
    for row in rows[:-1]:
        sight.check(row.when, seen, f"{where}: '{row.id}'")


def _stretches(ids: Iterable[str], where: str) -> None:
    for stretch in ids:
        _known(stretch, load().stretches, f"{where}: the stretch", "the catalogue")


def _known(word: str, known: Iterable[str], what: str, place: str) -> None:
    if word not in known:
        remedy = nearest(word, known)
        remedy = remedy if remedy.endswith("?") else f"add it to {place}, or take one that is there."
        raise CatalogueError(f"{what} '{word}' is not in {place}; {remedy}")


def _once(names: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CatalogueError(f"{where} is '{name}' twice; give one of them another.")
        seen.add(name)


CHECKS: dict[str, Callable[[Any], None]] = {
    "aftercare": _aftercare,
    "before_session": _before_session,
    "direction": _direction,
    "dosage": _dosage,
    "emergency_numbers": _numbers,
    "forms": _forms,
    "gate": _gate,
    "limits": _limits,
    "messages": _messages,
    "population": _population,
    "precautions": _precautions,
    "questions": _questions,
    "screening": _screening,
    "spoken": _spoken,
    "tags": _tags,
    "traffic_light": _traffic_light,
    "whom": _whom,
    "words": _words,
}
