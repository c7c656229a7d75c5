"""The tests' settings. `tests/conftest.py` starts the database unless DATABASE_URL names one."""

import os

from housingfirst.settings import urls
from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {
    "default": urls.database(
        os.environ.get("DATABASE_URL", "postgresql://started-by-conftest/test")
    )
}

# Argon2 is slow on purpose; nothing here is worth protecting.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Made for the tests and nothing else.
CPR_ENCRYPTION_KEYS = {"2": bytes(range(32)), "1": bytes(range(32, 64))}
CPR_INDEX_KEY = bytes(range(64, 96))

# Static files are looked up where they lie: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# A test that needs the broker asks for the fixture `redis_url` and points the settings at it.
REDIS_URL = "unix:///nowhere/no-broker-in-tests.sock"
CELERY_BROKER_URL = "redis+socket:///nowhere/no-broker-in-tests.sock"

# `pytest -v` makes Django compare all models, and it asks for these by the names of their settings.
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "oauth2_provider.DeviceGrant"
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth2_provider.IDToken"
OAUTH2_PROVIDER_GRANT_MODEL = "oauth2_provider.Grant"
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth2_provider.RefreshToken"
