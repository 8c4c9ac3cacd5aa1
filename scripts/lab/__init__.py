"""Measure the client, and try the contract in other languages."""
