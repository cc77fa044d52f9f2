"""What a production starts with of knowledge, news and events."""

import tomllib

from cms.pages import starter
from cms.pages.models import (
    EventIndexPage,
    EventPage,
    FaqPage,
    GlossaryPage,
    NewsIndexPage,
    NewsPage,
    PublicationPage,
)
from cms.pages.starter.tree import CONTENT


def test_production_shows_only_what_has_a_source(db, reporting_dir):
    starter.load(demo=False)
    for model, name in ((GlossaryPage, "terms"), (FaqPage, "answers")):
        for page in model.objects.all():
            content = tomllib.loads((CONTENT / f"knowledge.{page.locale.language_code}.toml").read_text("utf-8"))
            rows = content["glossary" if name == "terms" else "faq"][name]
            assert page.live
            assert len(getattr(page, name)) == len([row for row in rows if not row.get("unchecked")])
            draft = page.get_latest_revision_as_object()
            assert len(getattr(draft, name)) == len(rows)
    assert not PublicationPage.objects.filter(source__icontains="te controleren", live=True).exists()


def test_a_production_starts_without_news_and_events(db, reporting_dir, client):
    starter.load(demo=False)
    assert not NewsPage.objects.exists()
    assert not EventPage.objects.exists()
    for index in (*NewsIndexPage.objects.all(), *EventIndexPage.objects.all()):
        response = client.get(index.url)
        assert response.status_code == 200
        assert 'class="empty' in response.content.decode()
