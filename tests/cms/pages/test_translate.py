"""Translations in the CMS: an editor's own rights hold, and what is live stays until somebody approves it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.pages.models import ContentPage, HomePage, RegionIndexPage, RegionPage
from cms.reporting.models import ReportingChannel
from config import roles
from config.models import AreaEditors
from tests.conftest import make_user, signed_in


@pytest.fixture
def area(pages):
    """An area in Dutch and English, with a live page below it in Dutch, and its group."""
    found = {}
    for language in ("nl", "en"):
        home = HomePage.objects.get(locale__language_code=language)
        index = RegionIndexPage.objects.filter(locale=home.locale).first() or home.add_child(
            instance=RegionIndexPage(title="Gebieden", slug="kades", intro="x", locale=home.locale)
        )
        found[language] = index.add_child(
            instance=RegionPage(
                title=f"Kade {language}",
                slug="kade",
                kind="port",
                summary="x",
                intro="x",
                locale=home.locale,
                translation_key="00000000-0000-0000-0000-000000000001",
            )
        )
    found["page"] = found["nl"].add_child(
        instance=ContentPage(title="Proef", slug="proef", intro="Eerste tekst.", locale=found["nl"].locale)
    )
    roles.load()
    return found


@pytest.fixture
def editor(area):
    user = make_user("kade@example.org", "Ka", "De")
    user.groups.add(AreaEditors.objects.get(area=area["nl"].translation_key).group)
    return user


@pytest.fixture
def reviewer(area):
    user = make_user("rik@example.org", "Rik", "Review")
    user.groups.add(Group.objects.get(name=roles.REVIEWERS))
    return user


def english() -> Locale:
    return Locale.objects.get(language_code="en")


def translate(page, user):
    translate_object(page, [english()], user=user)
    return page.get_translation(english())


def test_a_new_translation_is_a_draft_below_the_same_page(area, editor):
    made = translate(area["page"], editor)
    assert not made.live
    assert made.get_parent().specific == area["en"]


def test_a_translation_goes_through_the_review_and_then_live(
    area, editor, reviewer, django_capture_on_commit_callbacks
):
    made = translate(area["page"], editor)
    client = signed_in(editor, verified=True)
    address = reverse("pages_submit_translation", args=[made.pk])
    assert client.get(address).status_code == 200
    assert ContentPage.objects.get(pk=made.pk).current_workflow_state is None
    assert client.post(address).status_code == 302
    page = ContentPage.objects.get(pk=made.pk)
    assert not page.live
    with django_capture_on_commit_callbacks(execute=True):
        page.current_workflow_state.current_task_state.approve(user=reviewer)
    assert ContentPage.objects.get(pk=made.pk).live


def test_submitting_twice_makes_one_review(area, editor):
    made = translate(area["page"], editor)
    client = signed_in(editor, verified=True)
    for _time in range(2):
        client.post(reverse("pages_submit_translation", args=[made.pk]))
    assert ContentPage.objects.get(pk=made.pk).workflow_states.count() == 1


def test_who_may_only_translate_never_changes_a_live_page(area, editor, django_capture_on_commit_callbacks):
    made = translate(area["page"], editor)
    made.get_latest_revision().publish()
    area["page"].intro = "Tweede tekst."
    area["page"].save_revision().publish()
    source = TranslationSource.objects.get(object_id=area["page"].translation_key)
    client = signed_in(editor, verified=True)
    for publish in ("", "on"):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": publish}
            )
            Translation.objects.get(source=source).save_target(user=editor, publish=bool(publish))
        live = ContentPage.objects.get(pk=made.pk)
        assert live.live
        assert live.intro == "Eerste tekst."
    assert live.has_unpublished_changes
    assert live.get_latest_revision_as_object().intro == "Tweede tekst."


def test_an_editor_who_may_publish_publishes_a_translation(area, communicator, django_capture_on_commit_callbacks):
    made = translate(area["page"], communicator)
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(source__object_id=made.translation_key).save_target(user=communicator, publish=True)
    assert ContentPage.objects.get(pk=made.pk).live


def test_nobody_translates_a_page_to_where_they_may_add_none(area, editor):
    outside = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    home_child = outside.get_parent().add_child(
        instance=ContentPage(title="Elders", slug="elders", intro="x", locale=outside.locale)
    )
    with pytest.raises(PermissionDenied):
        translate(home_child, editor)
    client = signed_in(editor, verified=True)
    address = reverse("wagtail_localize:submit_page_translation", args=[home_child.pk])
    assert client.post(address, {"locales": [english().pk]}).status_code in (302, 403)
    assert not home_child.has_translation(english())


def test_a_missing_parent_is_not_made_by_who_may_not(area, editor):
    parent = area["nl"].add_child(
        instance=ContentPage(title="Boven", slug="boven", intro="x", locale=area["nl"].locale)
    )
    child = parent.add_child(instance=ContentPage(title="Onder", slug="onder", intro="x", locale=parent.locale))
    before = Page.objects.count()
    with pytest.raises(PermissionDenied):
        translate(child, editor)
    assert Page.objects.count() == before


def test_a_channel_is_not_taken_off_line_by_who_may_only_translate(area, editor):
    channel = ReportingChannel.objects.get(key="m", locale__language_code="nl")
    address = reverse("wagtail_localize:submit_snippet_translation", args=["reporting", "reportingchannel", channel.pk])
    response = signed_in(editor, verified=True).post(address, {"locales": [english().pk]})
    assert response.status_code in (302, 403)
    assert "/beheer/" in response.headers.get("Location", "/beheer/")
    assert ReportingChannel.objects.get(key="m", locale__language_code="en").live


def test_a_live_channel_stays_live_when_it_is_translated_again(area, communicator):
    channel = ReportingChannel.objects.get(key="m", locale__language_code="nl")
    translate_object(channel, [english()], user=communicator)
    assert ReportingChannel.objects.get(key="m", locale__language_code="en").live


def test_a_stranger_submits_no_translation(area, editor, stranger):
    made = translate(area["page"], editor)
    address = reverse("pages_submit_translation", args=[made.pk])
    for client in (signed_in(stranger, verified=True), signed_in(editor)):
        assert client.post(address).status_code in (302, 403, 404)
    assert ContentPage.objects.get(pk=made.pk).current_workflow_state is None


def test_an_areas_editor_finds_the_way_to_translate_and_to_submit(area, editor):
    client = signed_in(editor, verified=True)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[area["page"].pk])).content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[area["page"].pk]) in edit
    made = translate(area["page"], editor)
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[made.pk])).content.decode()
    assert reverse("pages_submit_translation", args=[made.pk]) in screen
