"""Which session it is to be: a fresh one, or one that was broken off and goes on, as the person is now."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from supple import shapes
from supple.catalogue import load
from supple.cli.before import earlier, fit_to_go, heed_flare_ups, heed_signs, minutes_up, prompt, yes
from supple.cli.keeping import Keeper, fresh
from supple.cli.logs import logs_in, read_log
from supple.cli.show import console, print_plan
from supple.files import FileError
from supple.planner import History, Plan, PlanRefused
from supple.safety.gate import Gate, gate
from supple.safety.limits import Limits, Refusal, judge
from supple.session import Ending, Log, Playback, go_on, history
from supple.session.going_on import as_one_is, bounds_now, too_late


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
        if log.of_plan == mark(made) and not too_late(log, now) and go_on(log, load())
    }
    return max(logs, key=lambda path: logs[path].started, default=None)


def _unfinished(file: Path, now: datetime) -> Playback | None:
    """The session that was broken off; None, and the log closed, for somebody who does not want to go on with it.

    Raises FileError for a finished one, and one of long ago.
    """
    log = read_log(file)
    playback = go_on(log, load())
    if playback is None:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    _heed_time(log, file, now)
    if not yes(f"A session of {log.started:%d.%m. %H:%M} is not finished. Go on with it?", default=True):
        Keeper(file).save(replace(log, ended=now, ending=Ending.STOPPED, rest=None))
        return None
    return playback


def _heed_time(log: Log, file: Path, now: datetime) -> None:
    """Raises FileError for a session that broke off too long ago."""
    if too_late(log, now):
        raise FileError(f"{file}: this session was broken off too long ago; choose another name for a new log.")


def after_a_pause(log: Log, file: Path, folders: set[Path], now: datetime) -> Playback:
    """The session that was paused for long, asked about as before any session; raises FileError and PlanRefused."""
    _heed_time(log, file, now)
    playback = go_on(log, load())
    if playback is None:
        raise FileError(f"{file}: this session is finished; choose another name for the new log.")
    heed_signs(playback.plan, folders, now)
    console().print("You were away for a while, so this is asked again before you go on.")
    return gone_on(playback, file, folders, now)


def gone_on(playback: Playback, file: Path, folders: set[Path], now: datetime) -> Playback:
    """The session that goes on, after the questions that come before every session, beside all the other logs."""
    logs = {path.resolve(): log for path, log in earlier(folders, now).items()}
    playback = replace(playback, log=logs.pop(file.resolve(), playback.log))
    pain = fit_to_go(playback.plan, file, now, playback.log)
    others = history(*logs.values())
    heed_flare_ups(others + history(playback.log), now, pain)
    return _as_one_is(playback, others.settled(now), pain, now)


def _as_one_is(playback: Playback, others: History, pain: int, now: datetime) -> Playback:
    """The session to go on with; where its plan was made again it is shown."""
    made = playback.plan
    bounds = minutes_up(made, bounds_now(made, playback.log, pain, now))
    after = as_one_is(playback, others, bounds, pain, now)
    if after.timeline is not playback.timeline:
        changed(after.plan)
    return after
