"""What a condition may see: which facts there are, and what each may be. A condition on anything else is refused.

Without this a misspelt key would never hold, and a misspelt part of a condition would always hold, both in silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supple.anatomy import Joint, JointMotion, Position, Region, Setting
from supple.catalogue.toml_shape import CatalogueError
from supple.catalogue.words import Axial, Flag, Kind, Sides, Tag
from supple.safety.rules import ATOM, NOT_GIVEN, RuleError, atom
from supple.safety.tables.person import Condition, QuestionRow, When
from supple.safety.tables.reading import shaped
from supple.safety.verdicts import PlanKind, Verdict
from supple.safety.words import Gate, Quality, QuestionKind
from supple.shapes import nearest

MOTIONS = ("flexion", "extension", "rotation", "side_bend")
PARTS_OF_THE_SPINE = ("lumbar", "thoracic", "cervical", "trunk")
YES_NO = ("yes", "no")
YES_NO_UNSURE = ("yes", "no", "unsure")


@dataclass(frozen=True)
class Seen:
    """What a fact may be: one of these words, or a number, or either."""

    words: frozenset[str] = frozenset()
    number: bool = False


Sight = Mapping[str, Seen]
NUMBER = Seen(number=True)


def words(*allowed: str) -> Seen:
    """A fact that is one of these words, or a set of them."""
    return Seen(frozenset(allowed))


def answer(row: QuestionRow) -> Seen:
    """What the answer to this question may be."""
    if row.kind in (QuestionKind.YES_NO_UNSURE, QuestionKind.COMPUTED):
        return words(*YES_NO_UNSURE)
    if row.kind is QuestionKind.NUMBER:
        return Seen(frozenset(row.also), number=True)
    return words(*row.choices)


def answers() -> Sight:
    """What rules see: every answer.

    >>> sorted(answers()["pregnant"].words), answers()["age"].number
    (['no', 'unsure', 'yes'], True)
    """
    return {row.key: answer(row) for page in shaped("questions").value.screens for row in page.questions}


def answers_and_tags() -> Sight:
    """What precautions see."""
    return {**answers(), "tag": words(*Tag)}


def the_day() -> Sight:
    """What a precaution of the day sees."""
    return {"pain_now": NUMBER}


def answers_and_rules() -> Sight:
    """What tags see: the answers, and which rules fired."""
    return {**answers(), "rule": words(*(row.id for row in shaped("screening").value.rules))}


def answers_and_findings() -> Sight:
    """What messages see: the answers, and what screening made of them."""
    rows = shaped("screening").value
    return {
        **answers_and_tags(),
        "verdict": words(*Verdict),
        "plan": words(*PlanKind),
        "reason": words(*(row.reason for row in rows.rules)),
        "referral": words(*(row.refer for row in rows.referrals)),
    }


def stretch() -> Sight:
    """What a stretch does to the body, as `population.facts` puts it: scores, largest angles, and words."""
    scores = [f"{part}_{what}" for part in PARTS_OF_THE_SPINE for what in (*MOTIONS, "max")]
    angles = [f"{joint}_{motion}_deg" for joint in Joint for motion in JointMotion]
    return {
        **dict.fromkeys((*scores, *angles), NUMBER),
        "kind": words(*Kind),
        "position": words(*Position),
        "axial": words(*Axial),
        "sides": words(*Sides),
        "flag": words(*Flag),
        "setting": words(*Setting),
        "only_setting": words(*Setting),
        "region": words(*Region),
        "joint": words(*Joint),
    }


def stretch_and_hands() -> Sight:
    """What limits see: the stretch, and whether the hands can take it further."""
    return {**stretch(), "hands_help": words(*YES_NO)}


def named_stretch(ids: Iterable[str]) -> Sight:
    """What precautions see of a stretch: its name besides."""
    return {**stretch_and_hands(), "id": words(*ids)}


def place_and_person(precautions: Iterable[str]) -> Sight:
    """What is said sees: tags, precautions, who kneels, an arm that tells, the gate, where one is, whether upright."""
    return {
        "tag": words(*Tag),
        "precaution": words(*precautions),
        "gate": words(*Gate),
        "setting": words(*Setting),
        "position": words(*Position),
        "upright": words(*YES_NO),
        "kneels": words(*YES_NO),
        "arm": words(*YES_NO),
    }


def loads() -> Sight:
    """What a direction sees: the loads that have their words."""
    return dict.fromkeys(shaped("words").value.loads, NUMBER)


def person_in_a_session(precautions: Iterable[str]) -> Sight:
    """What a pain that ends a session sees of the person."""
    return {"tag": words(*Tag), "precaution": words(*precautions), "age": NUMBER, "pregnant": words(*YES_NO)}


def during() -> Sight:
    """What a traffic light sees."""
    return {"before": NUMBER, "during": NUMBER, "rise": NUMBER, "quality": words(*Quality)}


def day_after() -> Sight:
    """What a day later sees."""
    return {"change": NUMBER, "hours": NUMBER, "new_symptoms": words(*YES_NO)}


def check(condition: Condition, sight: Sight, where: str) -> None:
    """Raises CatalogueError that begins with `where` for a condition that says nothing or sees what is not there."""
    parts = condition if isinstance(condition, tuple) else (condition,)
    if not parts:
        raise CatalogueError(f"{where} has an empty list of conditions; write one, or leave the key out.")
    for part in parts:
        _says_something(part, where)
        compare(_texts(part), sight, where)


def compare(texts: Iterable[str], sight: Sight, where: str) -> None:
    """Raises CatalogueError that begins with `where` for the first comparison that `sight` does not allow."""
    for text in texts:
        _comparison(text, sight, where)


def sees(condition: Condition, sight: Sight) -> bool:
    """Whether a condition looks at any fact of `sight`."""
    parts = condition if isinstance(condition, tuple) else (condition,)
    return any(atom(text).key in sight for part in parts for text in _texts(part) if ATOM.fullmatch(text))


def is_otherwise(condition: Condition) -> bool:
    """Whether this is `{ all = [] }`, which always holds and may stand last where the first match wins."""
    return condition == When(all=())


def _says_something(part: When, where: str) -> None:
    given = (part.all, part.any, part.count.of if part.count else None)
    if all(texts is None for texts in given):
        raise CatalogueError(f"{where} has a condition that says nothing; it needs all, any or count.")
    if () in given:
        raise CatalogueError(f"{where} has a condition with an empty list; write a comparison, or leave the part out.")
    if part.count and part.count.n > len(part.count.of):
        raise CatalogueError(f"{where} counts {part.count.n} of {len(part.count.of)}; write a smaller n.")


def _texts(part: When) -> tuple[str, ...]:
    return (*(part.all or ()), *(part.any or ()), *(part.count.of if part.count else ()))


def _comparison(text: str, sight: Sight, where: str) -> None:
    try:
        found = atom(text)
    except RuleError as error:
        raise CatalogueError(f"{where}: {error}") from error
    if found.key not in sight:
        raise CatalogueError(f"{where}: no fact '{found.key}' is seen here; {_remedy(found.key, sight)}")
    seen, equals = sight[found.key], found.sign in ("=", "!=")
    if equals and (found.value == NOT_GIVEN or found.value in seen.words):
        return
    if seen.number:
        if not _is_number(found.value):
            raise CatalogueError(f"{where}: '{text}' needs a number; write one after the sign.")
    elif not equals:
        raise CatalogueError(f"{where}: '{text}' compares words; write = or != between them.")
    else:
        raise CatalogueError(f"{where}: '{found.key}' is never '{found.value}'; {_remedy(found.value, seen.words)}")


def _remedy(word: str, known: Iterable[str]) -> str:
    said = nearest(word, sorted(known)) if known else f"compare it with {NOT_GIVEN}"
    return said if said.endswith("?") else said + "."


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
