"""What the groups of a new installation may do."""

from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, Task

from campaigns.plans import starter as plans
from campaigns.publishing import starter as publishing
from campaigns.publishing.models import CampaignIndexPage, CampaignPage
from cms.accounts.models import User
from cms.pages import starter as pages
from cms.pages.models import HomePage, RegionIndexPage, RegionPage
from config import roles
from config.models import AreaEditors
from learning.modules import starter as modules
from learning.modules.pages import ModulePage
from learning.modules.release_screen import may_release
from tests.conftest import make_user, signed_in
from tests.snapshots import loaded

KADE, KAS = UUID(int=1), UUID(int=2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    loaded("roles", load_content)


def load_content() -> None:
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


@pytest.fixture
def areas(content):
    """Two areas, one of them in two languages, and their groups."""
    found = {}
    for language in ("nl", "en"):
        home = HomePage.objects.get(locale__language_code=language)
        index = RegionIndexPage.objects.filter(locale=home.locale).first() or home.add_child(
            instance=RegionIndexPage(title="Areas", slug="test-areas", intro="x", locale=home.locale)
        )
        for name, key in (("Kade", KADE), ("Kas", KAS)):
            if (name, language) != ("Kas", "en"):
                found[name, language] = index.add_child(
                    instance=RegionPage(
                        title=name,
                        slug=name.lower(),
                        kind="port",
                        summary="x",
                        intro="x",
                        locale=home.locale,
                        translation_key=key,
                    )
                )
    roles.load_areas()
    return found


def editor_of(page):
    user = make_user("area@example.org", "Aad", "Area")
    user.groups.add(AreaEditors.objects.get(area=page.translation_key).group)
    return user


def test_an_areas_editor_works_on_that_area_in_every_language_and_nowhere_else(areas):
    user = editor_of(areas["Kade", "nl"])
    for language in ("nl", "en"):
        rights = areas["Kade", language].permissions_for_user(user)
        assert rights.can_edit()
        assert rights.can_add_subpage()
        assert not rights.can_publish()
    for page in (
        areas["Kas", "nl"],
        HomePage.objects.first(),
        ModulePage.objects.first(),
        CampaignPage.objects.first(),
    ):
        assert not page.permissions_for_user(user).can_edit()
        assert not page.permissions_for_user(user).can_add_subpage()


def test_what_an_areas_editor_writes_is_published_by_a_reviewer(areas):
    page = areas["Kade", "nl"]
    page.refresh_from_db()
    page.title = "Kade, herzien"
    page.save_revision()
    editor, reviewer = editor_of(page), member(roles.REVIEWERS)
    assert page.permissions_for_user(editor).can_submit_for_moderation()
    state = page.get_workflow().start(page, editor)
    task = state.current_task_state.task.specific
    assert "approve" not in {name for name, _label, _modal in task.get_actions(page, editor)}
    assert "approve" in {name for name, _label, _modal in task.get_actions(page, reviewer)}
    state.current_task_state.approve(user=reviewer)
    assert RegionPage.objects.get(pk=page.pk).title == "Kade, herzien"


def test_a_reviewer_has_no_right_on_a_page_until_it_is_submitted(areas):
    page, reviewer = areas["Kade", "nl"], member(roles.REVIEWERS)
    client = signed_in(reviewer, verified=True)
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    rights = page.permissions_for_user(reviewer)
    assert not rights.can_edit()
    assert not rights.can_publish()
    assert not rights.can_unpublish()
    assert {client.get(address).status_code for address in (draft, edit)} <= {302, 403}
    page.save_revision()
    page.get_workflow().start(page, editor_of(page))
    assert [client.get(address).status_code for address in (draft, edit)] == [200, 200]


def test_a_review_without_an_approval_publishes_nothing(areas):
    page = areas["Kade", "nl"]
    page.title = "Kade, herzien"
    page.save_revision()
    Task.objects.update(active=False)
    with pytest.raises(PermissionDenied):
        page.get_workflow().start(page, editor_of(page))
    assert RegionPage.objects.get(pk=page.pk).title == "Kade"


def test_an_area_that_gets_another_language_opens_it_for_its_editors(areas):
    home = HomePage.objects.get(locale__language_code="en")
    index = RegionIndexPage.objects.child_of(home).first()
    page = index.add_child(
        instance=RegionPage(
            title="Glass", slug="glass", kind="sector", summary="x", intro="x", locale=home.locale, translation_key=KAS
        )
    )
    user = editor_of(page)
    assert not page.permissions_for_user(user).can_edit()
    assert roles.load_areas() == 1
    assert page.permissions_for_user(make_fresh(user)).can_edit()
    assert roles.load_areas() == 0


def make_fresh(user):
    """The same person at the next request."""
    return type(user).objects.get(pk=user.pk)


def test_a_reviewer_releases_no_module(content):
    page = ModulePage.objects.get(audience="chauffeurs", locale__language_code="nl")
    client = signed_in(member(roles.REVIEWERS), verified=True)
    assert client.get(reverse("modules_release", args=[page.pk])).status_code in (302, 403)
    assert not may_release(User.objects.get(email="member@example.org"), page)
