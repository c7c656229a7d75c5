"""The local settings, with one page more: the trivial one that others are compared with."""

from housingfirst.settings.local import *  # noqa: F403  (a settings module is its base, changed)

ROOT_URLCONF = "benchmarks.urls"
DEBUG = False
