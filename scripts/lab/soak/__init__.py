"""Ten minutes of faults, 50 threads, and a count of what was carried out: `make soak`, or, in `scripts`, `python -m soak
[--seconds 60]`. Linux only, as descriptors and memory are read from /proc."""
