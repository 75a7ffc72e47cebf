"""The program `casebook`, and `python -m casebook`.

Nothing is imported here before what watches over it, so that ctrl+c ends a start that takes
long as it ends everything else.
"""


def main() -> None:
    """Runs the command of `sys.argv` and exits with its code."""
    try:
        from casebook.cli import main as run_and_exit

        run_and_exit()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
