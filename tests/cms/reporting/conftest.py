import pytest

from cms.reporting import starter


@pytest.fixture(autouse=True)
def _own_folder(reporting_dir):
    """No test reads another's page."""


@pytest.fixture
def built(demo_content):
    """The page as the demo shows it: every channel published."""


@pytest.fixture
def built_for_production(db):
    """The page as a production start shows it."""
    starter.load(demo=False)
