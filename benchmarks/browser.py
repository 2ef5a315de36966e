"""How soon the site answers a hand in a browser: writes benchmarks/browser.md.

Chromium runs headless and draws in software. Person V03 has answered everything. The slider: from its `input` event to
the changed plan on the page. The player: from the address to a figure that is drawn and a Start that can be tapped,
loaded before, so that the browser has its files. The first visit: what is sent from the first page to today's plan.
"""

import os
import re
import time
from pathlib import Path
from statistics import median as middle

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from benchmarks.served import answered_site, browser_path
from tests.browser.conftest import PATIENCE_MS, QUIET
from tests.web.conftest import Site

PAGE = Path(__file__).with_suffix(".md")
MINUTES = (3, 8, 5, 12, 4, 10, 6, 15, 7, 2)
ROUNDS = 5
MOVED = """minutes => new Promise(changed => {
  const plan = document.getElementById("plan"), slider = document.querySelector("input[name=minutes]");
  const begun = performance.now();
  new MutationObserver((_, seen) => { seen.disconnect(); changed(performance.now() - begun); })
    .observe(plan, { attributes: true, attributeFilter: ["data-made"] });
  slider.value = minutes;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""
SENT = "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"


def window(browser: Browser) -> BrowserContext:
    """A laptop's window that has kept nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    return context


def first_visit(browser: Browser, site: Site) -> float:
    """Kilobytes from the first page over the questions to today's plan."""
    page, sent = window(browser).new_page(), 0.0
    for address in ("/welcome/", "/check/1_right_now/", "/check/7_conditions/", "/verdict/", "/today/"):
        page.goto(site.url + address, wait_until="networkidle")
        sent += page.evaluate(SENT)
    page.context.close()
    return sent / 1000


def slider(browser: Browser, site: Site) -> list[float]:
    """Milliseconds from each move of the slider to the changed plan."""
    page = window(browser).new_page()
    page.goto(f"{site.url}/today/", wait_until="networkidle")
    page.evaluate(MOVED, 9)  # warm
    took = [float(page.evaluate(MOVED, minutes)) for minutes in MINUTES]
    page.context.close()
    return took


def player(browser: Browser, site: Site) -> list[float]:
    """Seconds until the session can be started, the files being there."""
    page = window(browser).new_page()
    page.goto(f"{site.url}/today/")
    page.get_by_role("button", name="Start, ").click()
    page.wait_for_url("**/session/*/")
    took = []
    for _ in range(1 + ROUNDS):
        begun = time.perf_counter()
        page.goto(page.url, wait_until="commit")
        expect(page.locator("#figure")).to_have_attribute("data-stretch", re.compile("."), timeout=PATIENCE_MS)
        took.append(time.perf_counter() - begun)
    page.context.close()
    return took[1:]


def main() -> None:
    """Measure, and write it down."""
    with answered_site("V03") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        sent, moved, started = first_visit(browser, site), slider(browser, site), player(browser, site)
    said = "\n".join(
        [
            "# The site under a hand, in a browser",
            "",
            "Made by `python -m benchmarks.browser`; what is measured stands in its first lines.",
            f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the end.",
            "",
            "| what | median | worst | aim |",
            "|---|---:|---:|---:|",
            f"| the slider, until the changed plan | {middle(moved):.0f} ms | {max(moved):.0f} ms | 100 ms |",
            f"| the player, until it can be started | {middle(started):.1f} s | {max(started):.1f} s | 2 s |",
            f"| the first visit, before the player | {sent:.0f} kB | | 350 kB |",
            "",
        ]
    )
    PAGE.write_text(said, encoding="utf-8")
    print(said)


if __name__ == "__main__":
    main()
