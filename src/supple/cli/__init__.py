"""The command `supple`: every command in a file of its own, every error in one sentence."""

import sys


def main() -> None:
    """Run the command and exit: 0 done, 2 bad input, 3 a refused plan, 130 stopped by the person."""
    try:
        from supple.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("supple: stopped; nothing is lost.\n")
        sys.exit(130)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("supple"):
            raise
        sys.stderr.write(
            f"supple: {error.name} is not installed; install the command with: pip install 'supple[cli]'.\n"
        )
        sys.exit(2)
    sys.exit(code)
