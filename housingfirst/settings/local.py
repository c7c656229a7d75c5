"""A newcomer's or a developer's machine: embedded servers unless the environment names others."""

from housingfirst.local.keyring import local_secrets
from housingfirst.local.places import LOCAL
from housingfirst.local.servers import database_url, redis_url
from housingfirst.logs import configuration
from housingfirst.settings import env, urls
from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)
from housingfirst.settings.base import STATEMENT_TIMEOUT_SECONDS

_SECRETS = local_secrets()

DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.words("ALLOWED_HOSTS")]
SECRET_KEY = env.text("SECRET_KEY", _SECRETS["SECRET_KEY"])
CPR_ENCRYPTION_KEYS = env.versioned_keys(
    "CPR_ENCRYPTION_KEYS", env.text("CPR_ENCRYPTION_KEYS", _SECRETS["CPR_ENCRYPTION_KEYS"])
)
CPR_INDEX_KEY = env.key("CPR_INDEX_KEY", env.text("CPR_INDEX_KEY", _SECRETS["CPR_INDEX_KEY"]))

DATABASES = {"default": urls.database(database_url(), statement_seconds=STATEMENT_TIMEOUT_SECONDS)}
REDIS_URL = redis_url()
CELERY_BROKER_URL = urls.broker(REDIS_URL)
CACHES = {"default": {"BACKEND": "housingfirst.cache.ForgetfulCache", "LOCATION": REDIS_URL}}

# Hashed as in production, but not compressed: that takes many seconds and saves nothing here.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
STATIC_ROOT = LOCAL / "static"
MEDIA_ROOT = env.text("MEDIA_ROOT", str(LOCAL / "media"))

locals().update(urls.email(env.text("EMAIL_URL", "console:")))
LOGGING = configuration(is_strict=False, level=env.text("LOG_LEVEL", "INFO"))
