"""`python -m enboarder` is the command `enboarder`."""

from .cli import main

if __name__ == "__main__":
    main()
