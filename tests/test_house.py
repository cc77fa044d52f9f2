"""The project as a whole: it starts, and its models and migrations agree."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_liveness_needs_no_database(client):
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_asks_the_database(client):
    assert client.get("/readyz").status_code == 200
