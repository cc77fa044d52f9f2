import pytest

from cms.reporting import starter


@pytest.fixture(autouse=True)
def reporting_dir(tmp_path, settings):
    """Every test builds its page in a folder of its own."""
    settings.REPORTING_DIR = tmp_path / "reporting"
    return settings.REPORTING_DIR


@pytest.fixture
def built(db):
    """The page as the demo shows it: every channel published."""
    starter.load(demo=True)


@pytest.fixture
def built_for_production(db):
    """The page as a production start shows it."""
    starter.load(demo=False)
