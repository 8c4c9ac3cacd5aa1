"""The version of this package; the contract has its own (`enboarder.CONTRACT_VERSION`)."""

__version__ = "0.1.0"
