"""What a log line about a failing database may say."""

import io
import logging
import logging.config
import re
import runpy
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError

from cms.accounts.models import User
from config.logs import WithoutAddresses


@pytest.mark.django_db
def test_the_row_that_a_database_refused_is_not_in_the_log(sam):
    try:
        User.objects.bulk_create([User(email=sam.email)])
    except IntegrityError:
        caught = sys.exc_info()
    record = logging.LogRecord("weerbaar", logging.ERROR, __file__, 1, "it failed", (), caught)
    line = WithoutAddresses("%(message)s").format(record)
    assert "IntegrityError" in line
    assert "bulk_create" in line
    assert sam.email not in line
    assert "DETAIL" not in line


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ('"%s" %s %s', ("GET /nl/zoeken/?q=quetzalcoatlus&soort= HTTP/1.1", 200, 9)),  # the development server
        ("Error handling request %s", ("/nl/zoeken/?q=quetzalcoatlus",)),  # gunicorn
    ],
)
@pytest.mark.parametrize("server", ["django", "gunicorn"])
def test_what_somebody_searched_is_in_no_line(message, arguments, server, settings):
    """Both servers' lines pass their own configuration."""
    configured = settings.LOGGING if server == "django" else runpy.run_path("deploy/gunicorn.conf.py")["logconfig_dict"]
    stream = io.StringIO()
    handler = {**configured["handlers"]["console"], "stream": stream}
    logger = f"{server}.{'server' if server == 'django' else 'error'}"
    kept = {name: configured[name] for name in ("version", "disable_existing_loggers", "formatters", "filters")}
    tested = {"tested": {"handlers": ["console"], "propagate": False}}
    logging.config.dictConfig({**kept, "handlers": {"console": handler}, "loggers": tested})
    assert "console" in configured["loggers"][logger]["handlers"]
    logging.getLogger("tested").error(message, *arguments)
    assert "/nl/zoeken/" in stream.getvalue()
    assert "quetzalcoatlus" not in stream.getvalue()


def test_the_proxy_writes_no_question_down():
    """Its lines hold the path as nginx calls it, which has no question."""
    text = Path("deploy/nginx.conf").read_text(encoding="utf-8")
    line = re.search(r"log_format weerbaar '([^']*)'", text)[1]
    assert not re.search(r"\$(request|request_uri|args|query_string|is_args|http_referer|arg_\w+)\b", line)
    value = re.search(r"map \$uri \$weerbaar_path \{(.*?)\}\n", text, re.S)[1]
    assert "args" not in value
    assert "request_uri" not in value
