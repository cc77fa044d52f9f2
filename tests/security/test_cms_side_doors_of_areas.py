"""The CMS's side doors for an area's editor and for a reviewer: the walk over every address, by who has a tree of
their own and by who only judges. What belongs to another area is planted as a canary wherever it could be."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment, Page

from cms.accounts.models import User
from cms.pages.models import ContentPage, NewsIndexPage, NewsPage, RegionPage
from config import roles
from config.models import AreaEditors
from tests.conftest import make_user, signed_in
from tests.factories import professionals
from tests.security.test_cms_side_doors import CANARY, SKIP, _leaks, _state, cms_addresses, plant


@pytest.fixture
def area(db) -> RegionPage:
    """The editor's own area, with a page below it that was submitted."""
    return professionals.make_area("Eigen kade")


@pytest.fixture
def secrets(area) -> dict[str, Any]:
    """One of everything, drafts of news and of another area among it, and a comment on a page."""
    found = plant()
    for files in (Image, Document):  # public files: every editor may choose from all of them
        files.objects.update(title="Public")
    home = professionals.make_home()
    index = home.add_child(instance=NewsIndexPage(title="Nieuws", slug="nieuws", locale=home.locale))
    news = index.add_child(
        instance=NewsPage(
            title=f"{CANARY} news",
            slug="kanarienieuws",
            intro=f"{CANARY} news",
            date="2026-11-22",
            locale=home.locale,
            live=False,
        )
    )
    news.save_revision()
    other = professionals.make_area("Andere kade", takes_requests=False)
    other.title, other.summary = f"{CANARY} area", f"{CANARY} summary"
    other.save_revision()  # live, with a draft on top
    other.refresh_from_db()
    writer = make_user("writer@example.org", CANARY, "Schrijver")
    Comment.objects.create(page=other, user=writer, text=f"{CANARY} comment", contentpath="summary")
    restricted = professionals.make_page(other, f"{CANARY} elsewhere", slug="elders")
    return {**found, "news": news, "other": other, "elsewhere": restricted}


@pytest.fixture
def own(area, secrets) -> ContentPage:
    """A page of the area that waits in the review."""
    roles.load()
    page = area.add_child(instance=ContentPage(title="Eigen proef", slug="proef", intro="x", locale=area.locale))
    page.save_revision()
    page.get_workflow().start(page, None)
    return page


@pytest.fixture(params=["area's editor", "reviewer"])
def low(request, area, own) -> User:
    """Who works in the own area, and who judges what was submitted there, by the groups of an installation."""
    user = make_user("low@example.org", "Ka", "De")
    known = {"area's editor": lambda: AreaEditors.objects.get(area=area.translation_key).group}
    user.groups.add(known.get(request.param, lambda: Group.objects.get(name=roles.REVIEWERS))())
    return user


def test_an_editor_of_an_area_and_a_reviewer_see_nothing_of_what_is_not_theirs(low, secrets, own):
    client = signed_in(low, verified=True)
    client.raise_request_exception = False
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[own.pk])).status_code == 200
    assert sorted(_leaks(client, secrets)) == []


def test_an_editor_of_an_area_and_a_reviewer_change_nothing_of_what_is_not_theirs(low, secrets):
    before, tree = _state(secrets), _tree()
    client = signed_in(low, verified=True)
    client.raise_request_exception = False
    for name, address in sorted(cms_addresses(secrets)):
        if name not in SKIP:
            client.post(address, {"title": "Taken", "slug": "taken", "name": "T", "comment": "T", "locales": [1, 2]})
    assert _state(secrets) == before
    assert _tree() == tree


def _tree() -> list[tuple[Any, ...]]:
    return list(Page.objects.order_by("path").values_list("path", "live", "title", "draft_title", "locked"))
