"""How fast the figure is in a browser that draws in software: writes benchmarks/viewer.md.

Chromium runs headless with SwiftShader. CPU time is that of all its processes, read from /proc (Linux only), so it
includes putting the page together. Each number is of one machine, with whatever else ran on it.
"""

import gzip
import os
import shutil
import statistics
import threading
import time
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.motion_reader import motion
from supple.cli.doctor import BROWSERS
from supple.cli.figure import server
from supple.figure.pages import BODIES, Pages

PAGE = Path(__file__).with_suffix(".md")
STRETCH = "standing_quadriceps"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking"]
ROUNDS, WATCHED_S, TICK_MS = 5, 5.0, 1000 / os.sysconf("SC_CLK_TCK")
SCENES = ((640, 360, "low"), (640, 360, "high"), (1280, 720, "low"))
SEEN = "() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))"
BARE = """async ([wide, tall, quality, stretch]) => {
  document.body.innerHTML = "<canvas></canvas>";
  document.body.style.margin = 0;
  const canvas = document.querySelector("canvas");
  canvas.style.cssText = `display: block; width: ${wide}px; height: ${tall}px`;
  const { Figure, motionFrom } = await import("/figure.js");
  const figure = await Figure.load(canvas, { body: "woman", baseUrl: "/" });
  const room = await (await fetch(`/rooms/${stretch}.json`)).json();
  figure.quality(quality);
  figure.show(await motionFrom("/", "woman", stretch), { room });
  const step = now => { figure.at((1 - Math.cos(now / 1000)) / 2); requestAnimationFrame(step); };
  requestAnimationFrame(step);
}"""


def main() -> None:
    """Measure, and write it down."""
    pages = Pages(motion=lambda stretch: replace(motion(stretch), passed="2026-11-21"))
    with server(pages, "127.0.0.1", 0) as listening, sync_playwright() as playwright:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{listening.server_address[1]}/"
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS))), args=FLAGS
        )
        cold, warm = first_pictures(browser, site)
        rates = [frame_rate(browser, site, *scene) for scene in SCENES]
        said = text(browser.version, cold, warm, rates)
        listening.shutdown()
    PAGE.write_text(said, encoding="utf-8")
    print(said)


def first_pictures(browser: Browser, site: str) -> tuple[float, list[float]]:
    """Seconds from opening the page until the figure is seen: with an empty cache, and then with a full one."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    found = [first_picture(context, site) for _ in range(1 + ROUNDS)]
    context.close()
    return found[0], found[1:]


def first_picture(context: BrowserContext, site: str) -> float:
    page = context.new_page()
    started = time.perf_counter()
    page.goto(f"{site}?stretch={STRETCH}", wait_until="commit")
    page.locator("canvas[data-drawn]").wait_for()
    page.locator("canvas").evaluate(
        "() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))"
    )
    found = time.perf_counter() - started
    page.close()
    return found


def frame_rate(browser: Browser, site: str, wide: int, tall: int, quality: str) -> tuple[str, float, float, float]:
    """What was drawn, pictures a second, CPU milliseconds for each, and how many cores Chromium had."""
    page = browser.new_page(viewport={"width": wide, "height": tall})
    page.goto(f"{site}viewer.css")
    page.evaluate(BARE, [wide, tall, quality, STRETCH])
    time.sleep(2)
    before, used, since = drawn(page), cpu_ms(), time.perf_counter()
    time.sleep(WATCHED_S)
    count, spent, lasted = drawn(page) - before, cpu_ms() - used, time.perf_counter() - since
    page.close()
    return f"{wide} x {tall}, {quality}", count / lasted, spent / count, spent / 1000 / lasted


def drawn(page: Page) -> int:
    return int(page.locator("canvas").get_attribute("data-drawn") or 0)


def cpu_ms() -> float:
    """Processor time of all processes below this one."""
    known = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        known[int(file.parent.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    return sum(ticks for process, (_, ticks) in known.items() if below(process, known)) * TICK_MS


def below(process: int, known: dict[int, tuple[int, int]]) -> bool:
    while process in known and process != os.getpid():
        process = known[process][0]
        if process == os.getpid():
            return True
    return False


def sizes() -> list[str]:
    """What a figure and a motion weigh on the way to a browser."""
    bodies = [(file.name, file.stat().st_size, packed(file)) for file in sorted(BODIES.glob("*.glb"))]
    motions = sorted((CATALOGUE / "baked").glob("*/*.json"), key=packed)
    largest = motions[-1]
    rows = [f"| {name} | {size / 1000:.0f} | {small / 1000:.0f} |" for name, size, small in bodies]
    middle = statistics.median(packed(file) for file in motions) / 1000
    name = f"{largest.parent.name}/{largest.name}"
    return [
        *rows,
        f"| {name}, the largest motion | {largest.stat().st_size / 1000:.0f} | {packed(largest) / 1000:.1f} |",
        f"| a motion, median of {len(motions)} | | {middle:.1f} |",
    ]


def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def text(version: str, cold: float, warm: list[float], rates: list[tuple[str, float, float, float]]) -> str:
    load = os.getloadavg()[0]
    return "\n".join(
        [
            "# The figure in a browser",
            "",
            "Made by `python benchmarks/viewer.py`; what is measured stands in its first lines.",
            f"Chromium {version}, headless, SwiftShader (no graphics card), {os.cpu_count()} cores; load average",
            f"{load:.1f} at the end, so other work had its share. A body has 16 900 vertices and 31 400 triangles;",
            "`low` draws one sample a pixel and no shadow map, `high` four and a shadow map of 1024 x 1024.",
            "",
            "| page opened until the figure is seen, 1280 x 800 | seconds |",
            "|---|---:|",
            f"| empty cache | {cold:.2f} |",
            f"| warm cache, median of {len(warm)} | {statistics.median(warm):.2f} |",
            f"| warm cache, worst of {len(warm)} | {max(warm):.2f} |",
            "",
            "| moving figure | pictures a second | CPU ms a picture | cores it had |",
            "|---|---:|---:|---:|",
            *(f"| {what} | {fps:.1f} | {cpu:.0f} | {cores:.2f} |" for what, fps, cpu, cores in rates),
            "",
            "| file | kB | kB gzipped |",
            "|---|---:|---:|",
            *sizes(),
            "",
        ]
    )


if __name__ == "__main__":
    main()
