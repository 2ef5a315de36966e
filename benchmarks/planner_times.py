"""How long planning takes: ours beside CP-SAT, HiGHS and a greedy planner, on the same problems in one run.

Every vignette that may stretch, times 1 to 30 minutes, as the product asks it in week 1, with its caps, and in week 5.
Writes `planner_times.md` beside itself. HiGHS runs in a process of its own.
"""

import json
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from supple.anatomy import Setting  # noqa: E402 - the tests' people lie beside, not in, the package
from supple.catalogue import load  # noqa: E402
from supple.planner.background import background  # noqa: E402 - the same
from supple.planner.choices import Case, candidates, rooms  # noqa: E402
from supple.planner.search import Problem, solve, worth  # noqa: E402
from tests.people import limits_of, vignette, wishes_of  # noqa: E402
from tests.planner.referees import cp_sat, greedy  # noqa: E402

PLACES = {
    "V01": (Setting.CHAIR_DESK,),
    "V03": (Setting.FLOOR,),
    "V04": (Setting.FLOOR,),
    "V06": (Setting.FLOOR, Setting.CHAIR_DESK),
    "V07": tuple(Setting),
    "V08": (Setting.BED, Setting.CHAIR_DESK, Setting.WALL),
    "V10": (Setting.FLOOR,),
}
MINUTES = (1, 2, 3, 5, 8, 12, 20, 30)
WEEKS = (1, 5)
REFEREE_LIMIT_S = 20.0
Result = tuple[float, int, bool]


def problems() -> Iterator[Problem]:
    """Every problem that the planner has to solve for these people."""
    for week in WEEKS:
        for name, places in PLACES.items():
            person = vignette(name, 8, places)
            bounds = limits_of(person)
            bounds = replace(bounds, today=replace(bounds.today, week=week))
            case = Case(load(), bounds, wishes_of(person), background(person.past, load(), None, bounds))
            allowed, _ = candidates(case)
            for minutes in MINUTES:
                budget_s = 60 * min(minutes, bounds.session_minutes_max)
                yield from (room.problem for room in rooms(case, allowed, budget_s=budget_s))


def timed(engine: Callable[[Problem], tuple[int, bool]], asked: list[Problem]) -> list[Result]:
    """Milliseconds, worth and proof of each, after one warm-up."""
    engine(asked[0])
    results = []
    for problem in asked:
        begun = time.perf_counter()
        value, proven = engine(problem)
        results.append(((time.perf_counter() - begun) * 1000, value, proven))
    return results


def ours(problem: Problem) -> tuple[int, bool]:
    """Our search."""
    found = solve(problem)
    return found.objective, found.optimal


def by_cp_sat(problem: Problem) -> tuple[int, bool]:
    """CP-SAT with one worker, its model built anew."""
    status, value = cp_sat(problem, limit_s=REFEREE_LIMIT_S)
    return value, status in ("OPTIMAL", "INFEASIBLE")


def by_greed(problem: Problem) -> tuple[int, bool]:
    """Greedy, which proves nothing."""
    chosen = greedy(problem)
    return (worth(problem, chosen) if chosen else 0), False


def by_highs(asked: list[Problem]) -> list[Result]:
    """HiGHS, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "import highs; highs.serve()"],
        cwd=Path(__file__).parent,
        input=pickle.dumps(asked),
        capture_output=True,
        check=True,
    )
    return [(float(ms), int(value), bool(proven)) for ms, value, proven in json.loads(done.stdout)]


def row(name: str, results: list[Result], best: list[int]) -> str:
    """One line of the table."""
    times = sorted(ms for ms, _, _ in results)
    proven = sum(proof for _, _, proof in results)
    gaps = [1 - value / top for (_, value, _), top in zip(results, best, strict=True) if top > 0]
    p95 = times[int(0.95 * len(times))]
    return (
        f"| {name} | {statistics.median(times):.1f} | {p95:.1f} | {times[-1]:.1f} | {proven} of {len(results)} "
        f"| {100 * statistics.mean(gaps):.1f} % | {100 * max(gaps):.1f} % |"
    )


def main() -> None:
    """Measure, print, and write the page."""
    asked = list(problems())
    results = {
        "ours": timed(ours, asked),
        "CP-SAT, 1 worker": timed(by_cp_sat, asked),
        "HiGHS, 1 thread": by_highs(asked),
        "greedy": timed(by_greed, asked),
    }
    best = [max(values) for values in zip(*([v for _, v, _ in rows] for rows in results.values()), strict=True)]
    both = zip(results["ours"], results["CP-SAT, 1 worker"], strict=True)
    differ = sum(a[1] != b[1] for a, b in both if a[2] and b[2])
    ahead = {
        share: sorted(r[0] for r in results["CP-SAT, 1 worker"])[int(share * len(asked))]
        / sorted(r[0] for r in results["ours"])[int(share * len(asked))]
        for share in (0.05, 0.25, 0.5, 0.75, 0.95)
    }
    page = "\n".join(
        [
            "# Planning times",
            "",
            "Made by `python benchmarks/planner_times.py`. Milliseconds are of one machine; the ratios count.",
            "",
            f"{len(asked)} problems, one per surface to lie on: {len(PLACES)} vignettes, {len(MINUTES)} lengths, "
            f"weeks {WEEKS[0]} and {WEEKS[1]}.",
            f"Where both proved their result, ours and CP-SAT differ in {differ} problems.",
            "CP-SAT takes this many times as long as ours at the percentiles "
            + ", ".join(f"{100 * share:.0f}: {times:.1f}" for share, times in ahead.items())
            + ".",
            "",
            "| engine | median ms | p95 ms | max ms | proven | mean below the best | most below the best |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *(row(name, rows, best) for name, rows in results.items()),
            "",
        ]
    )
    sys.stdout.write(page)
    Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
