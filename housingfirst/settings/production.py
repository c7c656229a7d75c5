"""Production: every secret from the environment, or no start."""

from housingfirst.logs import configuration
from housingfirst.settings import env, urls
from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)
from housingfirst.settings.base import STATEMENT_TIMEOUT_SECONDS

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY", "50 or more random characters")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
CPR_ENCRYPTION_KEYS = env.versioned_keys(
    "CPR_ENCRYPTION_KEYS",
    env.required("CPR_ENCRYPTION_KEYS", "version:key, newest first, for CPR numbers at rest"),
)
CPR_INDEX_KEY = env.key(
    "CPR_INDEX_KEY", env.required("CPR_INDEX_KEY", "the key of the index over CPR numbers")
)
env.required("ALLOWED_HOSTS", "the names this site answers to")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
SITE_URL = env.text("SITE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

_DATABASE_URL = env.required(
    "DATABASE_URL", "postgresql://user:password@host:5432/name?sslmode=verify-full"
)
DATABASES = {"default": urls.database(_DATABASE_URL, statement_seconds=STATEMENT_TIMEOUT_SECONDS)}
_REPLICA_URL = env.text("DATABASE_REPLICA_URL")
if _REPLICA_URL:
    READ_DATABASE = "replica"
    DATABASES["replica"] = {
        **urls.database(_REPLICA_URL, statement_seconds=STATEMENT_TIMEOUT_SECONDS),
        "TEST": {"MIRROR": "default"},
    }
REDIS_URL = env.required("REDIS_URL", "redis://host:6379/0")
CELERY_BROKER_URL = urls.broker(REDIS_URL)
CACHES = {"default": {"BACKEND": "housingfirst.cache.ForgetfulCache", "LOCATION": REDIS_URL}}

# Behind a proxy of ours its word on the scheme counts; without one nobody's does.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked from inside
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True

locals().update(urls.email(env.required("EMAIL_URL", "smtp://user:password@host:587")))
LOGGING = configuration(is_strict=True, level=env.text("LOG_LEVEL", "INFO"))
