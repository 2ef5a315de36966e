"""Every comparison of every screening rule and referral decides: with it the rule fires, one step away it does not.

The people are drawn from the rule's own condition. What they answer besides is the least that the rest of it needs, so
the comparison alone is what tips it.
"""

from typing import Any

import pytest

from supple.safety.questions import UNSURE, Question, QuestionKind, Value, questions
from supple.safety.rules import NOT_GIVEN, Atom, atom
from supple.safety.screening import evaluate
from supple.safety.tables import table

ROWS: list[dict[str, Any]] = [
    row | {"when": when}
    for row in (*table("screening")["rules"], *table("screening")["referrals"])
    for when in (row["when"] if isinstance(row["when"], list) else [row["when"]])  # each of them fires the rule
]
PARTS = ("all", "any", "count")
FROM_YES_TO_NO = ("yes", "unsure", "no")

Case = tuple[dict[str, Any], Atom, dict[str, Value]]


def texts(when: dict[str, Any], part: str) -> tuple[Atom, ...]:
    """The comparisons of one part of a condition."""
    return tuple(map(atom, when["count"]["of"] if part == "count" and "count" in when else when.get(part, ())))


def needed(when: dict[str, Any], decisive: Atom) -> list[Atom]:
    """The fewest comparisons that make the condition hold, with the decisive one among them."""
    chosen = [*texts(when, "all")]
    any_of, counted = texts(when, "any"), texts(when, "count")
    if any_of:
        chosen.append(decisive if decisive in any_of else any_of[0])
    if counted:
        first = [decisive] if decisive in counted else []
        by_key = {found.key: found for found in reversed(counted)} | {found.key: found for found in first}
        others = [found for found in by_key.values() if found not in first]
        chosen += [*first, *reversed(others)][: when["count"]["n"]]
    return chosen


def true_value(found: Atom) -> Value | None:
    """The answer nearest to the edge that satisfies a comparison; None where it is left out."""
    if found.value == NOT_GIVEN:
        return None
    if found.sign == "!=":
        return UNSURE
    return found.value if found.sign == "=" else int(found.value) - (found.sign == "<")


def one_step_away(asked: Question, when: dict[str, Any], decisive: Atom) -> Value | None:
    """The nearest answer that satisfies no comparison of the rule with this question; None where it is left out."""
    if asked.kind is QuestionKind.NUMBER:
        low, high = asked.range or (0, 0)
        if decisive.value == NOT_GIVEN:
            return low
        step = int(decisive.value) - (decisive.sign == ">=")
        return step if low <= step <= high else None
    if decisive.sign == "!=":
        return decisive.value
    taken = {found.value for part in PARTS for found in texts(when, part) if found.key == decisive.key}
    order = FROM_YES_TO_NO if set(asked.choices) == set(FROM_YES_TO_NO) else tuple(asked.choices)
    place = order.index(decisive.value)
    nearest_first = sorted(order, key=lambda word: abs(order.index(word) - place))
    return next((word for word in nearest_first if word not in taken), None)


def cases() -> list[Case]:
    """Each rule with each of its comparisons, and the answers in which that one decides."""
    found = []
    for row in ROWS:
        for part in PARTS:
            for decisive in texts(row["when"], part):
                person = {one.key: true_value(one) for one in needed(row["when"], decisive)}
                given = {key: value for key, value in person.items() if value is not None}
                found.append((row, decisive, given))
    return found


def fired(answers: dict[str, Value]) -> set[str]:
    """The ids of the rules that fire, and the referrals that are made."""
    screened = evaluate(answers)
    return {*(reason.rule for reason in screened.reasons), *screened.referrals}


def name(case: Case) -> str:
    """A readable id."""
    row, decisive, _ = case
    return f"{row['id']}-{decisive.key}{decisive.sign}{decisive.value}"


CASES = cases()


@pytest.mark.parametrize(("row", "decisive", "person"), CASES, ids=map(name, CASES))
def test_a_rule_fires_and_one_step_away_it_does_not(
    row: dict[str, Any], decisive: Atom, person: dict[str, Value]
) -> None:
    away = one_step_away(questions()[decisive.key], row["when"], decisive)
    neighbour = {key: value for key, value in person.items() if key != decisive.key}
    neighbour |= {} if away is None else {decisive.key: away}

    assert row.get("refer", row["id"]) in fired(person)
    assert row.get("refer", row["id"]) not in fired(neighbour)


def test_every_rule_and_referral_is_among_them() -> None:
    assert {row["id"] for row, _, _ in CASES} == {row["id"] for row in ROWS}
