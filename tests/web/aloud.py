"""Each page as it is read aloud: its accessibility tree, kept in tests/web/aloud/ and compared.

A page that is meant to read differently is written anew by deleting its file and running the test twice: the first run
writes the file and fails, so that somebody reads what was written.
"""

import calendar
import difflib
import re
from pathlib import Path

from playwright.sync_api import Page

from supple.catalogue import load

KEPT = Path(__file__).parent / "aloud"
MONTHS = "|".join(calendar.month_name[1:])
CHANGING = [  # what another day, another hour or another body of the figure puts there
    (
        re.compile(
            "|".join(sorted(map(re.escape, (one.name for one in load().stretches.values())), key=len, reverse=True))
        ),
        "STRETCH",
    ),
    (re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"), "WEEKDAY"),
    (re.compile(rf"\b\d{{1,2}} ({MONTHS})( \d{{4}})?"), "DATE"),
    (re.compile(r"\b(One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)( stretch(es)? for today)"), r"N\2"),
    (re.compile(r"/library/\w+/"), "/library/STRETCH/"),
    (re.compile(r"\d+"), "N"),
    (re.compile(r"\?v=\w+|\.[0-9a-f]{12}\."), ""),
]


ONE_OF_MANY = """selector => document.querySelectorAll(selector).forEach(list => {
    [...list.children].slice(1).forEach(one => one.remove());
    list.querySelectorAll("p").forEach(words => words.textContent = "…");
})"""


def change(page: Page, name: str, many: str = "") -> str:
    """How the page reads otherwise than it did, line by line; nothing where it reads the same.

    Of a list that `many` selects, and which holds something else every day, the first is read, without its words.
    """
    if many:
        page.evaluate(ONE_OF_MANY, many)
    reads = page.locator("body").aria_snapshot()
    for what, instead in CHANGING:
        reads = what.sub(instead, reads)
    file = KEPT / f"{name}.txt"
    if not file.exists():
        KEPT.mkdir(exist_ok=True)
        file.write_text(f"{reads}\n", encoding="utf-8")
        return f"{file.name} was written; read it, and keep it if it makes sense read aloud."
    kept = file.read_text(encoding="utf-8")
    return "\n".join(difflib.unified_diff(kept.splitlines(), reads.splitlines(), lineterm="", n=1))
