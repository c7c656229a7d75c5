"""For building an image: enough to collect the static files, without any secret."""

from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)

SECRET_KEY = "signs nothing: no server runs with these settings"
