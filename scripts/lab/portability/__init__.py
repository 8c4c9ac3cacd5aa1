"""The portability matrix: the contract in the hands of generators of other languages, `make portability`."""
