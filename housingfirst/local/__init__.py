"""Servers and commands for a machine that has nothing but Python.

Nothing here imports Django: the settings and `manage.py` lean on it, not the other way.
"""
