"""Log files as the command line reads them: on the clock of this place."""

from pathlib import Path

from supple.cli.moments import here
from supple.session import Log, log_file


def read_log(path: Path) -> Log:
    """The log in `path`; raises FileError."""
    return log_file.read_log(path, here)


def logs_in(*folders: Path) -> dict[Path, Log]:
    """The logs in folders by their files; what is no log is passed over. Raises FileError."""
    return log_file.logs_in(*folders, here=here)
