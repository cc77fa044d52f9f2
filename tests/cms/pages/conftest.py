import pytest

from cms.pages import starter
from cms.reporting import starter as reporting_starter


@pytest.fixture(autouse=True)
def reporting_dir(tmp_path, settings):
    settings.REPORTING_DIR = tmp_path / "reporting"
    return settings.REPORTING_DIR


@pytest.fixture
def pages(db):
    """The public pages as the demo shows them."""
    starter.load(demo=True)
    reporting_starter.load(demo=True)
