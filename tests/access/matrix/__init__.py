"""The permission matrix: every route and method, asked by every kind of user.

`matrix.txt` is the table, `actors` its columns, `routes` walks the addresses, `world` holds what is
asked for, `asking` asks. How to extend it: docs/permissions.md.
"""
