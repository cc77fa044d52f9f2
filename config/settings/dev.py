"""The demo and the developer's own machine: nothing here may run in production."""

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, STORAGES, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = True
SECRET_KEY = "dev-only-not-a-secret-and-refused-by-production"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = ["config.demo", *INSTALLED_APPS]
EMAIL_BACKEND = "config.demo.mailbox.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
