"""The commands put together, and what becomes of their errors."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from supple import __version__
from supple.cli import (
    batch,
    bookings,
    doctor,
    export,
    figure,
    go,
    library,
    plan,
    programme,
    render,
    screen,
    serve,
    session,
    stills,
)
from supple.cli.show import wrapped
from supple.planner import PlanRefused

PLAIN_WORDS = {  # what the command line's own library says, as a pattern to its end, and what we say instead
    r"Input should be less than or equal to (\d+)": r"the most is \1",
    r"Input should be greater than or equal to (\d+)": r"the least is \1",
    "is not readable": "cannot be read; choose another, or make it readable",
    "Input should be a valid integer": "that is no whole number",
    "Input should be a valid datetime": "that is no moment; write it like 2026-11-21T18:00",
}
STOPPED = 130  # what shells give for a command that Ctrl-C ended

app = typer.Typer(
    name="supple",
    help="A careful stretching coach for sore backs.\n\n"
    "Begin with: supple screen --blank > me.yaml, answer every question in it, then supple plan me.yaml --minutes 8.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("screen")(screen.screen)
app.command("plan")(plan.plan)
app.command("programme")(programme.programme)
app.command("session")(session.session)
app.command("go")(go.go)
app.command("serve")(serve.serve)
app.command("figure")(figure.figure)
app.add_typer(library.app, name="library")
app.add_typer(export.app, name="export")
app.command("bookings")(bookings.bookings)
app.command("stills")(stills.stills)
app.command("render")(render.render)
app.add_typer(batch.app, name="batch")
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"supple {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command."""


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    if sys.stdout is None:  # closed by whoever called, as with >&-
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open to the end
    try:
        code = app(arguments, prog_name="supple", standalone_mode=False)
        sys.stdout.flush()
    except (typer.Abort, KeyboardInterrupt):
        code = STOPPED
    except typer.TyperException as error:
        return _say(_usage(error, arguments), 2)
    except PlanRefused as error:
        return _say(str(error), 3)
    except (ValueError, LookupError) as error:
        if not type(error).__module__.startswith("supple"):
            raise
        return _say(str(error), 2)
    except (BrokenPipeError, SystemExit) as error:  # typer and rich make a SystemExit of a broken pipe
        if not isinstance(error.__context__ or error, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
        return 0  # the reader, such as head, has seen enough
    except OSError as error:  # such as a full disk behind the output
        return _say(f"{error.filename or 'the output'}: {error.strerror}; make room or choose another place.", 2)
    if code == STOPPED:
        sys.stderr.write(
            "\n" if sys.stderr.isatty() else ""
        )  # the terminal has just shown ^C in the line of a question
        return _say("stopped; nothing is lost.", code)
    return code if isinstance(code, int) else 0


def _usage(error: typer.TyperException, arguments: list[str]) -> str:
    """What is wrong with the words of the command, and where its help is; empty where the help has been printed."""
    context = getattr(error, "ctx", None)
    said = error.format_message().replace("Value error, ", "").rstrip(".")
    for jargon, words in PLAIN_WORDS.items():
        said = re.sub(f"{jargon}.*", words, said)
    command = context.command_path if context else " ".join(("supple", *_command(arguments)))
    return f"{said}; see {command} --help." if said else ""


def _command(arguments: list[str]) -> list[str]:
    """The words that name the command among the arguments.

    >>> _command(["library", "list", "--kind"])
    ['library', 'list']
    """
    names: list[str] = []
    found = typer.main.get_command(app)
    for word in arguments:
        known = getattr(found, "commands", {})
        if word not in known:
            break
        found = known[word]
        names.append(word)
    return names


def _say(sentence: str, code: int) -> int:
    if not sentence:
        return code
    line = f"supple: {' '.join(sentence.split())}"
    sys.stderr.write(f"{wrapped(line) if sys.stderr.isatty() else line}\n")
    return code
