"""Finds the system's Chromium, and fetches it where this machine's package manager may be asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
REMEDY = (
    "Chromium is missing: run `sudo apt install chromium` on Debian or Ubuntu, `sudo dnf install chromium` on Fedora, "
    "`brew install --cask chromium` on macOS, or name one: `CHROMIUM=/path/to/chrome make test`."
)


def find() -> Path | None:
    """The browser named by CHROMIUM, or else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([named] if named else [*NAMES, *MACOS])]
    return next((Path(path) for path in found if path), None)


def install() -> None:
    """Through apt, as root only; it says itself what it does."""
    apt = ["apt-get", "-q", "-o", "Acquire::Retries=3"]
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run([*apt, *command], env=settings, stdin=subprocess.DEVNULL, check=False)


def main() -> int:
    may_install = os.geteuid() == 0 and shutil.which("apt-get") and "CHROMIUM" not in os.environ
    if not find() and may_install:
        install()
    browser = find()
    print(f"Chromium: {browser}" if browser else REMEDY, file=sys.stdout if browser else sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
