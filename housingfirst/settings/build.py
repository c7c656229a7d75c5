"""For building an image, and for commands that need no server: without a database or a secret."""

from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)

SECRET_KEY = "signs nothing: no server runs with these settings"
