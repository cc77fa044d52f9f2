from django.conf import settings
from wagtail.models import Page, Site

from cms.pages import starter
from cms.pages.models import ContentPage, HomePage


def state():
    return list(Page.objects.order_by("path").values_list("path", "title", "slug", "live", "latest_revision_id"))


def test_the_demo_shows_every_page_in_both_languages(pages, client):
    for language, slugs in {
        "nl": ["", "over/", "privacy/", "toegankelijkheid/", "contact/"],
        "en": ["", "about/", "privacy/", "accessibility/", "contact/"],
    }.items():
        for slug in slugs:
            response = client.get(f"/{language}/{slug}")
            assert response.status_code == 200
            assert f'<html lang="{language}">' in response.content.decode()


def test_loading_again_changes_nothing(pages):
    before = state()
    starter.load(demo=True)
    assert state() == before


def test_loading_again_keeps_what_an_editor_changed(pages):
    page = ContentPage.objects.get(slug="over")
    page.title, page.slug = "Van een redacteur", "wij"
    page.save_revision().publish()
    home = HomePage.objects.get(locale__language_code="nl")
    home.hero_title = "Van een redacteur"
    home.save_revision().publish()
    starter.load(demo=True)
    assert ContentPage.objects.get(pk=page.pk).title == "Van een redacteur"
    assert not ContentPage.objects.filter(slug="over").exists()
    assert HomePage.objects.get(pk=home.pk).hero_title == "Van een redacteur"


def test_languages_are_translations_of_each_other(pages):
    for home in HomePage.objects.all():
        assert home.get_translations().count() == len(settings.OFFERED_LANGUAGES) - 1
    homes = HomePage.objects.values_list("locale__language_code", flat=True)
    assert sorted(homes) == sorted(settings.OFFERED_LANGUAGES)


def test_a_translation_that_nobody_checked_says_so(pages, client):
    for home in HomePage.objects.select_related("locale"):
        marked = home.locale.language_code not in ("nl", "en")
        assert home.translation_to_check is marked
        assert (b"tocheck" in client.get(f"/{home.locale.language_code}/").content) is marked


def test_every_language_says_what_is_kept(pages, client):
    """The page Privacy is there in each language, as a translation of the Dutch one."""
    dutch = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
    found = [dutch, *dutch.get_translations()]
    assert sorted(page.locale.language_code for page in found) == sorted(settings.OFFERED_LANGUAGES)
    for page in found:
        marked = page.locale.language_code not in ("nl", "en")
        body = client.get(page.url).content.decode()
        assert page.translation_to_check is marked
        assert ("tocheck" in body) is marked
        assert "Autoriteit Persoonsgegevens" in body
        assert page.in_footer


def test_the_welcome_page_is_gone_and_the_site_starts_at_the_dutch_home_page(pages):
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="nl")
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_no_page_claims_to_be_fully_accessible(pages, client):
    for address in ("/nl/toegankelijkheid/", "/en/accessibility/"):
        body = client.get(address).content.decode().lower()
        assert "fully compliant" not in body
        assert "voldoet volledig" not in body
        assert "volledig toegankelijk" not in body
