"""The CMS's side doors that act on many things at once or on translations: they name and change nothing that one
has no right on, and publish nothing for who may not publish."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.accounts.models import User
from cms.pages.models import ContentPage, RegionPage
from config import roles
from config.models import AreaEditors
from tests.conftest import make_user, signed_in
from tests.factories import professionals

CANARY = "Kanariedraft"


@pytest.fixture
def area(db) -> RegionPage:
    return professionals.make_area("Eigen kade")


@pytest.fixture
def other(area) -> RegionPage:
    """Another area, with a page that only its own professionals may read."""
    found = professionals.make_area("Andere kade")
    professionals.make_page(found, f"{CANARY} restricted", slug="elders")
    return found


@pytest.fixture
def editor(area, other) -> User:
    roles.load()
    user = make_user("low@example.org", "Ka", "De")
    user.groups.add(AreaEditors.objects.get(area=area.translation_key).group)
    return user


@pytest.fixture
def reviewer(editor) -> User:
    user = make_user("reviewer@example.org", "Re", "Vi")
    user.groups.add(Group.objects.get(name=roles.REVIEWERS))
    return user


@pytest.mark.parametrize("who", ["editor", "reviewer"])
@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_an_act_on_many_pages_names_no_page_of_another_area(request, who, action, other):
    client = signed_in(request.getfixturevalue(who), verified=True)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    restricted = Page.objects.get(slug="elders")
    for query in (
        f"id={restricted.pk}",
        "id=all",
        f"id=all&childOf={other.pk}",
        f"id=all&childOf={other.get_parent().pk}&q=Kanarie",
        f"id=all&childOf={other.get_parent().pk}",
    ):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 403, query
        assert CANARY not in response.content.decode()


def test_an_editor_of_an_area_acts_on_many_pages_of_their_own(area, editor):
    page = area.add_child(instance=ContentPage(title="Eigen proef", slug="proef", intro="x", locale=area.locale))
    client = signed_in(editor, verified=True)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert client.get(f"{address}?id={page.pk}").status_code == 200
    assert client.get(f"{address}?id=all&childOf={area.pk}").status_code == 200


def test_an_act_on_many_pictures_or_people_names_none_that_one_has_no_right_on(editor, reviewer):
    make_user("someone@example.org", CANARY, "Iemand")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    image = Image.objects.create(title=f"{CANARY} image", file=get_test_image_file(), collection=closed)
    clients = {user: signed_in(user, verified=True) for user in (editor, reviewer)}
    people = "&".join(f"id={pk}" for pk in User.objects.values_list("pk", flat=True))
    for user, args, query in (
        (reviewer, ("wagtailimages", "image", "delete"), f"id={image.pk}"),
        (reviewer, ("wagtailimages", "image", "add_to_collection"), f"id={image.pk}"),
        (editor, ("accounts", "user", "delete"), people),
        (editor, ("accounts", "user", "set_active_state"), "id=all"),
        (editor, ("accounts", "user", "assign_role"), people),
    ):
        client = clients[user]
        response = client.get(f"{reverse('wagtail_bulk_action', args=args)}?{query}")
        assert CANARY not in response.content.decode(), args


@pytest.fixture
def translated(area, editor) -> dict[str, Any]:
    """A page of the own area, live in Dutch, whose English translation is a draft."""
    english = professionals.make_area("Own quay", "en", translation_key=area.translation_key)
    roles.load_areas()
    page = area.add_child(instance=ContentPage(title="Eigen proef", slug="proef", intro="x", locale=area.locale))
    return {"page": page, **_translate(page), "english": english}


def _translate(page: Page) -> dict[str, Any]:
    source, _created = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    target = Locale.objects.get_or_create(language_code="en")[0]
    translation = Translation.objects.create(source=source, target_locale=target)
    translation.save_target(publish=False)
    return {"source": source, "translation": translation, "target": translation.get_target_instance()}


def test_who_may_not_publish_brings_no_draft_live_by_making_it_a_copy_of_its_source(editor, translated):
    target = translated["target"]
    assert not target.live
    client = signed_in(editor, verified=True)
    address = reverse("wagtail_localize:convert_to_alias", args=[target.pk])
    assert client.post(address).status_code == 403
    target.refresh_from_db()
    assert not target.live
    assert target.alias_of_id is None


def test_an_editor_of_an_area_writes_no_translation_of_another(editor, other):
    professionals.make_area("Other quay", "en", translation_key=other.translation_key)
    known = _translate(other)
    before = known["target"].latest_revision_id
    synced = TranslationSource.objects.get(pk=known["source"].pk).last_updated_at
    client = signed_in(editor, verified=True)
    address = reverse("wagtail_localize:update_translations", args=[known["source"].pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"publish_translations": "on"}).status_code == 403
    known["target"].refresh_from_db()
    assert known["target"].latest_revision_id == before
    assert TranslationSource.objects.get(pk=known["source"].pk).last_updated_at == synced


def test_a_translation_is_written_over_no_page_that_its_writer_may_not_edit(editor, other):
    professionals.make_area("Other quay", "en", translation_key=other.translation_key)
    known = _translate(other)
    before = known["target"].latest_revision_id
    with pytest.raises(PermissionDenied):
        known["translation"].save_target(user=editor, publish=False)
    known["target"].refresh_from_db()
    assert known["target"].latest_revision_id == before


def test_the_list_of_all_translations_is_for_who_edits_all_pages(editor, other):
    _translate(Page.objects.get(slug="elders").specific)
    all_pages = make_user("all@example.org", "Al", "Les")
    all_pages.groups.add(Group.objects.get(name=roles.EDITORS))
    client = signed_in(editor, verified=True)
    for name in ("translations_report", "translations_report_results"):
        address = reverse(f"wagtail_localize:{name}")
        assert client.get(address).status_code == 403
        assert CANARY in signed_in(all_pages, verified=True).get(address).content.decode()
    assert reverse("wagtail_localize:translations_report") not in client.get("/beheer/").content.decode()
    assert (
        reverse("wagtail_localize:translations_report")
        in signed_in(all_pages, verified=True).get("/beheer/").content.decode()
    )
