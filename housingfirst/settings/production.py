"""Production: every secret from the environment, or no start."""

from housingfirst.settings import env, urls
from housingfirst.settings.base import *  # noqa: F403  (a settings module is its base, changed)

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY", "at least 50 random characters")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
CPR_ENCRYPTION_KEYS = env.versioned_keys(
    "CPR_ENCRYPTION_KEYS",
    env.required("CPR_ENCRYPTION_KEYS", "version:key pairs, newest first, for CPR numbers"),
)
CPR_INDEX_KEY = env.key(
    "CPR_INDEX_KEY", env.required("CPR_INDEX_KEY", "the key of the index over CPR numbers")
)
ALLOWED_HOSTS = [
    host
    for host in env.required("ALLOWED_HOSTS", "the names this site answers to").split(",")
    if host
]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DATABASES = {
    "default": urls.database(
        env.required("DATABASE_URL", "postgresql://user:password@host:5432/name")
    )
}
REDIS_URL = env.required("REDIS_URL", "redis://host:6379/0")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf"
