"""The planner's search put to an outside solver, and the careless way of planning: only to compare with."""

from itertools import product

from ortools.sat.python import cp_model

from supple.planner.search import Choice, Problem, seconds, worth


def cp_sat(problem: Problem, *, workers: int = 1, limit_s: float = 60.0) -> tuple[str, int]:
    """The status and the optimum that CP-SAT finds for the same problem, modelled afresh."""
    model = cp_model.CpModel()
    take = [model.new_bool_var(f"{choice.stretch}/{choice.dose}") for choice in problem.choices]
    closes = [model.new_bool_var("") if choice.restful else None for choice in problem.choices]
    places = range(len(problem.setup_s))
    used = [model.new_bool_var("") for _ in places]
    low = model.new_bool_var("")
    for choice, taken, closing in zip(problem.choices, take, closes, strict=True):
        model.add_implication(taken, used[choice.place])
        if choice.place >= problem.low_from:
            model.add_implication(taken, low)
        if closing is not None:
            model.add_implication(closing, taken)
            for later in places[choice.place + 1 :]:
                model.add_implication(closing, ~used[later])
    _one_of_each_family(model, problem, take)
    _warmth(model, problem, take, closes)
    model.add(sum(closing for closing in closes if closing is not None) == 1)
    for place in places:
        model.add_bool_or([t for c, t in zip(problem.choices, take, strict=True) if c.place == place] + [~used[place]])
    time = sum(c.seconds * t for c, t in zip(problem.choices, take, strict=True))
    setups = sum(s * u for s, u in zip(problem.setup_s, used, strict=True))
    model.add(time + setups + problem.down_s * low <= problem.budget_s)
    gains = [_group_gain(model, problem, group, take) for group in range(len(problem.benefit))]
    model.maximize(sum(gains) + sum(c.worth * t for c, t in zip(problem.choices, take, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = limit_s
    status = solver.status_name(solver.solve(model))
    nothing = sum(table[0] for table in problem.benefit)
    return status, max(nothing, round(solver.objective_value)) if status == "OPTIMAL" else nothing


def _one_of_each_family(model: cp_model.CpModel, problem: Problem, take: list[cp_model.IntVar]) -> None:
    for family in {choice.family for choice in problem.choices}:
        model.add_at_most_one(t for c, t in zip(problem.choices, take, strict=True) if c.family == family)


def _warmth(
    model: cp_model.CpModel, problem: Problem, take: list[cp_model.IntVar], closes: list[cp_model.IntVar | None]
) -> None:
    """A hold at end range needs a movement before it: in an earlier place or phase, and not the closing one.

    What closes comes after everything, so that any other movement will do.
    """
    if problem.warm:
        return
    for choice, taken, last in zip(problem.choices, take, closes, strict=True):
        if choice.needs_warmth:
            warming = []
            for other, t, closing in zip(problem.choices, take, closes, strict=True):
                early = (other.place, other.phase) < (choice.place, choice.phase)
                if other.warms and (early or last is not None):
                    before = model.new_bool_var("")
                    model.add_implication(before, t)
                    if closing is not None:
                        model.add_implication(before, ~closing)
                    if not early and last is not None:
                        model.add_implication(before, last)
                    warming.append(before)
            model.add_bool_or([*warming, ~taken])


def _group_gain(model: cp_model.CpModel, problem: Problem, group: int, take: list[cp_model.IntVar]) -> cp_model.IntVar:
    table = problem.benefit[group]
    amount = model.new_int_var(0, len(table) - 1, "")
    model.add(
        amount == sum(a * t for c, t in zip(problem.choices, take, strict=True) for g, a in c.credits if g == group)
    )
    gain = model.new_int_var(min(table), max(table), "")
    model.add_element(amount, list(table), gain)
    return gain


def brute_force(problem: Problem) -> int:
    """The optimum by trying every set of choices: for small problems."""
    best = sum(table[0] for table in problem.benefit)
    families: dict[int, list[Choice | None]] = {}
    for choice in problem.choices:
        families.setdefault(choice.family, [None]).append(choice)
    for picks in product(*families.values()):
        chosen = [choice for choice in picks if choice]
        if any(fits(problem, _closed_by(end, chosen)) for end in chosen):
            best = max(best, worth(problem, chosen))
    return best


def _closed_by(closing: Choice, chosen: list[Choice]) -> tuple[Choice, ...]:
    return closing, *(choice for choice in chosen if choice is not closing)


def greedy(problem: Problem) -> tuple[Choice, ...]:
    """Again and again the choice that brings most per second and still fits; begins with a way to end."""
    best: tuple[Choice, ...] = ()
    for closing in [c for c in problem.choices if c.restful and not c.needs_warmth]:
        chosen: tuple[Choice, ...] = (closing,)
        if not fits(problem, chosen):
            continue
        while True:
            had, spent = worth(problem, chosen), seconds(problem, chosen)
            better = [
                ((worth(problem, more) - had) / max(1, seconds(problem, more) - spent), more)
                for choice in problem.choices
                if fits(problem, more := (*chosen, choice)) and worth(problem, more) > had
            ]
            if not better:
                break
            chosen = max(better, key=lambda pair: pair[0])[1]
        if not best or worth(problem, chosen) > worth(problem, best):
            best = chosen
    return best


def fits(problem: Problem, chosen: tuple[Choice, ...]) -> bool:
    """Whether `chosen`, its first choice closing, keeps every rule of the problem, checked rule by rule."""
    closing = chosen[0]
    amounts = [0] * len(problem.benefit)
    for choice in chosen:
        for group, amount in choice.credits:
            amounts[group] += amount
    return (
        seconds(problem, chosen) <= problem.budget_s
        and len({choice.family for choice in chosen}) == len(chosen)
        and all(amount < len(table) for amount, table in zip(amounts, problem.benefit, strict=True))
        and closing.restful
        and max(choice.place for choice in chosen) == closing.place
        and all(problem.warm or not choice.needs_warmth or _warmed(choice, chosen) for choice in chosen)
    )


def _warmed(choice: Choice, chosen: tuple[Choice, ...]) -> bool:
    closing = chosen[0]
    return any(
        other.warms
        and other is not closing
        and ((other.place, other.phase) < (choice.place, choice.phase) or (choice is closing))
        for other in chosen
    )
