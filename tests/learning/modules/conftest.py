from __future__ import annotations

import pytest
from django.utils import translation
from wagtail.users.models import UserProfile

from tests.conftest import signed_in
from tests.factories.module_pages import first_release, make_page, translated


@pytest.fixture(autouse=True)
def _in_english():
    """Messages are compared in the language in which they are written."""
    with translation.override("en"):
        yield


def in_english(user):
    """The CMS speaks English to this person."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


@pytest.fixture
def page(db):
    """A published module page in Dutch."""
    return make_page("nl")


@pytest.fixture
def pair(page):
    """A published module page in Dutch and English."""
    return page, translated(page, "en", title="Drivers (en)")


@pytest.fixture
def edition(pair):
    """Edition 1 of a module in Dutch and English."""
    return first_release(pair[0])


@pytest.fixture
def editor(communicator):
    """A browser in the CMS, past the second factor."""
    return signed_in(in_english(communicator), verified=True)
