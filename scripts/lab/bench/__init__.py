"""What the token cache costs and saves, beside five others on one loopback server."""
