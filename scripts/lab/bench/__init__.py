"""What the token cache costs and saves, beside five others on one loopback server: `make bench`, or, in `scripts`,
`python -m bench [--quick]`."""
