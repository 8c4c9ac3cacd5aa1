"""Measure what is done with files of people."""
