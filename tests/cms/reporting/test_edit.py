"""Editors keep channels, texts and the way out in the CMS; what they publish is on the page."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from cms.reporting.models import ReportingChannel, ReportingText
from tests.conftest import signed_in


@pytest.fixture
def editor(communicator):
    return signed_in(communicator, verified=True)


def form_of(channel, **changes):
    names = ("key", "order", "when", "name", "number", "href", "website", "scope", "promise_kind", "promise", "wording",
             "neutral_line", "source", "owner")  # fmt: skip
    return (
        {name: getattr(channel, name) for name in names}
        | {"signed_on": "", "checked_on": "", "review_on": ""}
        | changes
    )


def test_an_editor_checks_a_number_and_publishes_it(built, editor, client, django_capture_on_commit_callbacks):
    channel = ReportingChannel.objects.get(key="sncu", locale__language_code="en")
    address = reverse("wagtailsnippets_reporting_reportingchannel:edit", args=[channel.pk])
    assert editor.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(
            address,
            form_of(channel, checked_on="2026-09-01", scope="For agency work only.", **{"action-publish": "1"}),
        )
    assert response.status_code == 302, response.context["form"].errors
    body = client.get("/en/report/").content.decode()
    assert "For agency work only." in body
    assert "Checked on 1 September 2026." in body


def test_a_refused_change_keeps_what_was_entered_and_says_why(built, editor):
    channel = ReportingChannel.objects.get(key="m", locale__language_code="nl")
    address = reverse("wagtailsnippets_reporting_reportingchannel:edit", args=[channel.pk])
    response = editor.post(
        address, form_of(channel, promise="M. is 100% veilig.", name="Nieuwe naam", **{"action-publish": "1"})
    )
    assert response.status_code == 200
    assert "100% veilig" in response.content.decode()
    assert "Nieuwe naam" in response.content.decode()
    channel.refresh_from_db()
    assert "100%" not in channel.promise


def test_a_second_channel_with_the_same_key_in_a_language_is_refused(built):
    from django.core.exceptions import ValidationError

    twin = ReportingChannel(
        key="m", name="x", when="x", source="x", owner="x", locale=Locale.objects.get(language_code="nl")
    )
    with pytest.raises(ValidationError):
        twin.full_clean()


def test_lists_texts_and_the_way_out_open_in_the_cms(built, editor):
    text = ReportingText.objects.get(locale__language_code="nl")
    for address in (
        reverse("wagtailsnippets_reporting_reportingchannel:list"),
        reverse("wagtailsnippets_reporting_reportingtext:edit", args=[text.pk]),
        reverse("wagtailsettings:edit", args=["reporting", "reportingsettings"]),
    ):
        assert editor.get(address, follow=True).status_code == 200


def test_an_employee_sees_none_of_it(built, sam):
    address = reverse("wagtailsnippets_reporting_reportingchannel:list")
    response = signed_in(sam, verified=True).get(address)
    assert response.status_code in (302, 403, 404)
