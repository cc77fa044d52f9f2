"""Every type of page can be previewed in every language it exists in; nobody else gets what an editor saw there."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from campaigns.plans import starter as plans
from campaigns.publishing import starter as publishing
from cms.pages import starter as pages
from cms.pages.models import RegionPage
from cms.reporting import starter as reporting
from learning.modules import starter as modules
from tests.conftest import signed_in
from tests.factories import professionals

CANARY = "Kanarieconcept"


@pytest.fixture
def content(db, tmp_path, settings):
    settings.REPORTING_DIR = tmp_path / "reporting"
    pages.load(demo=True)
    reporting.load(demo=True)
    modules.load(demo=True)
    plans.load()
    publishing.load(demo=True)
    professionals.make_page(RegionPage.objects.filter(locale__language_code="nl").first())


def examples() -> list[Page]:
    """One page of every type in every language that has one."""
    found = []
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page and model.is_creatable:
            own = [model.objects.filter(locale=locale).first() for locale in Locale.objects.all()]
            assert any(own), f"{model.__name__}: the demo has none"
            found += [page for page in own if page is not None]
    return found


def test_every_type_of_page_previews_in_each_of_its_languages(content, communicator):
    client = signed_in(communicator, verified=True)
    visitor = Client()
    shown = 0
    for page in examples():
        kept = page.title
        page.title = page.seo_title = f"{CANARY} {page.pk}"
        page.save_revision()
        for mode, _label in page.preview_modes:
            draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
            assert draft.status_code == 200, (page, mode)
            shown += CANARY in draft.content.decode()
            assert "private" in draft["Cache-Control"] or "no-store" in draft["Cache-Control"], (page, mode)
        address = page.get_url()
        for _visit in range(2):
            answer = visitor.get(address) if address else None
            assert answer is None or CANARY not in answer.content.decode(), (page, kept)
        page.save_revision()
        history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
        compared = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
        live = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
        assert [history.status_code, client.get(compared).status_code] == [200, 200], page
        assert not page.live or client.get(live).status_code == 200, page
        revision = page.get_latest_revision()
        old = client.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]))
        assert old.status_code == 200, page
    assert shown > 20, "the drafts were really shown"


def test_a_draft_that_was_never_live_previews_and_stays_closed(content, communicator):
    for page in examples():
        Page.objects.filter(pk=page.pk).update(live=False)
        page.refresh_from_db()
        page.save_revision()
        draft = signed_in(communicator, verified=True).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert draft.status_code == 200, page
        Page.objects.filter(pk=page.pk).update(live=True)
