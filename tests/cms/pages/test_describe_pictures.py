"""A picture is described, or said to be decoration. The name of its file is never read out."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.pages.models import ContentPage, HomePage, PartnerIndexPage, PartnerPage
from tests.conftest import signed_in

FILE = "IMG_20261122"


@pytest.fixture
def image(pages, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return Image.objects.create(title=FILE, file=get_test_image_file(f"{FILE}.png"), collection=root)


@pytest.fixture
def editor(communicator):
    return signed_in(communicator, verified=True)


def send(editor, image, act: str, **picture: str):
    """What the form of a new page sends, with one picture in the text."""
    home = HomePage.objects.get(locale__language_code="nl")
    data = nested_form_data(
        {
            "title": "Foto",
            "slug": "foto",
            "intro": "Een inleiding.",
            "body": streamfield([("picture", {"image": image.pk, "alt_text": "", **picture})]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            act: "1",
        }
    )
    return editor.post(reverse("wagtailadmin_pages:add", args=["pages", "contentpage", home.pk]), data)


def pictures(client, address: str) -> list[str | None]:
    """The text instead of each picture of a page."""
    found = BeautifulSoup(client.get(address).content, "html.parser").select("main img")
    return [each.get("alt") for each in found]


@pytest.mark.parametrize("act", ["action-publish", "action-submit"])
def test_an_undescribed_picture_is_not_accepted(editor, image, act):
    response = send(editor, image, act)
    assert response.status_code == 200
    assert "body" in response.context["form"].errors
    assert not ContentPage.objects.filter(slug="foto", live=True).exists()


@pytest.mark.parametrize(
    ("picture", "alt"),
    [({"alt_text": "Een kraan op de kade"}, "Een kraan op de kade"), ({"decorative": "on"}, "")],
    ids=["described", "decoration"],
)
def test_a_picture_has_the_words_it_was_given(editor, image, client, picture, alt, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(editor, image, "action-publish", **picture).status_code == 302
    assert pictures(client, "/nl/foto/") == [alt]


def test_a_picture_that_came_in_without_words_by_another_way_is_not_shown(image, client):
    home = HomePage.objects.get(locale__language_code="nl")
    value = {"image": image.pk, "alt_text": "", "decorative": False}
    page = ContentPage(title="Foto", slug="foto", intro="x", locale=home.locale)
    page.body = page.body.stream_block.to_python([{"type": "picture", "value": value}])
    home.add_child(instance=page)
    assert pictures(client, "/nl/foto/") == []


def test_a_partners_logo_is_called_by_the_partners_name(image, client):
    index = PartnerIndexPage.objects.get(locale__language_code="nl")
    index.add_child(
        instance=PartnerPage(
            title="Havenbedrijf Proef", slug="proef", kind="business", intro="x", logo=image, locale=index.locale
        )
    )
    page = client.get(f"{index.url}proef/").content.decode()
    assert 'alt="Havenbedrijf Proef"' in page
    assert f'alt="{FILE}' not in page
