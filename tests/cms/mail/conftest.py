from copy import deepcopy
from pathlib import Path

import pytest

from tests.smtp_sink import SmtpSink


@pytest.fixture(autouse=True)
def _note_templates(settings):
    """A kind of message of the tests' own: `note`."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def smtp(settings):
    """A mail server that runs, and settings that point to it."""
    sink = SmtpSink().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = sink.port
    yield sink
    sink.stop()
