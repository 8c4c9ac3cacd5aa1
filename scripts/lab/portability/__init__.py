"""The portability matrix: the contract in the hands of other generators."""
