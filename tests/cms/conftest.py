"""Starter content, loaded once per module: each test begins with it and leaves it as it was."""

import pytest
from django.db import transaction

from cms.pages import starter as pages_starter
from cms.reporting import build
from cms.reporting import starter as reporting_starter
from tests.snapshots import loaded


def _load() -> None:
    pages_starter.load(demo=True)
    reporting_starter.load(demo=True)


@pytest.fixture(scope="module")
def _demo_content(django_db_setup, django_db_blocker, tmp_path_factory):
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("reporting")
    with django_db_blocker.unblock(), override_settings(REPORTING_DIR=folder), transaction.atomic():
        loaded("pages and reporting", _load)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reporting_dir(tmp_path, settings):
    """Every test builds its page in a folder of its own."""
    settings.REPORTING_DIR = tmp_path / "reporting"
    return settings.REPORTING_DIR


@pytest.fixture
def demo_content(_demo_content, db, reporting_dir):
    """Public pages and reporting page as the demo shows them."""
    build.rebuild()
