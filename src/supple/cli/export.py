"""`supple export`: a plan as a handout to print, or as sessions for a calendar."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from supple.cli.place import country
from supple.cli.plans import read_plan
from supple.files import FileError, is_file, write_bytes
from supple.planner import Plan

Found = TypeVar("Found")

app = typer.Typer(help="Take a plan away: on paper, or into a calendar.", no_args_is_help=True)

PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
BEGINS = {".pdf": b"%PDF-", ".ics": b"BEGIN:VCALENDAR"}


@app.command("handout")
def handout(
    plan: PlanFile,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The pages, a PDF file.")],
    address: Annotated[str, typer.Option(help="Where the session opens, for the code to scan.")] = "",
    body: Annotated[str, typer.Option(help="Whose body: woman, man, older, heavier.")] = "woman",
) -> None:
    """Set two pages to print: what to do, boxes for two weeks, whom to call."""
    from supple.safety.emergency_numbers import emergency_number

    made = read_plan(plan)
    _need_a_place(output, ".pdf")
    try:
        from supple.exchange.handout import Sheet, dumps
    except ImportError as error:
        raise _lacking(error) from error
    today = datetime.now().astimezone().date()
    write_bytes(output, dumps(made, Sheet(today, emergency_number(country()), address, body)))
    typer.echo(f"Written: {output}")


@app.command("ical")
def ical(
    plan: PlanFile,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The calendar file.")],
    at: Annotated[str, typer.Option(help="The hour of each day, such as 18:00.")] = "18:00",
    days: Annotated[int, typer.Option(min=1, max=366, help="For how many days.")] = 14,
    zone: Annotated[str, typer.Option(help="The time zone, such as Europe/Berlin.")] = "UTC",
) -> None:
    """Write the coming sessions as a calendar file, with an alarm and ids that stay."""
    made = read_plan(plan)
    _need_a_place(output, ".ics")
    write_bytes(output, _calendar(made, _clock(at), days, _zone(zone)))
    typer.echo(f"Written: {output}")


def _calendar(plan: Plan, clock: time, days: int, zone: ZoneInfo) -> bytes:
    try:
        from supple.exchange.ical import daily, dumps, sessions
    except ImportError as error:
        raise _lacking(error) from error
    now = datetime.now().astimezone()
    moments = [moment for moment in daily(now.astimezone(zone).date(), days, clock, zone) if moment > now]
    return dumps(sessions(plan, moments, owner=f"command line {zone.key}"), stamp=now)


def _clock(text: str) -> time:
    return _read(time.fromisoformat, text, "at: {!r} is no hour; write one such as 18:00.")


def _zone(text: str) -> ZoneInfo:
    return _read(ZoneInfo, text, "zone: there is no time zone {!r}; write one such as Europe/Berlin.")


def _read(how: Callable[[str], Found], text: str, otherwise: str) -> Found:
    try:
        return how(text)
    except (ValueError, LookupError, OSError) as error:
        raise FileError(otherwise.format(text)) from error


def _need_a_place(output: Path, ending: str) -> None:
    """Raises FileError for a name of another kind, and where something else lies there."""
    if output.suffix.lower() != ending:
        raise FileError(f"{output}: give a name that ends in {ending}.")
    if is_file(output) and not output.read_bytes().startswith(BEGINS[ending]):
        raise FileError(f"{output}: this file is something else and is left as it is; choose another name.")


def _lacking(error: ImportError) -> FileError:
    return FileError(f"supple export needs {error.name}; get it with: pip install 'supple[exchange,figure]'.")
