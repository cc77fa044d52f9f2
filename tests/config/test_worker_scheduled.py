"""Scheduled publishing: a try per page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from config import scheduled

pytestmark = pytest.mark.django_db


def planned(title, minutes_ago):
    """A page that should have gone live so many minutes ago."""
    at = timezone.now() - timedelta(minutes=minutes_ago)
    page = Page.get_first_root_node().add_child(instance=Page(title=title, slug=title, live=False))
    page.go_live_at = at
    revision = page.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    return page


@pytest.fixture
def refusing():
    """Pages that may not go live, by title; as a room refuses in `save()` or on publishing."""
    titles = {"refused"}

    def refuse(sender, instance, **kwargs):
        if instance.title in titles:
            raise PermissionError(instance.title)

    page_published.connect(refuse)
    yield titles
    page_published.disconnect(refuse)


def live(page):
    return Page.objects.get(pk=page.pk).live


def test_a_refused_page_starves_no_other_and_goes_when_it_may(refusing, caplog):
    first, second = planned("refused", 10), planned("good", 5)
    at = timezone.now()
    assert scheduled.publish_due(at) == {"refused": 1, "published": 1}
    assert (live(first), live(second)) == (False, True)
    assert scheduled.publish_due(at + timedelta(seconds=15)) == {"refused": 1}
    assert len([line for line in caplog.records if "was refused" in line.getMessage()]) == 1
    refusing.clear()
    assert scheduled.publish_due(at + timedelta(seconds=30)) == {"published": 1}
    assert live(first)


def test_an_expired_page_is_taken_down_once():
    page = Page.get_first_root_node().add_child(
        instance=Page(title="old", slug="old", live=True, expire_at=timezone.now() - timedelta(seconds=1))
    )
    assert scheduled.publish_due(timezone.now()) == {"expired": 1}
    assert not live(page)
    assert Page.objects.get(pk=page.pk).expired
    assert not scheduled.publish_due(timezone.now())


def test_what_is_planned_for_later_waits():
    page = planned("later", -5)
    assert not scheduled.publish_due(timezone.now())
    assert not live(page)
