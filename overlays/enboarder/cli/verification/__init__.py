"""Ask an account what no documentation says, with read-only requests."""
