import pytest


@pytest.fixture
def pages(demo_content):
    """The public pages as the demo shows them."""
