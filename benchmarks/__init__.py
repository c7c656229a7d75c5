"""Measured workloads: `make bench`."""
