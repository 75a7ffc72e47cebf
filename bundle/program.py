"""What the frozen program runs."""

from casebook.cli import main

if __name__ == "__main__":
    main()
