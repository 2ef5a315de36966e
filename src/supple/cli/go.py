"""`supple go`: a plan carried out live in the terminal, kept step by step in a log that survives a kill."""

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from supple import shapes
from supple.catalogue import load
from supple.cli.doctor import data_folder
from supple.cli.files import FileError, read_value, write_text
from supple.cli.plans import read_plan
from supple.cli.show import clock, console, print_plan
from supple.planner import DayAfter, History, Plan, PlanRefused
from supple.planner import plan as make_plan
from supple.planner.history import background
from supple.safety.aftercare import Outcome, after_24h
from supple.safety.gate import Gate, gate
from supple.session import Log, Playback, go_on, history, start
from supple.shapes import ShapeError

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
A_DAY_LATER = timedelta(hours=16)
CHANGES = {"0": "no worse than usual", "1": "1 point worse", "2": "2 points worse", "3": "3 points worse or more"}
HOURS = {"0": 0, "1": 20, "2": 40, "3": 60}
HOW_LONG = {"0": "not at all", "1": "up to a day", "2": "one to two days", "3": "more than two days"}
NEW_SIGNS = (
    "Since you answered the questions, is anything of this new: numbness between the legs, trouble with bladder or "
    "bowel, a weak leg or arm, chest pain, fever, a fall?"
)


def go(
    plan: PlanFile,
    *,
    log: Annotated[
        Path | None, typer.Option(help="Where to keep the log; a session begun there goes on.", show_default=False)
    ] = None,
    speed: Annotated[float, typer.Option(hidden=True)] = 1.0,
) -> int:
    """Follow a plan live: countdown, breathing, pause, back, skip, and h when it hurts."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise FileError("supple go needs a terminal with keys; supple session prints the same session in time.")
    from supple.cli.live import Live  # it takes a moment to load, and only this command needs it

    made, now = read_plan(plan), datetime.now()  # noqa: DTZ005 - the person's own wall clock
    file = log or data_folder() / "sessions" / f"{now:%Y-%m-%d-%H%M%S}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    playback = _unfinished(file) or _begun(made, file, now)
    ended = Live(playback, load(), lambda kept: write_text(file, shapes.dumps(kept)), now=now, rate=speed).run()
    return _close(ended or playback.log, file)


def _unfinished(file: Path) -> Playback | None:
    """The session that was broken off, when there is one and the person wants to go on with it."""
    if not file.exists():
        return None
    kept = read_value(Log, file)
    if kept.ended:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    playback = go_on(kept, load())
    if playback and typer.confirm(
        f"A session of {kept.started:%d.%m. %H:%M} is not finished. Go on with it?", default=True
    ):
        _nothing_new()
        return playback
    return None


def _begun(made: Plan, file: Path, now: datetime) -> Playback:
    """A new session, after the questions that come before every session; re-planned where the answers ask for it."""
    past = _earlier(file, now)
    _nothing_new()
    pain = int(_ask("Your pain now, sitting or lying quietly, 0 to 10", {str(n): "" for n in range(11)}))
    opening = gate(pain)
    if opening.gate is Gate.NONE_RESCREEN:
        raise PlanRefused(opening.say)
    bounds = replace(made.limits, pain_now=pain)
    left = background(past, load(), now, bounds) if past.done else made.background
    if past.done or opening.gate is not gate(made.limits.pain_now).gate:
        made = make_plan(load(), bounds, made.wishes, left)
        _say_changed(made)
    playback = start(made, load(), now, pain)
    write_text(file, shapes.dumps(playback.log))
    return playback


def _say_changed(made: Plan) -> None:
    """That the plan was made again, and what it is now."""
    if not made.steps:
        why = made.left_out[0].why if made.left_out else ""
        raise PlanRefused(f"Nothing safe is left for now. {why}")
    console().print("The plan was made again for how you are now:")
    print_plan(made, console())


def _earlier(file: Path, now: datetime) -> History:
    """What the logs beside this one tell, once the day after the last of them is known."""
    paths = [path for path in sorted(file.parent.glob("*.json")) if path != file]
    logs = [log for path in paths if (log := _log(path)) is not None]
    past = sum((history(log) for _, log in logs), History())
    path, last = max(logs, key=lambda pair: pair[1].started, default=(file, None))
    if last and last.entries and last.day_after is None and now - last.started >= A_DAY_LATER:
        outcome = _day_after()
        write_text(path, shapes.dumps(replace(last, day_after=outcome, day_after_at=now)))
        past = past + History((), (DayAfter(now, outcome),))
    return past


def _log(path: Path) -> tuple[Path, Log] | None:
    """The log in a file; None for a file that is something else, such as a plan kept beside the logs."""
    try:
        return path, read_value(Log, path)
    except ShapeError:
        return None


def _day_after() -> Outcome:
    """What the day after the last session was like, and what follows; raises PlanRefused where questions come first."""
    new = typer.confirm("Since your last session: any new numbness, weakness or spreading pain?", default=None)
    change = _ask("Your pain the day after, against what is usual for you", CHANGES)
    hours = _ask("How long did the extra soreness last", HOW_LONG) if change != "0" else "0"
    found = after_24h(int(change), HOURS[hours], new_symptoms=new)
    console().print(found.say)
    if found.outcome is Outcome.RESCREEN:
        raise PlanRefused("Answer the safety questions again before you go on: supple screen.")
    return found.outcome


def _nothing_new() -> None:
    """The question before every session; raises PlanRefused where something is new."""
    if typer.confirm(NEW_SIGNS, default=None):
        raise PlanRefused("Answer the safety questions again before you go on: supple screen.")


def _ask(question: str, answers: dict[str, str]) -> str:
    """One of `answers`, asked for until it is given."""
    out = console()
    out.print(question + ":")
    for key, words in answers.items():
        if words:
            out.print(f"  {key}  {words}")
    while (answer := str(typer.prompt("")).strip()) not in answers:
        out.print(f"Answer with one of {', '.join(answers)}.")
    return answer


def _close(log: Log, file: Path) -> int:
    """How it went, and where the log lies."""
    write_text(file, shapes.dumps(log))
    done = sum(entry.seconds for entry in log.entries)
    out = console()
    out.print(f"{len(log.entries)} steps, {clock(done)} of stretching and moving. The log is {file}.")
    if log.hurts:
        out.print("It hurt in this session. If it stays or comes back, talk to a doctor or physiotherapist.")
    return 0
