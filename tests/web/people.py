"""The people of the vignettes on the site: their answers as a browser without scripts sends them, screen by screen."""

from collections.abc import Mapping

from django.test import Client

from supple.safety.questions import Value, questions
from supple.web.check.forms import INSTEAD
from supple.web.check.standing import is_asked, parts, shown
from tests.safety.people import person

WITH_NOTHING_NEW = {"pain": "2", "new-0": "no", "new-1": "no", "new-2": "no"}


def answers_of(vignette: str, **changes: object) -> dict[str, Value]:
    """The answers of a vignette, every other question answered harmlessly, in words as the pages send them."""
    return {key: value for key, value in person(vignette, **changes).items() if is_asked(questions()[key])}


def fields(answers: Mapping[str, Value], screen: str) -> dict[str, object]:
    """What one screen sends for these answers."""
    page = next(page for page in parts() if page.id == screen)
    asked = [question for question in shown(page, answers) if question.key in answers]
    sent: dict[str, object] = {}
    for question in asked:
        value = answers[question.key]
        instead = value in question.also or (value == "unsure" and question.range is not None)
        sent[question.key + INSTEAD if instead else question.key] = list(value) if isinstance(value, tuple) else value
    return sent


def answer_all(client: Client, answers: Mapping[str, Value]) -> str:
    """Goes through the questions until they lead elsewhere; the address where they end."""
    address = client.get("/check/")["Location"]
    for _ in range(len(parts()) + 1):
        screen = address.partition("#")[0].strip("/").partition("/")[2]
        if not address.startswith("/check/") or not screen:
            return address
        answer = client.post(address.partition("#")[0], fields(answers, screen))
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    return address
