"""The planner's problem as a mixed-integer program for HiGHS, which cannot share a process with OR-Tools."""

import json
import pickle
import sys
import time

import highspy

from supple.planner.search import Problem


def highs(problem: Problem, *, limit_s: float = 60.0) -> tuple[str, int]:
    """The same as a mixed-integer program: the concave tables become cuts, which is exact because one maximises."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("time_limit", limit_s)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    take = [solver.addBinary() for _ in problem.choices]
    closes = [solver.addBinary() if choice.restful else None for choice in problem.choices]
    used = [solver.addBinary() for _ in problem.setup_s]
    low = solver.addBinary()
    for choice, taken, closing in zip(problem.choices, take, closes, strict=True):
        solver.addConstr(taken <= used[choice.place])
        if choice.place >= problem.low_from:
            solver.addConstr(taken <= low)
        if closing is not None:
            solver.addConstr(closing <= taken)
            for later in range(choice.place + 1, len(used)):
                solver.addConstr(closing + used[later] <= 1)
        if choice.needs_warmth and not problem.warm:
            warming = [
                t if c is None else t - c
                for o, t, c in zip(problem.choices, take, closes, strict=True)
                if o.warms and (o.place, o.phase) < (choice.place, choice.phase)
            ]
            solver.addConstr(taken <= solver.qsum(warming)) if warming else solver.addConstr(taken <= 0)
    for family in {choice.family for choice in problem.choices}:
        solver.addConstr(solver.qsum(t for c, t in zip(problem.choices, take, strict=True) if c.family == family) <= 1)
    endings = [closing for closing in closes if closing is not None]
    if not endings:
        return "OPTIMAL", sum(table[0] for table in problem.benefit)
    solver.addConstr(solver.qsum(endings) == 1)
    spent = [c.seconds * t for c, t in zip(problem.choices, take, strict=True)]
    spent += [s * u for s, u in zip(problem.setup_s, used, strict=True)] + [problem.down_s * low]
    solver.addConstr(solver.qsum(spent) <= problem.budget_s)
    gains = []
    for group, table in enumerate(problem.benefit):
        credits = [a * t for c, t in zip(problem.choices, take, strict=True) for g, a in c.credits if g == group]
        if not credits:
            continue
        amount = solver.qsum(credits)
        solver.addConstr(amount <= len(table) - 1)
        gain = solver.addVariable(lb=min(table), ub=max(table))
        for a in range(len(table) - 1):
            slope = table[a + 1] - table[a]
            solver.addConstr(gain <= table[a] - slope * a + slope * amount)
        gains.append(gain)
    value = solver.qsum(gains) + solver.qsum(c.worth * t for c, t in zip(problem.choices, take, strict=True) if c.worth)
    solver.maximize(value)
    status = solver.modelStatusToString(solver.getModelStatus()).upper()
    nothing = sum(table[0] for table in problem.benefit)
    return status, max(nothing, round(solver.getInfo().objective_function_value)) if status == "OPTIMAL" else nothing


def serve() -> None:
    """Solve the pickled problems on standard input; print milliseconds, worth and proof of each as JSON."""
    asked: list[Problem] = pickle.load(sys.stdin.buffer)  # our own process sent it
    highs(asked[0])
    results = []
    for problem in asked:
        begun = time.process_time()
        status, value = highs(problem, limit_s=20.0)
        results.append(((time.process_time() - begun) * 1000, value, status == "OPTIMAL"))
    sys.stdout.write(json.dumps(results))
