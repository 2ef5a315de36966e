"""`supple bookings`: the visits that are booked on this site, for whoever runs it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from supple.cli.place import data_folder
from supple.cli.serve import SiteMissing, prepare
from supple.shapes import dumps


def bookings(
    *,
    data: Annotated[
        Path | None, typer.Option(help="The folder of the site; your own if left out.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the coming visits, the next one first."""
    os.environ["SUPPLE_DATA"] = str(data or os.environ.get("SUPPLE_DATA") or data_folder())
    os.environ["DJANGO_SETTINGS_MODULE"] = "supple.web.settings"
    found = _coming()
    if json:
        typer.echo(dumps(found), nl=False)
    for visit in () if json else found:
        typer.echo("  ".join(visit[part] for part in ("begins", "with", "name", "contact")))
    if not found and not json:
        typer.echo("No visit is booked.")


def _coming() -> list[dict[str, str]]:
    try:
        prepare()
        from supple.web.practice.desk import coming
    except ImportError as error:
        raise SiteMissing(f"The site needs {error.name}; bring it with: pip install 'supple[web,exchange]'.") from error
    return [
        {
            "begins": f"{visit.begins.astimezone(ZoneInfo(visit.zone)):%Y-%m-%d %H:%M} {visit.zone}",
            "with": visit.provider_name,
            "name": visit.name,
            "contact": visit.contact,
        }
        for visit in coming(datetime.now(UTC))
    ]
