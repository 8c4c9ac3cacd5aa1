"""`enboarder export …`: reports as files, and in a warehouse."""
