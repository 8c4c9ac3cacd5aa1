"""`python -m enboarder.cli`."""

from . import main

main()
