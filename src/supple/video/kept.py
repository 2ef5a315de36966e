"""Results kept in a folder by what they are made of: pieces of the figure, parts of films."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from supple.files import make_folder, remove, write_bytes

MOST_BYTES = 2_000_000_000


class Kept(Mapping[str, bytes]):
    """A folder of results; each is there whole or not at all."""

    def __init__(self, folder: Path, ending: str) -> None:
        self.folder, self.ending = folder, ending

    def path(self, key: str) -> Path:
        """Where a result lies."""
        return self.folder / f"{key}{self.ending}"

    def has(self, key: str) -> bool:
        """Whether it is kept."""
        return self.path(key).is_file()

    def put(self, key: str, result: bytes) -> None:
        """Keeps a result; raises FileError where there is no room."""
        make_folder(self.folder)
        write_bytes(self.path(key), result)

    def __getitem__(self, key: str) -> bytes:
        path = self.path(key)
        content = path.read_bytes()
        path.touch()  # what is used stays longest
        return content

    def __iter__(self) -> Iterator[str]:
        return (file.name.removesuffix(self.ending) for file in self.folder.glob(f"*{self.ending}"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def tidy(self, most_bytes: int = MOST_BYTES) -> None:
        """Throws away what was not used for longest, until all is no larger than this."""
        files = sorted(self.folder.glob(f"*{self.ending}"), key=lambda file: file.stat().st_mtime, reverse=True)
        total = 0
        for file in files:
            total += file.stat().st_size
            if total > most_bytes:
                remove(file)
