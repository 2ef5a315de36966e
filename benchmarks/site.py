"""How long the site takes to start and to answer: writes benchmarks/site.md.

One server, as `supple serve` starts it, over a folder in which V03 has answered everything and done a session on each
of 365 days. Twenty people look at its pages at once, each again after a second, as somebody who reads does. What is
timed is from the request to the last byte of the page, on one line that stays open; those who ask run on the same
machine, so their own work is in it. The small pictures are not drawn ahead meanwhile: that is done once, in a process
of its own, and six starts would leave six of them at work.
"""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "setup")]

from tests.web.conftest import COMMAND, Site, serving  # noqa: E402 - the tests lie beside, not in, the package

PAGE = Path(__file__).with_suffix(".md")
USERS, THINK_S, EACH, STARTS, ALONE = 20, 1.0, 40, 5, 15
VIGNETTE, SESSIONS, PACE_S = "V03", 365, 100_000
PAGES = (
    "/welcome/",
    "/help/",
    "/check/1_right_now/",
    "/check/7_conditions/",
    "/verdict/",
    "/today/",
    "/library/",
    "/library/cat_camel/",
    "/diary/",
    "/practitioner/",
    "/settings/",
)
Times = dict[str, list[float]]


def main() -> None:
    """Measure, and write it down."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        starts = [start(data) for _ in range(1 + STARTS)]
        people(data)
        with serving(data) as site:
            looked(site, 0, think_s=0.0, each=len(PAGES))
            alone: Times = {page: [asked(line(site), page) for _ in range(ALONE)] for page in PAGES}
            together = crowd(site)
    said = text(starts, alone, together)
    PAGE.write_text(said, encoding="utf-8")
    print(said)


def start(data: Path) -> float:
    """Seconds from the command to the line with the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    command = [str(COMMAND), "serve", "--port", str(port), "--data", str(data)]
    settings = {**os.environ, "SUPPLE_DRAW_AHEAD": "no"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=settings) as process:
        assert process.stdout
        process.stdout.readline()
        took = time.perf_counter() - begun
        process.kill()  # it has just begun, and may not hear a milder word yet
    return took


def people(data: Path) -> None:
    """Somebody who has answered everything and stretched for a year."""
    os.environ.update(SUPPLE_DATA=str(data), DJANGO_SETTINGS_MODULE="supple.web.settings")
    import django

    django.setup()
    from django.utils import timezone

    from supple.session import reach
    from supple.web.check.models import Answers
    from supple.web.person.models import Person
    from supple.web.play.models import Run
    from tests.web.people import answers_of
    from tests.web.runs import plan_of

    now, plan = timezone.localtime(), plan_of(VIGNETTE)
    given = answers_of(VIGNETTE)
    Answers.objects.update_or_create(
        person=Person.here(), defaults={"given": given, "given_at": dict.fromkeys(given, now.isoformat())}
    )
    for day in range(SESSIONS, 0, -1):
        at = now - timedelta(days=day)
        run = Run.begin(plan, pain=2, at=at)
        run.keep(reach(run.scene(), PACE_S, at + timedelta(seconds=plan.seconds)))


def line(site: Site) -> http.client.HTTPConnection:
    """A line to the site."""
    address = urlsplit(site.url)
    return http.client.HTTPConnection(str(address.hostname), address.port, timeout=120)


def asked(on: http.client.HTTPConnection, page: str) -> float:
    """Milliseconds until the whole page is there."""
    begun = time.perf_counter()
    on.request("GET", page, headers={"Accept-Encoding": "gzip"})
    answer = on.getresponse()
    answer.read()
    assert answer.status == 200, (page, answer.status)
    return 1000 * (time.perf_counter() - begun)


def looked(site: Site, number: int, *, think_s: float = THINK_S, each: int = EACH) -> Times:
    """One of the crowd: what each page took."""
    order, on, took = random.Random(number), line(site), defaultdict(list)
    time.sleep(order.random() * think_s)
    for turn in range(each):
        page = PAGES[(turn + number) % len(PAGES)]
        took[page].append(asked(on, page))
        time.sleep(think_s * (0.5 + order.random()))
    return took


def crowd(site: Site) -> Times:
    """Twenty people at once."""
    with ThreadPoolExecutor(USERS) as pool:
        found = list(pool.map(lambda number: looked(site, number), range(USERS)))
    return {page: [took for each in found for took in each[page]] for page in PAGES}


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of them does not pass."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def text(starts: Sequence[float], alone: Times, together: Times) -> str:
    """The page."""
    rows = [
        f"| `{page}` | {statistics.median(alone[page]):.0f} | {percentile(together[page], 0.5):.0f} "
        f"| {percentile(together[page], 0.95):.0f} | {max(together[page]):.0f} |"
        for page in PAGES
    ]
    load = os.getloadavg()[0]
    return "\n".join(
        [
            "# The site: how soon it starts, how soon it answers",
            "",
            f"Made by `python benchmarks/site.py`; what is measured stands in its first lines. {os.cpu_count()} cores,",
            f"load average {load:.1f} at the end.",
            "",
            "| `supple serve` until the line with the address | seconds |",
            "|---|---:|",
            f"| the first start in a folder | {starts[0]:.2f} |",
            f"| later, median of {STARTS} | {statistics.median(starts[1:]):.2f} |",
            f"| later, worst of {STARTS} | {max(starts[1:]):.2f} |",
            "",
            f"| page | alone, median ms | {USERS} people, median | p95 | max |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
