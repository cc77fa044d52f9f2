"""Keeps the reporting page out of the logs."""

import logging
import re

from cms.reporting.addresses import is_reporting


class WithoutReporting(logging.Filter):
    """A log filter that drops every line naming the reporting page, M. or a telephone link. Put on the
    handlers of the development server, of Django and of gunicorn's access log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a line that must not be written."""
        try:
            words = re.split(r"[\s\"'<>()\[\],]+", record.getMessage())
        except (TypeError, ValueError):  # a malformed line says nothing about a visitor
            return True
        return not any(("/" in word or ":" in word) and is_reporting(word) for word in words)
