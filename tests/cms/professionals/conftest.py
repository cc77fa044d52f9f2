"""An area with its editor, a professional with access, and the strangers that must see nothing of it."""

import pytest

from tests.conftest import make_user
from tests.factories import professionals as make


@pytest.fixture
def media(tmp_path, settings):
    """Files of this test only."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def area(db, media):
    """An area in the north."""
    return make.make_area()


@pytest.fixture
def elsewhere(area):
    """Another area."""
    return make.make_area("Haven Zuid")


@pytest.fixture
def editor(area):
    """The editor of the area in the north."""
    return make.make_editor(area)


@pytest.fixture
def other_editor(elsewhere):
    """The editor of the area in the south."""
    return make.make_editor(elsewhere, "editor@zuid.example")


@pytest.fixture
def paula(db):
    """A professional who has an account."""
    return make_user("paula@politie.example", "Paula", "Poort")
