"""`supple go`: a plan carried out live in the terminal, kept step by step in a log that survives a kill."""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from supple.catalogue import load
from supple.cli.before import earlier, fit_to_go, heed_age, heed_flare_ups, heed_signs, heed_the_site, minutes_up
from supple.cli.closing import close, say_where
from supple.cli.doctor import every_table
from supple.cli.keeping import Keeper, one_session
from supple.cli.logs import logs_in
from supple.cli.moments import now as clock_now
from supple.cli.place import usual_folder
from supple.cli.plans import read_plan
from supple.cli.resuming import after_a_pause, changed, gone_on, mark, refused, where
from supple.files import FileError, make_folder
from supple.planner import History, Plan
from supple.planner import plan as make_plan
from supple.planner.background import background
from supple.planner.history import day_of
from supple.planner.plan import stricter
from supple.safety.day import Today
from supple.session import Log, Playback, getting_up, history, kept, start

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
NO_SCREEN = ("dumb", "unknown")


def go(
    plan: PlanFile,
    *,
    log: Annotated[
        Path | None,
        typer.Option(
            help="Where to keep the log; a session begun there goes on. The usual logs count too.", show_default=False
        ),
    ] = None,
    speed: Annotated[float, typer.Option(hidden=True)] = 1.0,
) -> int:
    """Follow a plan live: countdown, breathing, pause, back, skip, and h when it hurts."""
    if log and log.suffix != ".json":
        raise FileError(f"{log}: a log ends in .json, so that later sessions find it; name it {log.name}.json.")
    _need_a_terminal()
    for read in every_table():  # before anything is asked: an answer that matters must not meet a broken table
        read()
    made = read_plan(plan)
    if not made.steps:
        raise FileError(f"{plan}: there is nothing to do in this plan; make another with supple plan.")
    usual = usual_folder()
    folder = log.parent if log else usual
    make_folder(folder)
    folders = {folder.resolve(), usual.resolve()}
    with one_session(folder, folders):
        now = clock_now()
        heed_signs(made, folders, now)
        heed_age(made, plan, now.date())
        file, broken_off = where(made, log, folder, now)
        heed_the_site(logs_in(*folders), now)
        say_where(file)
        begun = gone_on(broken_off, file, folders, now) if broken_off else _begun(made, file, folders, now)
        while isinstance(ended := _live(begun, Keeper(file), speed), Log):
            begun = after_a_pause(ended, file, folders, clock_now())
        return ended


def _need_a_terminal() -> None:
    """Raises FileError where there is none with keys and a full screen."""
    instead = "supple session prints the same session in time."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise FileError(f"supple go needs a terminal with keys; {instead}")
    if os.environ.get("TERM") in NO_SCREEN:
        raise FileError(
            f"supple go needs a terminal with a full screen, and TERM says that this one has none; {instead}"
        )


def _live(playback: Playback, keeper: Keeper, speed: float) -> int | Log:
    """The session on the screen, and what is said after it; its log where somebody was away who wants to go on."""
    from supple.cli.live import Live  # it takes a moment to load, and only this command needs it

    keeper.save(kept(playback))
    live = Live(playback, keeper.save, now=clock_now(), rate=speed)
    ended = live.run()
    if ended is None:
        raise FileError(
            f"the session broke off; {keeper.file} keeps what was done, and the same command goes on with it. If you "
            "were telling of chest pain, numbness between the legs or new weakness: call the emergency number now."
        )
    if ended.ended is None:
        keeper.save(ended)
        return ended
    finish, up = live.playback.timeline.cues[-1].say, getting_up(live.playback, load())
    return close(ended, keeper, finish, up)


def _begun(made: Plan, file: Path, folders: set[Path], now: datetime) -> Playback:
    """A new session, after the questions that come before every session; re-planned where the answers ask for it."""
    plan_file, past = made, history(*earlier(folders, now).values())
    pain = fit_to_go(made, file, now)
    heed_flare_ups(past, now, pain)
    past = past.settled(now)
    bounds = minutes_up(made, replace(made.limits, today=_day(made, past, now, pain)))
    if past.done or bounds.gate is not made.limits.gate or refused(made, bounds):
        left = stricter(made.background, background(past, load(), now, bounds))
        made = make_plan(load(), bounds, made.wishes, left)
        bounds = minutes_up(made, bounds)
        if refused(made, bounds):
            made = make_plan(load(), bounds, made.wishes, left)
        changed(made)
    begun = start(replace(made, limits=bounds), load(), now, pain)  # whoever plans the rest plans it for this day
    return replace(begun, log=replace(begun.log, of_plan=mark(plan_file)))


def _day(made: Plan, past: History, now: datetime, pain: int) -> Today:
    """The day of this session; how many weeks and sessions came before, the plan knows where no log is here."""
    had = made.limits.today
    today = replace(had, pain_now=pain, minutes_since_rising=None, at_hour=now.hour)
    return day_of(past, now, today) if past.done else today
