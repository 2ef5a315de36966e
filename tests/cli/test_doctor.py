"""What `supple doctor`, `--help`, `--version` and completion tell somebody new."""

from pathlib import Path

import pytest

from supple import __version__
from supple.catalogue import load
from tests.cli.doors import installed, supple
from tests.cli.test_plan import SAMPLE

COMMANDS = ["screen", "plan", "programme", "session", "go", "library", "library list", "library show", "doctor"]


def test_all_that_is_needed_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    found = supple("doctor")

    assert found.code == 0
    assert found.out.startswith(f"Supple {__version__}")
    assert f"{len(load().stretches)} stretches" in found.out
    assert "pip install 'supple[cli]'" in found.out
    assert "missing" not in found.out
    assert list(tmp_path.iterdir()) == []


def test_a_place_for_logs_that_cannot_be_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))

    found = supple("doctor")

    assert found.code == 2
    assert "missing    logs" in found.out
    assert "1 to mend" in found.out


def test_a_place_where_nothing_can_be_made_is_found_whatever_its_permissions_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/proc")

    found = supple("doctor")

    assert found.code == 2
    assert "missing    logs: in /proc/supple" in found.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_a_sentence(command: str) -> None:
    help_ = supple(*command.split(), "--help")

    assert help_.code == 0
    assert f"Usage: supple {command}" in help_.out
    assert "." in help_.out


def test_the_first_help_names_every_command_and_where_to_begin() -> None:
    for found in (supple("--help"), supple()):
        assert all(f" {command.split()[0]} " in found.out for command in COMMANDS)
        assert "supple screen --blank > me.yaml" in " ".join(found.out.split())
        assert found.err == ""


def test_the_version_is_told() -> None:
    assert supple("--version").out == f"supple {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_be_taught_to_complete(shell: str) -> None:
    script = installed("--show-completion", shell)

    assert script.code == 0
    assert "_SUPPLE_COMPLETE" in script.out


def test_the_shell_completes_commands_and_stretches() -> None:
    def completed(words: str, place: int) -> list[str]:
        found = installed(COMP_WORDS=words, COMP_CWORD=str(place), _SUPPLE_COMPLETE="complete_bash")
        assert found.err == ""
        return found.out.split()

    assert "plan" in completed("supple pl", 1)
    assert completed("supple library show cat_", 3) == ["cat_camel"]
    assert "chair_desk" in completed(f"supple plan {SAMPLE} --setting chair", 4)
