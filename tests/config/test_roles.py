"""What the groups of a new installation may do."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page

from campaigns.plans import starter as plans
from campaigns.publishing import starter as publishing
from campaigns.publishing.models import CampaignIndexPage, CampaignPage
from cms.pages import starter as pages
from config import roles
from learning.modules import starter as modules
from learning.modules.pages import ModulePage
from tests.conftest import make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    pages.load(demo=True)
    modules.load(demo=True)
    plans.load()
    publishing.load(demo=True)
    roles.load()


def member(group: str):
    user = make_user("member@example.org", "Mo", "Member")
    user.groups.add(Group.objects.get(name=group))
    return user


def test_a_communicator_publishes_campaigns_and_no_module(content):
    user = member(roles.COMMUNICATORS)
    assert CampaignPage.objects.first().permissions_for_user(user).can_publish()
    assert CampaignIndexPage.objects.first().permissions_for_user(user).can_add_subpage()
    for page in (ModulePage.objects.first(), Page.objects.get(depth=2, slug="nl")):
        assert not page.permissions_for_user(user).can_edit()
        assert not page.permissions_for_user(user).can_publish()


def test_a_communicator_works_on_plans_and_short_links_and_not_on_channels(content):
    client = signed_in(member(roles.COMMUNICATORS), verified=True)
    assert client.get("/beheer/snippets/plans/communicationplan/").status_code == 200
    assert client.get("/beheer/snippets/publishing/shortlink/").status_code == 200
    assert client.get("/beheer/snippets/reporting/reportingchannel/").status_code in (302, 403)


def test_an_editor_publishes_modules_and_keeps_the_channels(content):
    user = member(roles.EDITORS)
    assert ModulePage.objects.first().permissions_for_user(user).can_publish()
    client = signed_in(user, verified=True)
    assert client.get("/beheer/snippets/reporting/reportingchannel/").status_code == 200
    assert client.get("/beheer/snippets/plans/communicationplan/").status_code in (302, 403)


def test_loading_again_does_not_set_back_what_an_administrator_changed(content):
    group = Group.objects.get(name=roles.EDITORS)
    group.permissions.clear()
    roles.load()
    assert group.permissions.count() == 0
