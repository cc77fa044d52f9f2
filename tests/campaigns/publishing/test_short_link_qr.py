"""The QR of a short link, in the CMS."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from campaigns.publishing.models import ShortLink
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(means):
    return ShortLink.objects.create(placement="Canteen", means=means, language="nl")


def test_the_png_is_a_real_picture_large_enough_to_print(link, communicator):
    response = signed_in(communicator, verified=True).get(reverse("short_link_png", args=[link.pk]))
    with Image.open(BytesIO(response.content)) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 900


def test_the_svg_is_a_download(link, communicator):
    response = signed_in(communicator, verified=True).get(reverse("short_link_svg", args=[link.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert b"<svg" in response.content


def test_the_page_prints_the_address_in_letters(link, communicator, settings):
    response = signed_in(communicator, verified=True).get(reverse("short_link_detail", args=[link.pk]))
    assert f"{settings.BASE_URL}/q/{link.code}" in response.content.decode()


@pytest.mark.parametrize("name", ["short_link_detail", "short_link_svg", "short_link_png"])
def test_others_do_not_see_it(name, link, sam, stranger):
    for user in (sam, stranger):
        response = signed_in(user, verified=True).get(reverse(name, args=[link.pk]))
        assert response.status_code in (302, 403, 404)


def test_a_printed_code_can_not_be_deleted(link, communicator):
    client = signed_in(communicator, verified=True)
    client.post(reverse("wagtailsnippets_publishing_shortlink:delete", args=[link.pk]))
    assert ShortLink.objects.filter(pk=link.pk).exists()
