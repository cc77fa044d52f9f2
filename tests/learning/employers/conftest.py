"""Sam's employer and the stranger's, each with people, a team, an assignment and an upload."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.conftest import signed_in
from tests.factories import employers as make
from tests.factories.modules import make_edition


@pytest.fixture(autouse=True)
def _in_english():
    """Addresses under /en/, so that no test depends on the Dutch texts."""
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    return make_edition()


@pytest.fixture
def module(edition):
    return edition.module


@pytest.fixture
def organisation(manager_user):
    return make.make_organisation("Kadewerk Terminals", manager_user)


@pytest.fixture
def other_organisation(stranger):
    return make.make_organisation("Vreemd Transport", stranger)


@pytest.fixture
def team(organisation):
    return make.make_team(organisation)


@pytest.fixture
def sams_employment(organisation, team, sam):
    return make.make_employment(
        organisation, sam, team=team, first_name="Sam", last_name="de Vries", personnel_number="004417"
    )


@pytest.fixture
def manager(manager_user, organisation):
    """The manager's browser, past the second factor."""
    return signed_in(manager_user, verified=True)


@pytest.fixture
def strange_manager(stranger, other_organisation):
    return signed_in(stranger, verified=True)
