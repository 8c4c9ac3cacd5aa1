"""What a process, a machine and a fleet can carry, measured and simulated."""
