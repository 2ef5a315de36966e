"""Results kept in a folder by what they are made of: pieces of the figure, parts of films."""

from pathlib import Path

from supple.files import remove

MOST_BYTES = 2_000_000_000


def tidy(folder: Path, most_bytes: int = MOST_BYTES) -> None:
    """Throws away what was not used for longest, until all is no larger than this; raises FileError."""
    files = [file for file in folder.glob("*") if file.is_file()]
    total = 0
    for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True):
        total += file.stat().st_size
        if total > most_bytes:
            remove(file)


def used(file: Path) -> bytes:
    """What a file holds, which then counts as just used."""
    content = file.read_bytes()
    file.touch()
    return content
