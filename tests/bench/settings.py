"""The demo's settings with a plain Django view beside the platform, as the floor to compare with."""

from config.settings.dev import *

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
