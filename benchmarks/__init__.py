"""Measured workloads at the size of a region. Nothing here asserts on time: it records."""
