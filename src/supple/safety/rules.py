"""The one small evaluator: does a condition from a table hold for these facts, and which of its parts made it so?

A condition is a table with `all`, `any` and `count = {n, of}`; every part that is given must hold. A list of such
tables holds when one of them does. The parts are lists of atoms: "key=value", "key!=value", "key>=n", "key>n", "key<n".
A fact may be one value or a set of values ("flag=lying_prone" holds when the set has it). A key without a fact, a
number that is not known, and a word where a number is needed never satisfy an atom, but for "key=not_given", which
holds when the key has no fact; who asks must see to it that nothing is missing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

Fact = str | int | float | frozenset[str]
Facts = Mapping[str, Fact]
Condition = Mapping[str, Any] | list[Mapping[str, Any]]

ATOM = re.compile(r"\s*(\w+)\s*(>=|!=|>|<|=)\s*(\w[\w.]*)\s*")
NOT_GIVEN = "not_given"
PARTS = frozenset({"all", "any", "count"})


class RuleError(ValueError):
    """A condition in a table cannot be read."""


@dataclass(frozen=True)
class Atom:
    """One comparison: a key, a sign and what it is compared with."""

    key: str
    sign: str
    value: str

    def holds(self, facts: Facts) -> bool:
        """Whether the fact of that key satisfies the comparison."""
        fact = facts.get(self.key)
        if self.value == NOT_GIVEN:
            return (fact is None) == (self.sign == "=")
        if fact is None:
            return False
        if isinstance(fact, frozenset):
            return (self.value in fact) == (self.sign == "=")
        if self.sign in ("=", "!="):
            return (str(fact) == self.value) == (self.sign == "=")
        if isinstance(fact, str):
            return False
        bound = float(self.value)
        return fact >= bound if self.sign == ">=" else fact > bound if self.sign == ">" else fact < bound


@cache
def atom(text: str) -> Atom:
    """The comparison that `text` writes down.

    >>> atom("age>=70").holds({"age": 71}), atom("bp_sys=not_given").holds({"age": 71})
    (True, True)
    """
    found = ATOM.fullmatch(text)
    if found:
        return Atom(*found.groups())
    raise RuleError(f"{text!r} is no comparison; write key=value, key!=value, key>=n, key>n or key<n.")


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether `condition` holds for `facts`.

    >>> holds({"any": ["fever=yes"], "count": {"n": 1, "of": ["age>=70", "age<5"]}}, {"fever": "yes", "age": 80})
    True
    """
    if isinstance(condition, list):
        return any(holds(part, facts) for part in condition)
    _require_parts(condition)
    parts = [
        all(_true(condition.get("all", ()), facts)),
        any(_true(condition["any"], facts)) if "any" in condition else True,
        sum(_true(condition["count"]["of"], facts)) >= condition["count"]["n"] if "count" in condition else True,
    ]
    return all(parts)


def atoms(condition: Condition) -> tuple[Atom, ...]:
    """Every comparison in `condition`, in the order written."""
    if isinstance(condition, list):
        return tuple(found for part in condition for found in atoms(part))
    _require_parts(condition)
    texts = [*condition.get("all", ()), *condition.get("any", ()), *condition.get("count", {"of": ()})["of"]]
    return tuple(atom(text) for text in texts)


def in_words(condition: Condition) -> str:
    """A condition as one may read it, with the keys as they are.

    >>> in_words([{"all": ["age<50"]}, {"any": ["pregnant=no", "bp_sys=not_given"]}])
    'age is under 50, or pregnant is no or bp_sys is not given'
    """
    if isinstance(condition, list):
        return ", or ".join(in_words(part) for part in condition)
    groups = [" and ".join(_words(text) for text in condition.get("all", ()))]
    any_of = " or ".join(_words(text) for text in condition.get("any", ()))
    groups += [f"({any_of})" if groups[0] and " or " in any_of else any_of]
    return " and ".join(group for group in groups if group)


def _require_parts(condition: Mapping[str, Any]) -> None:
    """A part that is not known would not be asked, and a condition without parts would always hold."""
    if not condition or not PARTS.issuperset(condition):
        raise RuleError(f"{dict(condition)!r} is no condition; it needs all, any or count.")


def _words(text: str) -> str:
    found = atom(text)
    signs = {"=": "is", "!=": "is not", ">=": "is at least", ">": "is over", "<": "is under"}
    return f"{found.key} {signs[found.sign]} {found.value.replace('_', ' ')}"


def _true(texts: Iterable[str], facts: Facts) -> list[bool]:
    return [atom(text).holds(facts) for text in texts]
