"""`supple library`: look through the stretches, and read one of them whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from supple.anatomy import MuscleGroup, Position, Region, Setting
from supple.catalogue import CycleDose, HoldDose, Kind, Sides, Stretch, load
from supple.cli.show import POSITION_WORDS, console
from supple.safety import whom
from supple.shapes import dumps, plain

SETTING_WORDS = {
    Setting.FLOOR: "floor",
    Setting.CHAIR_DESK: "chair or desk",
    Setting.WALL: "wall",
    Setting.BED: "bed",
    Setting.DOORWAY: "doorway",
    Setting.OPEN_SPACE: "open space",
    Setting.STEP: "step",
}
KIND_WORDS = {
    Kind.STATIC_HOLD: "hold",
    Kind.MOBILITY_FLOW: "flow",
    Kind.ACTIVE_CONTROL: "light work",
    Kind.REST_POSITION: "rest",
}
SIDES_WORDS = {
    Sides.ALTERNATE_SIDES: "one side after the other",
    Sides.BOTH_TOGETHER: "both sides at once",
    Sides.MIDLINE: "no side",
}
SEED_LINES = 75
TABLE_WIDTH = 76  # below this the columns of a list break into single words

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

app = typer.Typer(help="Look through the stretches, and read one of them whole.", no_args_is_help=True)


@dataclass(frozen=True)
class Wanted:
    """What a stretch must be; an empty part asks nothing, several words in one part mean any of them."""

    positions: frozenset[Position]
    settings: frozenset[Setting]
    regions: frozenset[Region]
    kinds: frozenset[Kind]
    groups: frozenset[MuscleGroup]
    seeds: frozenset[str]

    def fits(self, stretch: Stretch) -> bool:
        """Whether `stretch` has one of the wanted words in every part that asks."""
        return all(
            not wanted or wanted & has
            for wanted, has in (
                (self.positions, {stretch.start_position}),
                (self.settings, set(stretch.settings)),
                (self.regions, set(stretch.regions)),
                (self.kinds, {stretch.kind}),
                (self.groups, set(load().group_shares(stretch))),
                (self.seeds, set(stretch.seed_refs)),
            )
        )


def seed_line(text: str) -> str:
    """A line of the seeds as the catalogue writes it.

    >>> seed_line("s28")
    'S28'
    """
    line = text.upper()
    if line not in {f"S{number}" for number in range(1, SEED_LINES + 1)}:
        raise typer.BadParameter(f"'{text}' is no seed line; write S1 to S{SEED_LINES}.")
    return line


def stretch_ids(incomplete: str) -> list[tuple[str, str]]:
    """The ids that begin as typed so far, each with its name, for completion by the shell."""
    return [(stretch.id, stretch.name) for stretch in load().stretches.values() if stretch.id.startswith(incomplete)]


@app.command("list")
def list_stretches(
    *,
    position: Annotated[list[Position] | None, typer.Option(help="Starts in this position.")] = None,
    setting: Annotated[list[Setting] | None, typer.Option(help="Can be done here.")] = None,
    region: Annotated[list[Region] | None, typer.Option(help="Serves this part of the body.")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Is of this kind.")] = None,
    muscle_group: Annotated[list[MuscleGroup] | None, typer.Option(help="Works on this muscle group.")] = None,
    seed: Annotated[
        list[str] | None, typer.Option(parser=seed_line, metavar="S1..S75", help="Goes back to this line of the seeds.")
    ] = None,
    json: Json = False,
) -> None:
    """List the stretches that fit every option; give an option twice to allow either."""
    wanted = Wanted(
        frozenset(position or ()),
        frozenset(setting or ()),
        frozenset(region or ()),
        frozenset(kind or ()),
        frozenset(muscle_group or ()),
        frozenset(seed or ()),
    )
    found = [stretch for stretch in load().stretches.values() if wanted.fits(stretch)]
    if json:
        typer.echo(dumps([summary(stretch) for stretch in found]), nl=False)
    elif found:
        print_list(found, console())
    else:
        typer.echo("No stretch fits all of that; leave an option out, or see them all with: supple library list")


@app.command("show")
def show_stretch(
    stretch: Annotated[
        str, typer.Argument(help="Its id or name, such as cat_camel or Cat-camel.", autocompletion=stretch_ids)
    ],
    *,
    json: Json = False,
) -> None:
    """Show one stretch: how it is done, how much, what it should feel like, and who should not do it."""
    found = load().named(stretch)
    if json:
        typer.echo(dumps(record(found)), nl=False)
    else:
        print_stretch(found, console())


def summary(stretch: Stretch) -> dict[str, Any]:
    """What a list says of a stretch."""
    names = ("id", "name", "kind", "regions", "start_position", "settings", "seed_refs")
    whole = plain(stretch)
    return {name: whole[name] for name in names} | {"muscle_groups": plain(tuple(load().group_shares(stretch)))}


def record(stretch: Stretch) -> dict[str, Any]:
    """All that is known of a stretch; its own `changes` are only part of what the rules yield."""
    groups = {"muscle_groups": load().group_shares(stretch)}
    people = {
        "left_out_for": {found.whom.id: found.say for found in whom.left_out(stretch)},
        "changed_for": {found.whom.id: found.say for found in whom.adapted(stretch)},
    }
    return {**plain(stretch), **plain(groups), **plain(people)}


def dose_words(stretch: Stretch) -> tuple[str, str]:
    """The dose of the first week and the dose to come to, in words.

    >>> dose_words(load().stretch("cat_camel"))
    ('4 times slowly, 5 s at each end', '8 times slowly, 5 s at each end')
    """
    each = " on each side" if stretch.sides is Sides.ALTERNATE_SIDES else ""
    dose = stretch.dose
    if isinstance(dose, HoldDose):
        return (
            f"hold {dose.hold_start_s} s, {_times(dose.repetitions_start)}{each}",
            f"hold {dose.hold_target_s} s, {_times(dose.repetitions_target)}{each}",
        )
    return (
        f"{_times(dose.cycles_start)} slowly{each}{_pause(dose.pause_start_s)}",
        f"{_times(dose.cycles_target)} slowly{each}{_pause(dose.pause_target_s)}",
    )


def most_words(dose: HoldDose | CycleDose) -> str:
    """The most of a stretch in one session, per side.

    >>> most_words(load().stretch("cat_camel").dose)
    '20 times in one session'
    """
    most = f"{dose.max_seconds} s" if isinstance(dose, HoldDose) else _times(dose.max_cycles)
    return f"{most} in one session"


def who_leaves_it_out(stretch: Stretch) -> list[str]:
    """For whom the stretch is nothing, a sentence each.

    >>> who_leaves_it_out(load().stretch("prone_press_up"))[1]
    'Leave it out if you have or may have a narrow spinal canal: this stretch arches the low back.'
    """
    return [
        f"Leave it out if {found.whom.who}: {found.say[:1].lower()}{found.say[1:]}" for found in whom.left_out(stretch)
    ]


def who_changes_what(stretch: Stretch) -> list[str]:
    """Who does the stretch differently, and how, a sentence each."""
    return [f"If {found.whom.who}: {found.say}" for found in whom.adapted(stretch)]


def print_list(stretches: Sequence[Stretch], out: Console) -> None:
    """The stretches as a table, or where that would be too narrow to read, in two lines each."""
    if out.width < TABLE_WIDTH:
        for stretch in stretches:
            out.print(Text(stretch.id, style="bold"))
            where = ", ".join(SETTING_WORDS[setting] for setting in stretch.settings)
            kind, begins = KIND_WORDS[stretch.kind], POSITION_WORDS[stretch.start_position].lower()
            out.print(Padding(Text(f"{kind}, {begins}; {where}"), (0, 0, 0, 2)))
    else:
        _print_table(stretches, out)
    count = f"{len(stretches)} stretches" if len(stretches) > 1 else "1 stretch"
    out.print(Text(f"\n{count}. To read one whole: supple library show {stretches[0].id}", style="dim"))


def _print_table(stretches: Sequence[Stretch], out: Console) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Stretch", no_wrap=True, min_width=max(len(stretch.id) for stretch in stretches))
    table.add_column("Kind", no_wrap=True)
    table.add_column("Begins")
    table.add_column("Where")
    for stretch in stretches:
        where = ", ".join(SETTING_WORDS[setting] for setting in stretch.settings)
        table.add_row(stretch.id, KIND_WORDS[stretch.kind], POSITION_WORDS[stretch.start_position].lower(), where)
    out.print(table)


def print_stretch(stretch: Stretch, out: Console) -> None:
    """The whole of a stretch, in the order in which one needs it."""
    out.print(Text(stretch.name, style="bold"))
    if stretch.aliases:
        out.print(Text(f"also called {', '.join(stretch.aliases)}", style="dim"))
    _pairs(_facts(stretch), out)
    _part("How to do it", ((f"{number}.", step) for number, step in enumerate(stretch.steps, start=1)), out)
    _part("What it is like", _feelings(stretch), out)
    _part("What often goes wrong", ((mistake.what, mistake.cue) for mistake in stretch.common_mistakes), out)
    _part("Who should not do it", (("-", sentence) for sentence in who_leaves_it_out(stretch)), out)
    _part("Who does it differently", (("-", sentence) for sentence in who_changes_what(stretch)), out)
    _part("Easier and harder", (("Easier", stretch.regression), ("Harder", stretch.progression)), out)
    _part("Where this comes from", _sources(stretch), out)


def _facts(stretch: Stretch) -> Iterable[tuple[str, str]]:
    start, target = dose_words(stretch)
    yield "Kind", f"{KIND_WORDS[stretch.kind]}, {SIDES_WORDS[stretch.sides]}"
    yield "Begins", POSITION_WORDS[stretch.start_position].lower()
    yield "Where", ", ".join(SETTING_WORDS[setting] for setting in stretch.settings)
    yield "You need", "nothing" if stretch.equipment == ("none",) else ", ".join(stretch.equipment)
    yield "Works on", "; also ".join(part for part in _groups(stretch) if part)
    yield "First week", start
    yield "In time", target
    if isinstance(stretch.dose, HoldDose) and stretch.dose.hold_65_plus_target_s != stretch.dose.hold_target_s:
        yield "From 65 on", f"holds of {stretch.dose.hold_65_plus_target_s} s in time"
    yield "At most", most_words(stretch.dose)


def _groups(stretch: Stretch) -> Iterable[str]:
    """The groups with all of the dose, then those with a share of it."""
    shares = load().group_shares(stretch)
    yield ", ".join(group.replace("_", " ") for group, share in shares.items() if share == 1)
    yield ", ".join(group.replace("_", " ") for group, share in shares.items() if share < 1)


def _feelings(stretch: Stretch) -> Iterable[tuple[str, str]]:
    yield "Breathing", stretch.breathing
    yield "Feel", stretch.feel_it
    yield "Not", stretch.should_not_feel


def _sources(stretch: Stretch) -> Iterable[tuple[str, str]]:
    yield "Source", stretch.source
    if stretch.seed_refs:
        yield "Seed lines", ", ".join(stretch.seed_refs)


def _part(title: str, pairs: Iterable[tuple[str, str]], out: Console) -> None:
    found = list(pairs)
    if found:
        out.print(Text(f"\n{title}", style="bold cyan"))
        _pairs(found, out)


def _pairs(pairs: Iterable[tuple[str, str]], out: Console) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", max_width=30)
    grid.add_column()
    for key, text in pairs:
        grid.add_row(Text(key), Text(text))
    out.print(grid)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _pause(pause_s: int) -> str:
    return f", {pause_s} s at each end" if pause_s else ""
