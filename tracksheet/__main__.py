"""`python -m tracksheet` is the `tracksheet` command."""

from .cli import main

if __name__ == "__main__":
    main()
