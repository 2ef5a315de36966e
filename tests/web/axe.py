"""What axe-core, the accessibility checker, finds on a page."""

import json
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def faults(page: Page, url: str) -> list[str]:
    """Every fault of the page at `url`, on phone and laptop, light and dark; sideways scrolling is one."""
    found = []
    for size in (PHONE, LAPTOP):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(url)
            found += [f"{size['width']} {scheme}: {fault}" for fault in _faults(page)]
    return found


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in told["violations"]] + ["sideways"] * wide
