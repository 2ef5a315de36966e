"""`supple go`: a plan carried out live in the terminal, kept step by step in a log that survives a kill."""

import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from supple import shapes
from supple.catalogue import load
from supple.cli.before import PAINS, earlier, fit_to_go, heed_age, screen_again, yes
from supple.cli.doctor import data_folder, every_table
from supple.cli.files import FileError, make_folder, write_text
from supple.cli.logs import logs_in, read_log, wall_clock
from supple.cli.plans import read_plan
from supple.cli.show import clock, console, print_plan, wrapped
from supple.cli.signs import at_once, card, no_session
from supple.planner import Alarm, Plan, PlanRefused, SoFar, rest_of
from supple.planner import plan as make_plan
from supple.planner.history import background
from supple.safety.gate import gate
from supple.safety.limits import Limits, Refusal, judge
from supple.safety.traffic_light import tripped, tripwires
from supple.safety.verdicts import Verdict
from supple.session import (
    NOT_ANSWERED,
    Ending,
    Log,
    Playback,
    Recheck,
    alarm,
    go_on,
    history,
    kept,
    loads_low_back,
    start,
    timeline,
)

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
TOO_LATE = timedelta(hours=4)
NO_SCREEN = ("dumb", "unknown")
GET_UP = "Get up slowly when you are ready."
LEG_OPEN = "Since the last stretch: has pain moved further down the leg, or is there new numbness or weakness?"


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
    if os.environ.get("TERM") in NO_SCREEN:
        raise FileError(
            "supple go needs a terminal with a full screen, and TERM says that this one has none; "
            "supple session prints the same session in time."
        )
    from supple.cli.live import Live  # it takes a moment to load, and only this command needs it

    for read in every_table():  # before anything is asked: an answer that matters must not meet a broken table
        read()
    made, now = read_plan(plan), datetime.now()  # noqa: DTZ005 - the person's own wall clock
    if not made.steps:
        raise FileError(f"{plan}: there is nothing to do in this plan; make another with supple plan.")
    usual = data_folder() / "sessions"
    folder = log.parent if log else usual
    _heed_signs(made, {folder.resolve(), usual.resolve()}, now)
    heed_age(made, plan, now.date())
    file, playback = _where(made, log, folder, now)
    _say_where(file)
    playback = playback or _begun(made, file, now)
    write_text(file, shapes.dumps(kept(playback)))
    live = Live(playback, load(), lambda log: write_text(file, shapes.dumps(log)), now=now, rate=speed)
    ended = live.run()
    if ended is None:
        raise FileError(
            f"the session broke off; {file} keeps what was done, and the same command goes on with it. If you were "
            "telling of chest pain, numbness between the legs or new weakness: call the emergency number now."
        )
    return _close(ended, file, live.playback.timeline.cues[-1].say)


def _heed_signs(made: Plan, folders: set[Path], now: datetime) -> None:
    """Raises PlanRefused where a session ended with a grave sign, and nobody has answered anew and been looked at."""
    logs = {path: log for folder in sorted(folders) for path, log in logs_in(folder).items()}
    alarms = {path: found for path, log in logs.items() if (found := alarm(log))}
    answered = made.background.answered_after and wall_clock(made.background.answered_after)
    for path, found in alarms.items():
        if answered is None or found.at > answered:
            raise PlanRefused(no_session(found, path))
    for path, found in alarms.items():
        if found.needs_clinician and not yes(
            f"On {found.at:%d.%m. at %H:%M} {found.words}. Has a clinician looked at it since, and said that you may "
            "stretch?"
        ):
            raise PlanRefused(no_session(found, path))
        write_text(path, shapes.dumps(replace(logs[path], cleared_at=now)))


def _where(made: Plan, log: Path | None, folder: Path, now: datetime) -> tuple[Path, Playback | None]:
    """The log's place; and the session to go on with where one of this plan was broken off and is to go on."""
    make_folder(folder)
    file = log or _broken_off(made, folder, now) or _fresh(folder, now)
    if not file.exists():
        return file, None
    playback = _unfinished(file, now)
    return (file, playback) if playback else (_fresh(folder, now), None)


def _fresh(folder: Path, now: datetime) -> Path:
    """A place in `folder` where no log is yet."""
    names = (f"{now:%Y-%m-%d-%H%M%S}{more}.json" for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(folder / name for name in names if not (folder / name).exists())


def _broken_off(made: Plan, folder: Path, now: datetime) -> Path | None:
    """The last log of this plan that was broken off not long ago, if there is one."""
    logs = {
        path: log
        for path, log in logs_in(folder).items()
        if log.of_plan == _mark(made) and now - log.started <= TOO_LATE and go_on(log, load())
    }
    return max(logs, key=lambda path: logs[path].started, default=None)


def _mark(made: Plan) -> str:
    """What tells a plan from others."""
    return sha256(shapes.dumps(made).encode()).hexdigest()[:16]


def _say_where(file: Path) -> None:
    console().print("The log of this session is kept here:")
    console().print(f"  {file}", soft_wrap=True)


def _unfinished(file: Path, now: datetime) -> Playback | None:
    """The session that was broken off; None, and the log closed, for somebody who does not want to go on with it.

    Raises FileError for a finished one, and one of long ago.
    """
    log = read_log(file)
    if log.rest and log.ended is None:
        log = _left_open(log, log.rest, file, now)
    playback = go_on(log, load())
    if playback is None:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    if now - log.started > TOO_LATE:
        raise FileError(f"{file}: this session was broken off too long ago; choose another name for a new log.")
    if not yes(f"A session of {log.started:%d.%m. %H:%M} is not finished. Go on with it?", default=True):
        write_text(file, shapes.dumps(replace(log, ended=now, ending=Ending.STOPPED, rest=None)))
        return None
    pain = fit_to_go(playback.plan, file, now, log)
    if gate(pain).gate is gate(playback.plan.limits.pain_now).gate:
        return replace(playback, pain=pain)
    rest = _rest_for(pain, playback)
    _say_changed(rest)
    return replace(playback, plan=rest, timeline=timeline(rest, load()), pain=pain)


def _left_open(log: Log, made: Plan, file: Path, now: datetime) -> Log:
    """The log once a question is answered that was open when the session broke off.

    A yes is a grave sign like any other: it is written down, and bars every session. Raises PlanRefused for it.
    """
    signs = "; ".join(wire.when for wire in tripwires(pregnant=made.limits.pregnant))
    asked = log.rechecks and log.rechecks[-1].answer == NOT_ANSWERED
    moved = sum(loads_low_back(entry.stretch, load()) for entry in log.entries if entry.ending is Ending.DONE)
    if asked and yes(f"When it broke off, this was asked and not answered. Is any of it so, now or new: {signs}?"):
        told = Recheck(now, "left_open", f"one of these: {signs}", Verdict.EMERGENCY)
    elif made.limits.ask_after_each_set and moved > len(log.legs) and yes(LEG_OPEN):
        told = Recheck(now, "left_open", "pain further down the leg, or new numbness or weakness", Verdict.SAME_DAY)
    else:
        return replace(log, rechecks=(*log.rechecks, Recheck(now, "none"))) if asked else log
    log = replace(log, rechecks=(*log.rechecks, told))
    write_text(file, shapes.dumps(log))
    raise PlanRefused(no_session(Alarm(now, told.told, told.verdict or Verdict.SAME_DAY), file))


def _rest_for(pain: int, playback: Playback) -> Plan:
    """What is left of a session, planned again for another pain than it began with."""
    made = playback.plan
    so_far = SoFar(history(playback.log).done, None, made.seconds, made.background.dropped)
    return rest_of(load(), made, so_far, replace(made.limits, pain_now=pain))


def _begun(made: Plan, file: Path, now: datetime) -> Playback:
    """A new session, after the questions that come before every session; re-planned where the answers ask for it."""
    plan_file, past = made, earlier(file, now)
    pain = fit_to_go(made, file, now)
    bounds = replace(
        made.limits, pain_now=pain, at_hour=now.hour, week=past.week(now), sessions_done=len(past.sessions())
    )
    if past.done or gate(pain).gate is not gate(made.limits.pain_now).gate or _refused(made, bounds):
        left = background(past, load(), now, bounds) if past.done else made.background
        made = make_plan(load(), bounds, made.wishes, left)
        _say_changed(made)
    begun = start(made, load(), now, pain)
    return replace(begun, log=replace(begun.log, of_plan=_mark(plan_file)))


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
    _prompt("Press Enter to begin")


def _close(log: Log, file: Path, finish: tuple[str, ...]) -> int:
    """How it went, where the log lies, and the pain afterwards; after a grave sign what to do, and nothing else."""
    write_text(file, shapes.dumps(log))
    if any(check.told or check.answer == NOT_ANSWERED for check in log.rechecks):
        return _close_after_sign(log, file)
    out = console()
    whole = log.ending is Ending.DONE and any(entry.seconds for entry in log.entries)
    for sentence in finish if whole else (GET_UP,):
        out.print(sentence)
    out.print(_done(log))
    _say_where(file)
    if log.hurts:
        out.print("It hurt in this session. If it stays or comes back, talk to a doctor or physiotherapist.")
    if after := _pain_after():
        write_text(file, shapes.dumps(replace(log, pain_after=int(after))))
    return 0


def _close_after_sign(log: Log, file: Path) -> int:
    """What to do after a sign that ended the session, said again where it stays.

    The exit code is 3 where it was grave, and where the question about grave signs was left open.
    """
    found, wire = alarm(log), tripped([check.answer for check in log.rechecks])
    if found:
        console().print(f"You told of this: {found.told}.")
        console().print(at_once(found.verdict), style="bold")
    elif wire:
        console().print(card(wire), style="bold")
    else:
        console().print(screen_again(), style="bold")
    _say_where(file)
    return 0 if wire and not found else 3


def _done(log: Log) -> str:
    """How many steps were done and skipped, and how long that took."""
    done, skipped = (sum(e.ending is ending for e in log.entries) for ending in (Ending.DONE, Ending.SKIPPED))
    steps = f"{done} step{'' if done == 1 else 's'}"
    less = f", {skipped} skipped" if skipped else ""
    return f"{steps}, {clock(sum(entry.seconds for entry in log.entries))} of stretching and moving{less}."


def _pain_after() -> str:
    """Pain after the session, empty where somebody leaves it out."""
    answer = _prompt("Your pain now, 0 to 10 (Enter leaves it out)")
    while answer and answer not in PAINS:
        answer = _prompt("Answer with a whole number from 0 to 10, or with Enter alone")
    return answer


def _prompt(question: str) -> str:
    return str(typer.prompt(wrapped(question, room=2), default="", show_default=False)).strip()
