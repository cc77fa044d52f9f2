"""The test suite: quick hashing, no compression, everything else as it runs for real."""

import os
import tempfile
from pathlib import Path

# A folder for each process that runs tests; the programs that a test starts share its own.
_runner = os.environ.get("PYTEST_XDIST_WORKER", "main")
if os.environ.get("VAR_DIR_OF") != _runner:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix=f"weerbaar-test-{_runner}-")
    os.environ["VAR_DIR_OF"] = _runner

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import CACHES, DATABASES, STORAGES, VAR_DIR, env  # noqa: E402

DEBUG = False
SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ANYMAIL = {"WEBHOOK_SECRET": "webhook:test-secret"}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
if test_database := env.str("TEST_DATABASE", default=""):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
elif "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
if str(CACHES["default"].get("LOCATION", "")).startswith("redis://") and _runner.startswith("gw"):
    # Emptying the cache empties a whole Redis database: one for each process, counted down from the last.
    CACHES["default"]["LOCATION"] = f"redis://127.0.0.1:6379/{15 - int(_runner[2:]) % 8}"
