"""What a film costs: cold, again, and another session of the same stretches; and a batch on one and on two workers.

A session of about ten minutes and twelve stretches at 1280 x 720, each run in a process of its own so that its memory
can be read. Writes `film.md` beside itself; takes some twenty minutes on two cores.

    python -m benchmarks.film
"""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from distributed import Client

from supple import shapes
from supple.anatomy import Setting
from supple.planner import Plan, Step
from supple.video.film import Wanted, film
from supple.video.making import Studio, make, sound
from supple.video.music import Mood
from supple.video.voice import shipped
from tests.people import planned, vignette

ROOT = Path(__file__).parent.parent
STRETCHES, SIZE = 12, (1280, 720)
SMALL = ("480x270", "15")
COMMAND = str(Path(sys.executable).with_name("supple"))
DASK = str(Path(sys.executable).with_name("dask"))


@dataclass(frozen=True)
class Cost:
    """One run: seconds on the clock and of the processors, the most memory of one process, and the file."""

    what: str
    wall_s: float
    cpu_s: float
    memory_mb: float
    file_mb: float


def twelve() -> Plan:
    """Twelve stretches in about ten minutes: those of two long sessions with room for everything, one side each."""
    long, other = (planned(vignette(who, 40, tuple(Setting))) for who in ("V01", "V03"))
    first = {step.stretch: step for step in reversed([*long.steps, *other.steps])}
    return of(long, list(reversed(first.values()))[:STRETCHES])


def of(plan: Plan, steps: Sequence[Step]) -> Plan:
    """A plan of these steps alone."""
    return replace(plan, steps=tuple(steps), seconds=sum(step.seconds + step.transition_s for step in steps))


def run(what: str, plan: Plan, folder: Path, output: Path) -> Cost:
    """One film in a process of its own, on two cores."""
    (folder / "plan.json").write_text(shapes.dumps(plan), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.film", str(folder / "plan.json"), str(folder), str(output)]
    began = time.monotonic()
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    cpu_s, memory_mb = json.loads(told.stdout.splitlines()[-1])
    return Cost(what, time.monotonic() - began, cpu_s, memory_mb, output.stat().st_size / 1e6)


def make_here(plan: Path, folder: Path, output: Path) -> None:
    """Makes a film in this process, and tells what it cost, its workers included."""
    made = shapes.build(Plan, json.loads(plan.read_text(encoding="utf-8")), place=str(plan))
    make(made, Studio(Wanted(SIZE), sound(shipped(), Mood.CALM, folder), folder), output, lambda _: None)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_s = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps([cpu_s, sum(each.ru_maxrss for each in used) * (1 if sys.platform == "darwin" else 1024) / 1e6]))


def batch(count: int, plans: Path, folder: Path) -> float:
    """Seconds for a batch of small films on a cluster of so many workers on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as programs:
        command = [DASK, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
        programs.callback(subprocess.Popen(command, **quiet).kill)
        for _ in range(count):
            worker = [DASK, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
            programs.callback(subprocess.Popen(worker, **quiet).kill)
        films = ["-o", str(folder / "films"), "--size", SMALL[0], "--fps", SMALL[1]]
        command = [COMMAND, "batch", "render", str(plans), *films]
        here = {**os.environ, "SUPPLE_DATA": str(folder)}
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(count)
        began = time.monotonic()
        subprocess.run([*command, "--music", "none", "--scheduler", address], check=True, env=here, **quiet)
        return time.monotonic() - began


def measure() -> str:
    """The page."""
    plan = twelve()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        costs = [run("cold", plan, folder, folder / "a.mp4"), run("again", plan, folder, folder / "b.mp4")]
        other = of(plan, [*plan.steps[6:], *plan.steps[:6]])
        costs.append(run("another session of the same stretches", other, folder, folder / "c.mp4"))
        length_s = film(plan, Wanted(SIZE)).seconds
    with tempfile.TemporaryDirectory() as place:
        plans = Path(place) / "plans.jsonl"
        people = ("V01", "V03", "V07", "V08")
        plans.write_text("".join(_line(planned(vignette(who, 3))) for who in people), encoding="utf-8")
        seconds = {count: batch(count, plans, Path(place) / str(count)) for count in (1, 2)}
    return _page(plan, length_s, costs, seconds)


def _line(plan: Plan) -> str:
    return json.dumps(json.loads(shapes.dumps(plan))) + "\n"


def _page(plan: Plan, length_s: float, costs: Sequence[Cost], batches: Mapping[int, float]) -> str:
    cold = costs[0]
    rows = "\n".join(
        f"| {each.what} | {each.wall_s:.0f} | {each.cpu_s:.0f} | {length_s / each.wall_s:.2f} | "
        f"{cold.wall_s / each.wall_s:.1f} | {each.memory_mb:.0f} | {60 * each.file_mb / length_s:.1f} |"
        for each in costs
    )
    return f"""# What a film costs

Made by `python -m benchmarks.film`. Seconds are of one machine with {os.cpu_count()} cores; the ratios are what counts.

{len(plan.steps)} stretches, {length_s / 60:.1f} minutes with both cards, {SIZE[0]} x {SIZE[1]},
30 pictures a second, voice and music. Memory is that of the process that puts the film together and of its largest
worker, added.

| session | s | CPU s | seconds of film in a second | times as fast as cold | MB of memory | MB a minute |
|---|---:|---:|---:|---:|---:|---:|
{rows}

Four films of three minutes ({SMALL[0]}, {SMALL[1]} pictures a second, without music) as a batch on a Dask cluster of
this machine: {batches[1]:.0f} s on one worker, {batches[2]:.0f} s on two, which is {batches[1] / batches[2]:.2f} times
as fast.
"""


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make_here(*map(Path, sys.argv[1:]))
    else:
        Path(__file__).with_suffix(".md").write_text(measure(), encoding="utf-8")
