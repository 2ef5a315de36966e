"""How long planning takes: ours beside CP-SAT, HiGHS and a greedy planner, on the same problems in one run.

Every vignette that may stretch, times 2 to 30 minutes: as newcomers in week 1, with its caps, and with a History of
regular sessions in weeks 5 and 10, where in week 10 they have every place there is. Writes `planner_times.md` beside
itself. HiGHS runs in a process of its own.
"""

import json
import pickle
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from supple.anatomy import Setting  # noqa: E402 - the tests' people lie beside, not in, the package
from supple.planner.search import Problem, solve, worth  # noqa: E402 - the same
from tests.people import EVENING, problems_of, regular, vignette  # noqa: E402 - the same
from tests.planner.referees import cp_sat, greedy  # noqa: E402 - the same

PLACES = {
    "V01": (Setting.CHAIR_DESK,),
    "V03": (Setting.FLOOR,),
    "V04": (Setting.FLOOR,),
    "V06": (Setting.FLOOR, Setting.CHAIR_DESK),
    "V07": tuple(Setting),
    "V08": (Setting.BED, Setting.CHAIR_DESK, Setting.WALL),
    "V10": (Setting.FLOOR,),
}
MINUTES = (2, 5, 10, 20, 30)
WEEKS = (1, 5, 10)
EVERYWHERE_FROM = 10
REFEREE_LIMIT_S = 20.0
Result = tuple[float, int, bool]
Asked = tuple[int, Problem]


def problems() -> Iterator[Asked]:
    """Every problem that the planner has to solve for these people, with its week."""
    for week in WEEKS:
        for name, own in PLACES.items():
            places = tuple(Setting) if week >= EVERYWHERE_FROM else own
            past = regular(name, week - 1)
            for minutes in MINUTES:
                for problem in problems_of(vignette(name, minutes, places, past=past, at=EVENING)):
                    yield week, problem


def timed(engine: Callable[[Problem], tuple[int, bool]], asked: list[Problem]) -> list[Result]:
    """Milliseconds of processor time, worth and proof of each, after one warm-up."""
    engine(asked[0])
    results = []
    for problem in asked:
        begun = time.process_time()
        value, proven = engine(problem)
        results.append(((time.process_time() - begun) * 1000, value, proven))
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


def figures(results: list[Result]) -> str:
    """Median, p95 and maximum of the times, and how many are proven."""
    times = sorted(ms for ms, _, _ in results)
    proven = sum(proof for _, _, proof in results)
    p95 = times[int(0.95 * len(times))]
    return f"{statistics.median(times):.1f} | {p95:.1f} | {times[-1]:.1f} | {proven} of {len(results)}"


def row(name: str, results: list[Result], best: list[int]) -> str:
    """One line of the table."""
    gaps = [1 - value / top for (_, value, _), top in zip(results, best, strict=True) if top > 0]
    return f"| {name} | {figures(results)} | {100 * statistics.mean(gaps):.1f} % | {100 * max(gaps):.1f} % |"


def by_week(weeks: list[int], results: dict[str, list[Result]]) -> Iterator[str]:
    """A line of the second table for each week and engine."""
    for week in WEEKS:
        for name, rows in results.items():
            of_week = [result for at, result in zip(weeks, rows, strict=True) if at == week]
            yield f"| {week} | {name} | {figures(of_week)} |"


def ahead(results: dict[str, list[Result]]) -> str:
    """How many times as long as ours CP-SAT takes at some percentiles."""
    ours_ms, other_ms = (sorted(ms for ms, _, _ in results[name]) for name in ("ours", "CP-SAT, 1 worker"))
    at = {share: min(int(share * len(ours_ms)), len(ours_ms) - 1) for share in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 1)}
    return ", ".join(f"{100 * share:.0f}: {other_ms[n] / ours_ms[n]:.1f}" for share, n in at.items())


def page(weeks: list[int], results: dict[str, list[Result]]) -> str:
    """What was measured, in Markdown."""
    best = [max(values) for values in zip(*([v for _, v, _ in rows] for rows in results.values()), strict=True)]
    both = zip(results["ours"], results["CP-SAT, 1 worker"], strict=True)
    differ = sum(a[1] != b[1] for a, b in both if a[2] and b[2])
    return "\n".join(
        [
            "# Planning times",
            "",
            "Made by `python benchmarks/planner_times.py`. Milliseconds are processor time of one machine that does "
            "other work too; the ratios count.",
            "",
            f"{len(weeks)} problems, one per surface to lie on: {len(PLACES)} vignettes, {MINUTES[0]} to {MINUTES[-1]} "
            "minutes. In week 1 they are newcomers,",
            "in weeks 5 and 10 they have regular sessions behind them, with a step of progress a week; "
            f"from week {EVERYWHERE_FROM} on they have every place there is.",
            f"CP-SAT and HiGHS are stopped after {REFEREE_LIMIT_S:.0f} s by the clock; what is stopped counts as "
            "nothing found, and its time here is too short.",
            f"Where both proved their result, ours and CP-SAT differ in {differ} problems.",
            f"CP-SAT takes this many times as long as ours at the percentiles {ahead(results)}.",
            "",
            "| engine | median ms | p95 ms | max ms | proven | mean below the best | most below the best |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *(row(name, rows, best) for name, rows in results.items()),
            "",
            "| week | engine | median ms | p95 ms | max ms | proven |",
            "|---:|---|---:|---:|---:|---:|",
            *by_week(weeks, results),
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page."""
    weeks, asked = map(list, zip(*problems(), strict=True))
    results = {
        "ours": timed(ours, asked),
        "CP-SAT, 1 worker": timed(by_cp_sat, asked),
        "HiGHS, 1 thread": by_highs(asked),
        "greedy": timed(by_greed, asked),
    }
    made = page(weeks, results)
    sys.stdout.write(made)
    Path(__file__).with_suffix(".md").write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
