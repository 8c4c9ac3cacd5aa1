"""Runs that are killed at random points, and what their launches cost."""
