"""Exports of reports: how fast they are, and what is left of those that are killed."""
