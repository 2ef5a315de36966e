"""What is said after a session: how it went, where its log lies, and after a grave sign what to do and nothing else."""

from dataclasses import replace
from pathlib import Path

from supple.cli.before import prompt, screen_again
from supple.cli.keeping import Keeper
from supple.cli.show import clock, console
from supple.cli.signs import with_number
from supple.files import FileError
from supple.safety.traffic_light import tripped
from supple.safety.verdicts import Verdict
from supple.session import NOT_ANSWERED, Ending, Log, alarm, card, must_end, open_question, stop_now
from supple.session.asking import PAINS

ELSEWHERE = "Another folder for the log of this session (Enter leaves it out, and what you did is forgotten)"
GET_UP = "Get up slowly when you are ready."


def say_where(file: Path) -> None:
    """Where the log lies."""
    console().print("The log of this session is kept here:")
    console().print(f"  {file}", soft_wrap=True)


def close(log: Log, keeper: Keeper, finish: tuple[str, ...], up: tuple[str, ...]) -> int:
    """Keep the log and say how it went; the exit code. `finish` is said at the end, `up` of getting up before it."""
    _keep(keeper, log)
    left = open_question(log)
    if (left and left.answer == NOT_ANSWERED) or any(check.told for check in log.rechecks):
        return _after_sign(log, keeper.file, up)
    out = console()
    if why := must_end(log):
        out.print(why, style="bold")
        _say_up(up)
    else:
        whole = log.ending is Ending.DONE and any(entry.seconds for entry in log.entries)
        for sentence in finish if whole else (GET_UP, *up):
            out.print(sentence)
    out.print(_done(log))
    say_where(keeper.file)
    if left:
        out.print("How the leg is after the last stretch is asked before the next session.", style="bold")
    elif log.hurts and not why:
        out.print("It hurt in this session. If it stays or comes back, talk to a doctor or physiotherapist.")
    if after := _pain_after():
        _keep(keeper, replace(log, pain_after=int(after)))
    return 0


def _keep(keeper: Keeper, log: Log) -> None:
    """Keep the log, in another folder where it cannot be kept in its own; raises FileError where there is none."""
    while True:
        try:
            keeper.save(log)
            return
        except FileError as error:
            console().print(str(error), style="bold")
            if not (folder := prompt(ELSEWHERE)):
                raise
            keeper.move(Path(folder).expanduser())


def _after_sign(log: Log, file: Path, up: tuple[str, ...]) -> int:
    """What to do after a sign that ended the session, said again where it stays; and `up`, how to get up meanwhile.

    The exit code is 3 where it was grave, and where the question about grave signs was left open.
    """
    found, wire = alarm(log), tripped([check.answer for check in log.rechecks])
    if found:
        console().print(f"You told of this: {found.told}.")
        console().print(with_number(stop_now(found.verdict, found.call_first), found.verdict), style="bold")
        if found.meanwhile:
            console().print(found.meanwhile, style="bold")
    elif wire:
        console().print(card(wire), style="bold")
    else:
        console().print(screen_again(), style="bold")
    if not (found and found.verdict is Verdict.EMERGENCY):
        _say_up(up)
    say_where(file)
    return 0 if wire and not found else 3


def _say_up(up: tuple[str, ...]) -> None:
    """How to get up, to whoever has not yet."""
    if up:
        console().print(f"If you are not up yet: {' '.join(up)}")


def _done(log: Log) -> str:
    """How many steps were done and skipped, and how long that took."""
    done, skipped = (sum(e.ending is ending for e in log.entries) for ending in (Ending.DONE, Ending.SKIPPED))
    steps = f"{done} step{'' if done == 1 else 's'}"
    less = f", {skipped} skipped" if skipped else ""
    return f"{steps}, {clock(sum(entry.seconds for entry in log.entries))} of stretching and moving{less}."


def _pain_after() -> str:
    """Pain after the session, empty where somebody leaves it out."""
    answer = prompt("Your pain now, 0 to 10 (Enter leaves it out)")
    while answer and answer not in PAINS:
        answer = prompt("Answer with a whole number from 0 to 10, or with Enter alone")
    return answer
