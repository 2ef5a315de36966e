"""The questions before every session: how old the answers are, whether anything is new, the pain, the day after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from math import ceil
from pathlib import Path

import typer

from supple.cli.keeping import Keeper
from supple.cli.logs import logs_in
from supple.cli.moments import here, written
from supple.cli.place import whom_to_call
from supple.cli.show import console, wrapped
from supple.cli.signs import lasting_flare_ups, no_session
from supple.files import FileError
from supple.planner import Alarm, History, Plan, PlanRefused
from supple.planner.flare import needs_help
from supple.safety.aftercare import Outcome
from supple.safety.before_session import changes, help_at_once
from supple.safety.freshness import Given, last_day, require_fresh, second_trimester_week
from supple.safety.gate import MOST_PAIN, Gate, gate
from supple.safety.limits import Limits
from supple.safety.tables import table
from supple.safety.verdicts import Verdict
from supple.session import LEG_REVIEWED, Log, Recheck, alarm, alarms, as_of, history, open_question, told_before
from supple.session.asking import PAINS
from supple.session.going_on import under_way
from supple.session.opening import (
    CHANGE_ASKED,
    CHANGES,
    HOW_LONG,
    HOW_LONG_ASKED,
    HOW_LONG_UP,
    NEW_SIGNS,
    NEW_SINCE,
    STILL,
    UP,
    UP_ASKED,
    DayAfterAsked,
    day_after,
    day_after_asked,
    last_begun,
    left_open,
    of_last,
    up_matters,
    with_day_after,
    with_open_answer,
)

YES_OR_NO = len(" [y/n]: ")
PAIN = dict.fromkeys(PAINS, "")  # a number needs no words
ABOUT = "About your session of {at:%d.%m. at %H:%M}, and those before it of which you have not told:"
ABOUT_SORE = "About your session of {at:%d.%m. at %H:%M}, after which you were still sore, and those since:"
OF_THE_SITE = "site-"  # so begins what the site writes in place of a plan's mark
ON_THE_SITE = "The session of {at:%H:%M} on the site is not finished. Begin another one here all the same?"
CHANGED_SINCE = (
    "This plan was made for {day:%d.%m.%Y}. Has anything changed since in what you answered, such as a new illness, an "
    "operation, a medicine or a pregnancy?"
)


def heed_signs(made: Plan, folders: set[Path], now: datetime) -> None:
    """Raises PlanRefused where a session ended with a grave sign, and nobody has answered anew and been looked at.

    A question about grave signs or a leg that was left open is asked first.
    """
    logs = _closed({path: as_of(log, now) for path, log in logs_in(*folders).items()}, made, now)
    signs = alarms(logs)
    answered = made.background.answered_after and here(made.background.answered_after)
    for path, found in signs.items():
        if answered is None or found.at > answered:
            raise PlanRefused(no_session(found, path))
    looked = {found: _looked_at(found) for found in dict.fromkeys(signs.values())}  # one may lie in two folders
    for path, found in signs.items():
        if not looked[found]:
            raise PlanRefused(no_session(found, path))
        Keeper(path).save(replace(logs[path], cleared_at=now))


def _looked_at(found: Alarm) -> bool:
    """Whether a clinician has looked at a sign, where that is needed besides fresh answers."""
    on = f"On {found.at:%d.%m. at %H:%M}"
    return not found.needs_clinician or yes(
        f"{on} {found.words}. Has a clinician looked at it since, and said that you may stretch?"
    )


def _closed(logs: dict[Path, Log], made: Plan, now: datetime) -> dict[Path, Log]:
    """The logs with an answer where the question about grave signs, or about a leg, was left open in them.

    A yes is a grave sign like any other: it is written down, and bars every session. Raises PlanRefused for it.
    """
    for left in dict.fromkeys(filter(None, map(open_question, logs.values()))):  # one may lie in two folders
        there = {path: log for path, log in logs.items() if open_question(log) == left}
        asked = left_open(next(iter(there.values())), made.limits.more_signs)
        if asked is None:
            continue
        so = yes(asked.asks)
        answered = {path: with_open_answer(log, now, asked, so=so) for path, log in there.items()}
        for path, log in answered.items():
            Keeper(path).save(log)
        if so:
            raise PlanRefused(no_session(Alarm(now, asked.told, asked.verdict), next(iter(answered))))
        logs = logs | answered
    return logs


def need_no_sign(made: Plan, folders: set[Path], now: datetime) -> None:
    """Raises PlanRefused as `heed_signs` does, of whoever cannot be asked: what is left open bars as well."""
    logs = {path: as_of(log, now) for path, log in logs_in(*folders).items()}
    answered = made.background.answered_after and here(made.background.answered_after)
    signs = alarms(logs)
    for path, log in logs.items():
        found = signs.get(path)
        if found and (answered is None or found.at > answered or found.needs_clinician):
            raise PlanRefused(no_session(found, path))
        if open_question(log):
            raise PlanRefused(
                f"{path}: a question about grave signs was left open in this session; supple go asks it again."
            )


def heed_the_site(logs: dict[Path, Log], now: datetime) -> None:
    """Raises PlanRefused while a session is under way on the site, for somebody who does not want another beside it."""
    there = [log for log in logs.values() if log.of_plan.startswith(OF_THE_SITE) and under_way(log, now)]
    if there and not yes(ON_THE_SITE.format(at=max(log.started for log in there)), default=False):
        raise PlanRefused("Go on with that session on the site, or end it there.")


def minutes_up(made: Plan, bounds: Limits) -> Limits:
    """The limits with how long somebody has been up, asked where a step of the plan hangs on it."""
    if not up_matters(made, bounds):
        return bounds
    up = UP[ask(UP_ASKED, HOW_LONG_UP)]
    return replace(bounds, today=replace(bounds.today, minutes_since_rising=up))


def heed_age(made: Plan, file: Path, today: date) -> None:
    """Raises OldAnswers or FileError where answers or plan do not hold on this day; an older plan is asked about.

    A plan that bears no day is as old as its file.
    """
    day = need_fresh(made, file, today)
    if day < today and yes(CHANGED_SINCE.format(day=day)):
        raise PlanRefused(
            "Answer every safety question again (supple screen --blank), and make a new plan: supple plan."
        )


def need_fresh(made: Plan, file: Path, today: date) -> date:
    """The day of a plan; raises OldAnswers or FileError where its answers, or the plan itself, do not hold any more."""
    day = made.made_for or written(file).date()
    require_fresh(Given(made.answered_on or min(day, today)), today)
    if made.good_for_days and today > (last := last_day(day, made.good_for_days)):
        raise FileError(
            f"{file}: this plan was good until {last}, for from week {second_trimester_week()} of the pregnancy other "
            "stretches suit; answer the questions again and make the plan again with supple plan."
        )
    return day


def fit_to_go(made: Plan, file: Path, now: datetime, log: Log | None = None) -> int:
    """The pain of now, asked with all that comes before every session; raises PlanRefused where there is to be none.

    What is new is written into `file`, so that it bars every session: into `log` where one was to go on.
    """
    log = log or Log(started=now, pain_before=made.limits.today.pain_now)
    for change in changes(pregnant=made.limits.pregnant):
        if any(yes(question) for question in whole_on_screen(NEW_SIGNS, change.short)):
            _refuse(told_before(now, change.told, change.verdict, log), file, change.at_once)
    pain = int(ask("Your pain now, sitting or lying quietly, 0 to 10", PAIN))
    opening = gate(pain)
    if opening.gate is Gate.NONE_RESCREEN:
        _refuse(told_before(now, f"pain of {pain} of {MOST_PAIN}", Verdict.SEE_CLINICIAN, log), file, opening.say)
    return pain


def heed_flare_ups(past: History, now: datetime, pain: int) -> None:
    """Raises PlanRefused while flare-ups last or come back."""
    if needs_help(past, now, pain):
        raise PlanRefused(lasting_flare_ups())


def _refuse(told: Log, file: Path, at_once: str) -> None:
    """Write down what was told before a session and raise PlanRefused with what to do."""
    Keeper(file).save(told)
    sign = alarm(told)
    raise PlanRefused(f"{at_once} {no_session(sign, file) if sign else ''}".strip())


def earlier(folders: set[Path], now: datetime) -> dict[Path, Log]:
    """The logs in these folders, with what is asked about them before a session; raises PlanRefused."""
    logs = logs_in(*folders)
    logs |= _leg_looked_at(logs, now)
    last = last_begun(logs)
    asked_first = of_last(last[1]) if last else None
    if last and asked_first and yes(asked_first.asks):
        path, log = last
        again = Recheck(now, asked_first.id, asked_first.told, asked_first.verdict)
        Keeper(path).save(replace(log, rechecks=(*log.rechecks, again)))  # so that it bars whatever is said next time
        stays = Alarm(now, asked_first.told, asked_first.verdict)
        raise PlanRefused(screen_again() if stays.verdict is Verdict.SAME_DAY else no_session(stays, path))
    asked = day_after_asked(logs, now)
    if asked is None:
        return logs
    told = _day_after(asked, now)
    Keeper(asked.key).save(told)
    if told.day_after is Outcome.RESCREEN:
        sign = alarm(told)
        raise PlanRefused(no_session(sign, asked.key) if sign else screen_again())
    return logs | {asked.key: told}


def _leg_looked_at(logs: dict[Path, Log], now: datetime) -> dict[Path, Log]:
    """The last log of a leg, with the leg as looked at where somebody says so; else it is said why it waits."""
    if not history(*logs.values()).leg_waits():
        return {}
    review = table("traffic_light")["leg_review"]
    if not yes(review["ask"]):
        console().print(review["why"], style="bold")
        return {}
    path = max((path for path, log in logs.items() if log.legs), key=lambda path: logs[path].started)
    looked = replace(logs[path], rechecks=(*logs[path].rechecks, Recheck(now, LEG_REVIEWED)))
    Keeper(path).save(looked)
    return {path: looked}


def _day_after(asked: DayAfterAsked[Path], now: datetime) -> Log:
    """The log with what the day after was like, once what follows has been said."""
    about = ABOUT if asked.told_h is None else ABOUT_SORE
    console().print(about.format(at=asked.log.started))
    new = yes(NEW_SINCE)
    change = ask(CHANGE_ASKED, CHANGES)
    how_long = ask(HOW_LONG_ASKED, HOW_LONG) if change != "0" or asked.told_h is not None else "0"
    found = day_after(change, how_long, new=new, asked=asked, now=now)
    console().print(found.say)
    return with_day_after(asked.log, found.outcome, now, still=how_long == STILL)


def screen_again() -> str:
    """What somebody with something new does: the gravest first."""
    otherwise = "Otherwise answer the safety questions again: supple screen."
    return f"No stretching now. {help_at_once()} {whom_to_call()} {otherwise}"


def whole_on_screen(question: str, signs: Sequence[str]) -> list[str]:
    """The question about these signs, in as many as the terminal needs to show each of them whole."""
    for parts in range(1, len(signs) + 1):
        size = ceil(len(signs) / parts)
        asked = [question.format(signs="; ".join(signs[at : at + size])) for at in range(0, len(signs), size)]
        if all(wrapped(one, room=YES_OR_NO).count("\n") < console().height - 1 for one in asked):
            break
    return asked


def yes(question: str, *, default: bool | None = None) -> bool:
    """Yes or no, asked for until it is given."""
    return typer.confirm(wrapped(question, room=YES_OR_NO), default=default)


def ask(question: str, answers: dict[str, str]) -> str:
    """One of `answers`, asked for until it is given."""
    out, listed = console(), {key: words for key, words in answers.items() if words}
    if listed:
        out.print(question + ":")
    for key, words in listed.items():
        out.print(f"  {key}  {words}")
    asked = "Your answer" if listed else wrapped(question, room=len(": "))
    while (answer := str(typer.prompt(asked)).strip()) not in answers:
        out.print(f"Answer with one of {', '.join(answers)}.")
    return answer


def prompt(question: str) -> str:
    """What somebody types, empty where that is only Enter."""
    return str(typer.prompt(wrapped(question, room=2), default="", show_default=False)).strip()
