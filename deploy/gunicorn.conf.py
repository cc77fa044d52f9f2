"""gunicorn for Weerbaar: `gunicorn -c deploy/gunicorn.conf.py config.wsgi`.

There is no access log here, on purpose: the proxy keeps one that leaves the reporting page, short links and
every visitor's address out. The error log passes the same filter, since gunicorn names the address of a
request that went wrong.
"""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
# WEB_CONCURRENCY, which gunicorn reads by itself, sets the number of processes; two per core is a start.
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 (memory, not a file that others could plant)

accesslog = None
errorlog = "-"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"handlers": ["console"], "level": "INFO"},
    "filters": {
        "without_reporting": {"()": "cms.reporting.silence.WithoutReporting"},
        "without_questions": {"()": "config.logs.WithoutQuestions"},
    },
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_reporting", "without_questions"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
    },
}
