"""`python -m chronik` is `chronik`."""

from chronik.cli import main

if __name__ == "__main__":
    main()
