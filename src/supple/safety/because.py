"""On which answers a verdict rests, so that a person can say them to a doctor, or mend a slip."""

from collections.abc import Mapping

from supple.safety.questions import Answers, facts, questions, readable
from supple.safety.rules import atoms
from supple.safety.screening import Screening, decisive
from supple.safety.tables import table


def because(found: Screening, answers: Mapping[str, object]) -> Answers:
    """The answers that made the decisive rules fire, in the order of the questions.

    >>> from supple.safety.screening import screen
    >>> told = {"saddle_numbness": "yes", "chest_pain_or_breathless": "no"}
    >>> because(screen(told), told)
    {'saddle_numbness': 'yes'}
    """
    given = readable(answers)
    known = facts(given)
    fired = {reason.rule for reason in decisive(found)}
    rules = [rule for rule in table("screening")["rules"] if rule["id"] in fired]
    keys = {atom.key for rule in rules for atom in atoms(rule["when"]) if atom.holds(known)}
    return {key: given[key] for key in questions() if key in keys and key in given}
