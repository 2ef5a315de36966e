"""Which session it is to be: a fresh one, or one that was broken off and goes on, as the person is now."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from supple import shapes
from supple.catalogue import load
from supple.cli.before import earlier, fit_to_go, heed_flare_ups, minutes_up, prompt, yes
from supple.cli.files import FileError
from supple.cli.keeping import Keeper, fresh
from supple.cli.logs import logs_in, read_log
from supple.cli.show import console, print_plan
from supple.cli.signs import no_session
from supple.planner import Alarm, History, Plan, PlanRefused, SoFar, rest_of
from supple.planner.background import background
from supple.planner.check import holds_still
from supple.planner.plan import stricter
from supple.planner.timing import load_timing
from supple.safety.gate import Gate, gate
from supple.safety.grave_pain import pain_for_the_rest
from supple.safety.limits import Limits, Refusal, judge
from supple.safety.tables import table
from supple.safety.traffic_light import Colour
from supple.safety.verdicts import Verdict
from supple.session import Ending, Log, Playback, Recheck, dropped_after, go_on, history, loads_low_back, timeline

LEG_OPEN = "Since the last stretch: has pain moved further down the leg, or is there new numbness or weakness?"


def where(made: Plan, log: Path | None, folder: Path, now: datetime) -> tuple[Path, Playback | None]:
    """The log's place; and the session to go on with where one of this plan was broken off and is to go on."""
    file = log or _broken_off(made, folder, now) or fresh(folder, now)
    if not file.exists():
        return file, None
    playback = _unfinished(file, now)
    return (file, playback) if playback else (fresh(folder, now), None)


def mark(made: Plan) -> str:
    """What tells a plan from others."""
    return sha256(shapes.dumps(made).encode()).hexdigest()[:16]


def refused(made: Plan, bounds: Limits) -> bool:
    """Whether a plan made for another day or hour holds what is not for now, or further or longer than is for now."""
    for step in made.steps:
        found = judge(load().stretch(step.stretch), bounds)
        if isinstance(found, Refusal) or step.arc_percent > found.arc_percent_max or step.hold_s > found.hold_s_max:
            return True
    return False


def changed(made: Plan) -> None:
    """That the plan was made again, and what it is now; raises PlanRefused where nothing is left."""
    if not made.steps:
        raise PlanRefused(_nothing_left(made))
    console().print("The plan was made again for how you are now:")
    print_plan(made, console())
    prompt("Press Enter to begin")


def _nothing_left(made: Plan) -> str:
    """Why nothing is left: the pain first, then where there would be something, then what to do meanwhile."""
    opening = gate(made.limits.today.pain_now)
    says = [] if opening.gate is Gate.FULL_PLAN else [opening.say]
    says += [made.nearest.say] if made.nearest else [made.left_out[0].why] if made.left_out else []
    return " ".join(["Nothing safe is left for now.", *says, *made.notes])


def _broken_off(made: Plan, folder: Path, now: datetime) -> Path | None:
    """The last log of this plan that was broken off not long ago, if there is one."""
    logs = {
        path: log
        for path, log in logs_in(folder).items()
        if log.of_plan == mark(made) and not _too_late(log, now) and go_on(log, load())
    }
    return max(logs, key=lambda path: logs[path].started, default=None)


def _too_late(log: Log, now: datetime) -> bool:
    """Whether a session broke off too long ago to go on."""
    return now - log.started > timedelta(hours=table("before_session")["spans"]["goes_on_within_hours"])


def _unfinished(file: Path, now: datetime) -> Playback | None:
    """The session that was broken off; None, and the log closed, for somebody who does not want to go on with it.

    Raises FileError for a finished one, and one of long ago.
    """
    log = read_log(file)
    if log.rest and log.ended is None:
        _heed_leg(log, log.rest, file, now)
    playback = go_on(log, load())
    if playback is None:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    if _too_late(log, now):
        raise FileError(f"{file}: this session was broken off too long ago; choose another name for a new log.")
    if not yes(f"A session of {log.started:%d.%m. %H:%M} is not finished. Go on with it?", default=True):
        Keeper(file).save(replace(log, ended=now, ending=Ending.STOPPED, rest=None))
        return None
    return playback


def gone_on(playback: Playback, file: Path, folders: set[Path], now: datetime) -> Playback:
    """The session that goes on, after the questions that come before every session, beside all the other logs."""
    logs = {path.resolve(): log for path, log in earlier(folders, now).items()}
    playback = replace(playback, log=logs.pop(file.resolve(), playback.log))
    pain = fit_to_go(playback.plan, file, now, playback.log)
    others = history(*logs.values())
    heed_flare_ups(others + history(playback.log), now, pain)
    return _as_one_is(playback, others.settled(now), pain, now)


def _as_one_is(playback: Playback, others: History, pain: int, now: datetime) -> Playback:
    """The session to go on with, planned again where pain, hour, other sessions or what hurt before ask for it."""
    made, today = playback.plan, playback.plan.limits.today
    red = (found.during for found in playback.log.hurts if found.colour is Colour.RED)
    felt = max((pain_for_the_rest(pain, during) for during in red), default=pain)  # a break does not take it back
    bounds = replace(made.limits, today=replace(today, pain_now=felt, at_hour=now.hour, minutes_since_rising=None))
    bounds = minutes_up(made, bounds)
    left = stricter(made.background, background(others, load(), now, bounds))
    left = replace(left, dropped={**left.dropped, **_out_since(playback.log)})
    cold = now - _last_moved(playback.log) >= timedelta(seconds=load_timing().cold_after_s)
    so_far = SoFar(history(playback.log).done, None, made.seconds, cold=cold)
    as_now = replace(made, limits=bounds, background=left)
    if bounds.gate is made.limits.gate and holds_still(as_now, load(), so_far):
        return replace(playback, plan=as_now, pain=pain)
    rest = rest_of(load(), as_now, so_far)
    changed(rest)
    return replace(playback, plan=rest, timeline=timeline(rest, load()), pain=pain)


def _last_moved(log: Log) -> datetime:
    """When a step was done last, as far as the log knows."""
    return max((entry.at for entry in log.entries), default=log.started)


def _out_since(log: Log) -> dict[str, str]:
    """What the red lights of a session leave out, also one that was told of when it was lost."""
    out: dict[str, str] = {}
    for hurt in log.hurts:
        if hurt.colour is Colour.RED:
            out |= dropped_after(load(), hurt.stretch, hurt.quality)
    return out


def _heed_leg(log: Log, made: Plan, file: Path, now: datetime) -> None:
    """Asks after a leg that was not asked after when the session broke off.

    A yes is a grave sign like any other: it is written down, and bars every session. Raises PlanRefused for it.
    """
    moved = sum(loads_low_back(entry.stretch, load()) for entry in log.entries if entry.ending is Ending.DONE)
    if made.limits.ask_after_each_set and moved > len(log.legs) and yes(LEG_OPEN):
        told = "pain further down the leg, or new numbness or weakness"
        check = Recheck(now, "left_open", told, Verdict.SAME_DAY)
        Keeper(file).save(replace(log, rechecks=(*log.rechecks, check)))
        raise PlanRefused(no_session(Alarm(now, told, Verdict.SAME_DAY), file))
