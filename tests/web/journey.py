"""Somebody at the site in a browser: they find everything by its role and its words."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

from playwright.sync_api import Error, Page, expect

from supple.safety.questions import QuestionKind, Value, questions
from supple.web.check.standing import parts, shown
from tests.browser.conftest import PATIENCE_MS
from tests.web.conftest import Site
from tests.web.people import fields

WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}
PICTURES = Path(__file__).parents[2] / "build" / "pictures"
LOOK_EVERY_MS = 100


def begin(page: Page, site: Site) -> None:
    """From the first page to the first questions."""
    page.goto(site.url)
    page.get_by_role("link", name="Start with a few questions").click()


def answer(page: Page, question: str, word: str) -> None:
    """One answer to the question that begins so."""
    group = page.get_by_role("group", name=re.compile("^" + re.escape(question)))
    role = "checkbox" if group.get_by_role("checkbox", name=word, exact=True).count() else "radio"
    choice = page.get_by_role(role, name=word, exact=True)  # type: ignore[arg-type]  # one of its words
    group.locator("label").filter(has=choice).click()


def answer_all(page: Page, answers: Mapping[str, Value]) -> None:
    """Every question of every part, until the verdict."""
    for part in parts():
        asked = [question for question in shown(part, answers) if question.key in answers]
        if not asked:
            continue
        expect(page.get_by_role("heading", level=1)).to_have_text(part.title)
        for question in asked:
            _answer(page, question.key, answers[question.key])
        with page.expect_navigation():
            page.get_by_role("button", name="Next").click()
        if page.url.endswith("/verdict/"):
            return


def to_the_end(page: Page, whose: str) -> tuple[list[str], set[str]]:
    """Begins the session on the page and follows it; the stretches in order, and how far the figure went meanwhile.

    A picture of each stretch is kept.
    """
    names: list[str] = []
    shares: set[str] = set()
    page.get_by_role("button", name="Start", exact=True).click()
    give_up = monotonic() + 2 * PATIENCE_MS / 1000
    while "/after/" not in page.url:
        assert monotonic() < give_up, f"the session does not end; it is at {page.locator('#where').text_content()}"
        name, share = _shown(page)
        shares.add(share)
        if name and name not in names:
            names.append(name)
            picture(page, f"{whose}-step-{len(names)}")
        page.wait_for_timeout(LOOK_EVERY_MS)
    return names, shares


def _shown(page: Page) -> tuple[str, str]:
    """The stretch that is on, and how far the figure has gone; nothing while the page changes."""
    script = "() => [document.getElementById('name')?.textContent, document.getElementById('figure')?.dataset.share]"
    with suppress(Error):
        name, share = page.evaluate(script)
        return name or "", share or ""
    return "", ""


def picture(page: Page, name: str) -> None:
    """Keeps what the page looks like among what is built."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def has_answered(page: Page, site: Site, answers: Mapping[str, Value]) -> None:
    """The same without clicking, for a test that is about what comes after."""
    page.goto(f"{site.url}/check/1_right_now/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for part in parts():
        sent = [
            (key, str(word))
            for key, value in fields(answers, part.id).items()
            for word in (value if isinstance(value, list) else [value])
        ]
        page.request.post(
            f"{site.url}/check/{part.id}/",
            data=urlencode([*sent, ("csrfmiddlewaretoken", token)]),
            headers={"content-type": "application/x-www-form-urlencoded"},
            timeout=PATIENCE_MS,
        )


def _answer(page: Page, key: str, value: Value) -> None:
    question = questions()[key]
    if question.kind is QuestionKind.NUMBER and question.unit != "points" and value not in question.also:
        page.get_by_role("spinbutton", name=question.ask).fill(str(value))
        return
    for word in value if isinstance(value, tuple) else (value,):
        label = WORDS.get(str(word)) or question.choices.get(str(word), str(word))
        answer(page, question.ask, label[:1].upper() + label[1:])
    expect(page.get_by_role("group", name=question.ask).locator(":checked").first).to_be_attached()
