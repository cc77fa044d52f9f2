"""What a production start shows of the areas: what the sources say, and nothing that must still be checked."""

from django.test import Client

from cms.pages import starter
from cms.pages.models import InternationalPage, ProgrammePage, RegionIndexPage, RegionPage, ThemePage
from cms.pages.starter.tree import key


def test_production_publishes_what_the_sources_say_and_asks_for_accounts_in_rotterdam_only(db, reporting_dir):
    starter.load(demo=False)
    for model in (RegionIndexPage, RegionPage, ProgrammePage, ThemePage, InternationalPage):
        assert model.objects.exists()
        for page in model.objects.all():
            response = Client().get(page.url)
            assert response.status_code == 200
            for mark in ("te controleren door", "to be checked by"):
                assert mark not in response.content.decode().lower()
    asking = RegionPage.objects.filter(takes_requests=True)
    assert {page.translation_key for page in asking} == {key("region-rotterdam")}
