"""Making a fresh clone ready: what is missing is said in one sentence, and what was interrupted is made anew."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import bootstrap
import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "package-lock.json"]
NEEDED = [*LOCKS, "pyproject.toml", "package.json", ".npmrc", "README.md", "LICENSE", "src", "setup"]
DEAD_END = "http://127.0.0.1:9/"  # the discard port: refused at once


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `make setup` reads, and nothing that it made."""
    for name in NEEDED:
        source, target = ROOT / name, tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return tmp_path


def set_up(clone: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **settings}
    command = [sys.executable, "setup/bootstrap.py"]
    return subprocess.run(command, cwd=clone, env=settings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14), (4, 0)])
def test_a_python_that_does_not_fit_is_named_with_the_remedy(version: tuple[int, int]) -> None:
    remedy = rf"this is {version[0]}\.{version[1]}: run `make setup PYTHON=python3\.1\d`"

    with pytest.raises(bootstrap.SetupError, match=remedy):
        bootstrap.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_that_fits_is_taken(version: tuple[int, int]) -> None:
    bootstrap.check_python(version)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_one_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(bootstrap.SetupError, match="sudo apt install python3-venv") as said:
        bootstrap.check_venv_module()

    assert "\n" not in str(said.value)


def test_a_missing_network_is_one_sentence_and_leaves_nothing_that_looks_ready(clone: Path) -> None:
    no_way_out = {"PIP_INDEX_URL": DEAD_END, "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}

    result = set_up(clone, PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="", **no_way_out)

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "is there a network?" in result.stderr
    assert not (clone / ".venv" / "packages.done").exists()


def test_a_ready_clone_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "step", lambda name, work: pytest.fail(f"{name} was made again; run `make setup`"))

    bootstrap.prepare()


def test_a_stamp_is_current_only_for_the_inputs_it_was_made_from(tmp_path: Path) -> None:
    done, lock = tmp_path / "done", tmp_path / "lock"
    lock.write_text("one", encoding="utf-8")
    stamp = bootstrap.Stamp(done, str(lock))

    before = stamp.is_current()
    stamp.write()
    after = stamp.is_current()
    lock.write_text("two", encoding="utf-8")
    changed = bootstrap.Stamp(done, str(lock)).is_current()

    assert (before, after, changed) == (False, True, False)


@pytest.mark.torture
@pytest.mark.parametrize("after_s", [1, 4, 8, 15])
def test_a_set_up_killed_at_any_moment_is_whole_after_the_next(clone: Path, after_s: int) -> None:
    command = [sys.executable, "setup/bootstrap.py"]
    with subprocess.Popen(command, cwd=clone, start_new_session=True, stdout=subprocess.DEVNULL) as first:
        time.sleep(after_s)  # the moment itself is what is tried
        os.killpg(first.pid, signal.SIGKILL)

    again = set_up(clone)

    assert again.returncode == 0, again.stderr
    subprocess.run([clone / ".venv" / "bin" / "python", "-c", "import supple, typer, playwright"], check=True)
    assert (clone / "node_modules" / "axe-core" / "axe.min.js").exists()
