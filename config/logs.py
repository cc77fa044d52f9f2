"""What a line about an error may say: which address by its pattern, never by what stood in it. Addresses hold
codes of cards, tokens of links and ids of people."""

import copy
import logging
import re
import traceback
from typing import Any

from django.db import DatabaseError

_QUESTION = re.compile(r"(?<=[\w/])\?[^\s\"']*")


class WithoutQuestions(logging.Filter):
    """Cuts off what stands after the question mark of an address: it may be what somebody searched."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the line is written, without the question."""
        if isinstance(record.args, tuple):
            record.args = tuple(_QUESTION.sub("", value) if isinstance(value, str) else value for value in record.args)
        return True


class WithoutAddresses(logging.Formatter):
    """Writes the pattern (`en/uitnodiging/<str:token>/`) in place of the address that was asked for."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the address of its request."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            shown = f"/{match.route}" if match else "/..."
            record = copy.copy(record)
            record.args = tuple(shown if value == path else value for value in record.args or ())
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's own name
        """Where it happened. What a database says of a refused row holds the row, so only the error's kind is
        written, and nothing of what it was raised from."""
        kind, _error, where = ei
        if kind is not None and issubclass(kind, DatabaseError):
            return "".join(traceback.format_tb(where)) + kind.__name__
        return super().formatException(ei)
