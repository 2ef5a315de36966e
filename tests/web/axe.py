"""What axe-core, the accessibility checker, finds on a page."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, object] = {"type": "tag", "values": RULES}
OF_COLOUR: dict[str, object] = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block"],
}  # dusk changes nothing else
LIGHTS: dict[Literal["light", "dark"], dict[str, object]] = {"light": ALL, "dark": OF_COLOUR}
PHONE, LAPTOP = (390, 844), (1280, 800)


def faults(page: Page, sizes: Sequence[tuple[int, int]] = (PHONE, LAPTOP)) -> list[str]:
    """Every fault of the page as it is, in these sizes, light and dark; sideways scrolling is one."""
    found = []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, whole)})  # nothing half under what sticks
        for scheme, asked in LIGHTS.items():
            page.emulate_media(color_scheme=scheme)
            told = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(asked)}, resultTypes: ['violations']}})")
            found += [
                f"{width} {scheme} {one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
                for one in told["violations"]
                for node in one["nodes"]
            ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: it scrolls sideways")
    return found
