"""The tasks of this repository: one module here for each, run as `python -m scripts.…`.

The work is done in the folders: `codegen` makes code and renderings of the contract,
`judge` judges the contract, `publish` makes the site and the release, `account` asks an
account what no documentation says, and `lab` measures.
"""
