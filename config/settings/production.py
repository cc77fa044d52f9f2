"""Production. Everything without a default must come from the environment; what is missing is
named all at once, so that a deployment fails at its start and not at its first visitor."""

import os
from urllib.parse import parse_qs, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import ANYMAIL, STORAGES, database_from, env

_REQUIRED = {
    "SECRET_KEY": "a random text of at least 50 characters",
    "ALLOWED_HOSTS": "the host names this platform answers to, with commas between them",
    "BASE_URL": "the public address, such as https://weerbaar.example",
    "DATABASE_URL": "postgres://user:password@host/name or sqlite:////path/weerbaar.sqlite3",
    "CACHE_URL": "redis://host:6379/0, or filecache:///path when one machine serves everything",
    "EMAIL_URL": "smtp+tls://user:password@host:587, or anymail+<provider>:// with its ANYMAIL_* settings",
    "DEFAULT_FROM_EMAIL": "the sender of every e-mail, such as Weerbaar <noreply@weerbaar.example>",
    "ANYMAIL_WEBHOOK_SECRET": "name:password with which the mail provider reports bounces",
    "MEDIA_STORAGE_URL": "file:///path for a local folder, or s3://bucket?endpoint=https://...&region=...",
}
_missing = [name for name in _REQUIRED if not env.str(name, default="").strip()]
if _missing:
    raise ImproperlyConfigured(
        "Weerbaar can't start in production. Set these environment variables:\n"
        + "\n".join(f"  {name}: {_REQUIRED[name]}" for name in _missing)
    )

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("dev-only"):
    raise ImproperlyConfigured("SECRET_KEY must be random and at least 50 characters long.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": database_from(env.str("DATABASE_URL"))}
CACHES = {"default": environ.Env.cache_url_config(env.str("CACHE_URL"))}

_email_url = env.str("EMAIL_URL")
if _email_url.startswith("anymail+"):
    _provider = _email_url.removeprefix("anymail+").split(":")[0]
    EMAIL_BACKEND = f"anymail.backends.{_provider}.EmailBackend"
    # The provider's own settings, such as ANYMAIL_POSTMARK_SERVER_TOKEN, under the names Anymail knows.
    _given = {name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")}
    ANYMAIL = {**_given, **ANYMAIL, "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False}}
else:
    vars().update(environ.Env.email_url_config(_email_url))

if env.str("MEDIA_STORAGE_URL").startswith("file://"):
    MEDIA_ROOT = env.str("MEDIA_STORAGE_URL").removeprefix("file://")
elif env.str("MEDIA_STORAGE_URL").startswith("s3://"):
    _parts = urlsplit(env.str("MEDIA_STORAGE_URL"))
    _query = {key: values[0] for key, values in parse_qs(_parts.query).items()}
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": _parts.netloc,
                "endpoint_url": _query.get("endpoint"),
                "region_name": _query.get("region"),
                "querystring_auth": True,
            },
        },
    }
else:
    raise ImproperlyConfigured("MEDIA_STORAGE_URL must start with file:// or s3://.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=True) else None
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
CSRF_COOKIE_NAME = "__Host-csrf"
