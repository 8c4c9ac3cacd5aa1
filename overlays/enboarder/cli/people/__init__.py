"""`enboarder people …`: launch, change and cancel people from a file."""
