"""Ten minutes of faults, 50 threads, and a count of what was carried out.

It runs on Linux only, because descriptors and memory are read from /proc.
"""
