import pytest

from tests.factories.modules import make_edition


@pytest.fixture
def edition(db):
    """Ten questions, all drawn; 80 percent to pass; two years valid."""
    return make_edition()
