"""The tools from npm: their versions, and how they are installed."""
