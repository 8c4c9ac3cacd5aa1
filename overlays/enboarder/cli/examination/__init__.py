"""What `enboarder doctor` looks at, in order."""
