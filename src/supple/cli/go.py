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
from supple.cli.files import FileError, make_folder, write_text
from supple.cli.logs import logs_in, read_log
from supple.cli.place import whom_to_call
from supple.cli.plans import read_plan
from supple.cli.show import clock, console, print_plan
from supple.planner import DayAfter, History, Plan, PlanRefused, SoFar, rest_of
from supple.planner import plan as make_plan
from supple.planner.history import background
from supple.safety.aftercare import Outcome, after_24h
from supple.safety.gate import Gate, gate
from supple.safety.limits import Limits, Refusal, judge
from supple.session import Log, Playback, go_on, history, kept, start, timeline

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
A_DAY_LATER = timedelta(hours=16)
TOO_LATE = timedelta(hours=4)
CHANGES = {"0": "no worse than usual", "1": "1 point worse", "2": "2 points worse", "3": "3 points worse or more"}
PAINS = {str(n): "" for n in range(11)}
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
    if not made.steps:
        raise FileError(f"{plan}: there is nothing to do in this plan; make another with supple plan.")
    file = log or data_folder() / "sessions" / f"{now:%Y-%m-%d-%H%M%S}.json"
    make_folder(file.parent)
    playback = _unfinished(file, now) if file.exists() else _begun(made, file, now)
    write_text(file, shapes.dumps(kept(playback)))
    ended = Live(playback, load(), lambda log: write_text(file, shapes.dumps(log)), now=now, rate=speed).run()
    if ended is None:
        raise FileError(f"the session broke off; {file} keeps what was done, and the same command goes on with it.")
    return _close(ended, file)


def _unfinished(file: Path, now: datetime) -> Playback:
    """The session that was broken off, for somebody who wants to go on with it; raises FileError for a finished one."""
    log = read_log(file)
    playback = go_on(log, load())
    if playback is None:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    if now - log.started > TOO_LATE:
        raise FileError(f"{file}: this session was broken off too long ago; choose another name for a new log.")
    if not typer.confirm(f"A session of {log.started:%d.%m. %H:%M} is not finished. Go on with it?", default=True):
        raise FileError(f"{file}: this session stays as it is; choose another name for a new log.")
    pain = _fit_to_go()
    if gate(pain).gate is gate(playback.plan.limits.pain_now).gate:
        return replace(playback, pain=pain)
    rest = _rest_for(pain, playback)
    _say_changed(rest)
    return replace(playback, plan=rest, timeline=timeline(rest, load()), pain=pain)


def _rest_for(pain: int, playback: Playback) -> Plan:
    """What is left of a session, planned again for another pain than it began with."""
    made = playback.plan
    so_far = SoFar(history(playback.log).done, None, made.seconds, made.background.dropped)
    return rest_of(load(), made, so_far, replace(made.limits, pain_now=pain))


def _begun(made: Plan, file: Path, now: datetime) -> Playback:
    """A new session, after the questions that come before every session; re-planned where the answers ask for it."""
    past = _earlier(file, now)
    pain = _fit_to_go()
    bounds = replace(
        made.limits, pain_now=pain, at_hour=now.hour, week=past.week(now), sessions_done=len(past.sessions())
    )
    if past.done or gate(pain).gate is not gate(made.limits.pain_now).gate or _refused(made, bounds):
        left = background(past, load(), now, bounds) if past.done else made.background
        made = make_plan(load(), bounds, made.wishes, left)
        _say_changed(made)
    return start(made, load(), now, pain)


def _fit_to_go() -> int:
    """The pain of now, asked with all that comes before every session; raises PlanRefused where there is to be none."""
    _nothing_new()
    pain = int(_ask("Your pain now, sitting or lying quietly, 0 to 10", PAINS))
    opening = gate(pain)
    if opening.gate is Gate.NONE_RESCREEN:
        raise PlanRefused(opening.say)
    return pain


def _refused(made: Plan, bounds: Limits) -> bool:
    """Whether a plan made for another hour holds what is not for now."""
    return any(isinstance(judge(load().stretch(step.stretch), bounds), Refusal) for step in made.steps)


def _say_changed(made: Plan) -> None:
    """That the plan was made again, and what it is now."""
    if not made.steps:
        why = made.left_out[0].why if made.left_out else ""
        raise PlanRefused(f"Nothing safe is left for now. {why}")
    console().print("The plan was made again for how you are now:")
    print_plan(made, console())
    typer.prompt("Press Enter to begin", default="", show_default=False)


def _earlier(file: Path, now: datetime) -> History:
    """What the logs beside this one tell, once the day after the last of them is known."""
    logs = logs_in(file.parent)
    past = history(*logs.values())
    path, last = max(logs.items(), key=lambda pair: pair[1].started, default=(file, None))
    if last and last.entries and last.day_after is None and now - last.started >= A_DAY_LATER:
        outcome = _day_after()
        write_text(path, shapes.dumps(replace(last, day_after=outcome, day_after_at=now)))
        past = past + History((), (DayAfter(now, outcome),))
    return past


def _day_after() -> Outcome:
    """What the day after the last session was like, and what follows; raises PlanRefused where questions come first."""
    new = typer.confirm("Since your last session: any new numbness, weakness or spreading pain?", default=None)
    change = _ask("Your pain the day after, against what is usual for you", CHANGES)
    hours = _ask("How long did the extra soreness last", HOW_LONG) if change != "0" else "0"
    found = after_24h(int(change), HOURS[hours], new_symptoms=new)
    console().print(found.say)
    if found.outcome is Outcome.RESCREEN:
        raise PlanRefused(_screen_again())
    return found.outcome


def _nothing_new() -> None:
    """The question before every session; raises PlanRefused where something is new."""
    if typer.confirm(NEW_SIGNS, default=None):
        raise PlanRefused(_screen_again())


def _screen_again() -> str:
    """What somebody with something new does: the gravest first."""
    return (
        "No stretching now. With numbness between the legs, new trouble with bladder or bowel, growing weakness or "
        f"chest pain get help at once. {whom_to_call()} Otherwise answer the safety questions again: supple screen."
    )


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
    """How it went, where the log lies, and the pain afterwards where somebody wants to say it."""
    write_text(file, shapes.dumps(log))
    done = sum(entry.seconds for entry in log.entries)
    out = console()
    out.print(f"{len(log.entries)} steps, {clock(done)} of stretching and moving. The log is {file}.", soft_wrap=True)
    if log.hurts:
        out.print("It hurt in this session. If it stays or comes back, talk to a doctor or physiotherapist.")
    after = str(typer.prompt("Your pain now, 0 to 10 (Enter leaves it out)", default="", show_default=False)).strip()
    if after in PAINS:
        write_text(file, shapes.dumps(replace(log, pain_after=int(after))))
    return 0
