# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The Enboarder REST API as code: operations, models, checks and constants.

All of it is generated from the contract. This is the low-level layer: it builds
requests and reads answers, and leaves sending to a `client.Sender`. It may change in a
minor version. The package `enboarder` is the stable one, which most programs import.
"""
