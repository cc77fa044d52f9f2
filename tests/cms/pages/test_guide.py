"""The editors' guide inside the CMS."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.users.models import UserProfile

from config import roles
from tests.conftest import make_user, signed_in

PARTS = {
    "nl": ("wie", "maken", "indienen", "vertalen", "bron", "taal", "beeld", "nummers", "besloten"),
    "en": ("who", "make", "submit", "translate", "source", "plain", "pictures", "numbers", "restricted"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_guide_speaks_the_language_of_the_cms(pages, communicator, language):
    profile = UserProfile.get_for_user(communicator)
    profile.preferred_language = language
    profile.save()
    page = signed_in(communicator, verified=True).get(reverse("pages_guide")).content.decode()
    assert f'lang="{language}"' in page
    for part in PARTS[language]:
        assert f'<h2 id="{part}">' in page


@pytest.mark.parametrize("group", [roles.EDITORS, roles.REVIEWERS, roles.COMMUNICATORS])
def test_everyone_in_the_cms_has_the_guide_in_the_menu(pages, group):
    roles.load()
    user = make_user("eva@example.org", "Eva", "Smit")
    user.groups.add(Group.objects.get(name=group))
    client = signed_in(user, verified=True)
    assert reverse("pages_guide") in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("pages_guide")).status_code == 200


def test_a_reviewer_is_not_led_to_a_list_that_is_closed(pages):
    roles.load()
    user = make_user("rik@example.org", "Rik", "Review")
    user.groups.add(Group.objects.get(name=roles.REVIEWERS))
    client = signed_in(user, verified=True)
    assert reverse("pages_to_check") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("pages_to_check")).status_code in (302, 403)


def test_nobody_else_reads_the_guide(pages, stranger, client):
    for visitor in (client, signed_in(stranger, verified=True)):
        assert visitor.get(reverse("pages_guide")).status_code in (302, 403, 404)
