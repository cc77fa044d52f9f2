"""The list of pages to check, and the panel of plain language."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.pages import review
from cms.pages.models import ContentPage, HomePage
from cms.pages.plain_panel import passages_of, reading_of
from cms.pages.readability import Fault
from config import roles
from config.models import AreaEditors
from tests.conftest import make_user, signed_in
from tests.factories import module_pages

TODAY = date(2026, 11, 22)


@pytest.fixture
def page(pages):
    """A page with nothing to check."""
    home = HomePage.objects.get(locale__language_code="nl")
    return home.add_child(
        instance=ContentPage(
            title="Proefpagina",
            slug="proefpagina",
            intro="Je leest dit.",
            source="Wet",
            review_on=TODAY,
            locale=home.locale,
        )
    )


def is_due(page, reason=""):
    return review.due(TODAY, reason).filter(pk=page.pk).exists()


def test_a_page_is_due_the_day_after_its_review_date(page):
    assert not is_due(page)
    assert review.due(date(2026, 11, 23)).filter(pk=page.pk).exists()
    assert review.reasons(page, date(2026, 11, 23)) == [str(review.Reason.PASSED.label)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("source", "", "no-source"),
        ("source", "Krant; te controleren door een redacteur", "unchecked"),
        ("source", "General knowledge, to be checked by an editor", "unchecked"),
        ("translation_to_check", True, "translation"),
        ("review_on", date(2026, 11, 1), "passed"),
    ],
)
def test_each_reason_is_found_by_itself(page, field, value, reason):
    setattr(page, field, value)
    page.save()
    assert is_due(page)
    assert [name for name in review.Reason.values if is_due(page, name)] == [reason]


def test_modules_are_in_the_list_too(pages):
    module = module_pages.make_page("nl")
    module.review_on = date(2026, 1, 1)
    module.save()
    assert is_due(module, "passed")


def test_the_list_is_the_editors_own(page, communicator, client):
    page.review_on = date(2026, 1, 1)
    page.title = "Kanarietitel"
    page.draft_title = "Kanarietitel"
    page.save()
    roles.load()
    editor = make_user("area@example.org", "Aad", "Area")
    editor.groups.add(AreaEditors.objects.first().group)
    address = reverse("pages_to_check")
    assert b"Kanarietitel" in signed_in(communicator, verified=True).get(address).content
    assert b"Kanarietitel" not in signed_in(editor, verified=True).get(address).content
    assert signed_in(communicator).get(address).status_code == 302
    assert client.get(address).status_code == 302


def test_somebody_without_pages_gets_no_list(pages, stranger):
    assert signed_in(stranger, verified=True).get(reverse("pages_to_check")).status_code in (302, 403, 404)


@pytest.mark.parametrize("query", ["?page=999", "?reason=x", "?language=%00", "?page=a&language=zz"])
def test_odd_questions_get_an_answer(pages, communicator, query):
    assert signed_in(communicator, verified=True).get(reverse("pages_to_check") + query).status_code == 200


def test_the_list_costs_the_same_for_more_pages(pages, communicator, django_assert_max_num_queries):
    Page.objects.update(live=True)
    client = signed_in(communicator, verified=True)
    client.get(reverse("pages_to_check"))
    with django_assert_max_num_queries(30):
        client.get(reverse("pages_to_check"))


def test_the_panel_reads_the_text_and_not_the_source(page):
    page.source = "Betreffende een bron."
    page.intro = "Indien nodig bel je."
    page.body = [("text", "<h2>Kop</h2><p>Eerste zin. Reeds gezegd.</p><h2>Nog een</h2><p>Laatste.</p>")]
    page.save()
    assert passages_of(page)[0] == "Indien nodig bel je."
    assert len(passages_of(page)) == 4
    assert [finding.words for finding in reading_of(page).findings if finding.fault == Fault.STIFF] == [
        ("indien",),
        ("reeds",),
    ]


def test_the_edit_screen_marks_the_sentence(page, communicator):
    page.intro = "Indien nodig bel je."
    page.save_revision().publish()
    body = signed_in(communicator, verified=True).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    assert b"<mark>Indien</mark>" in body


def test_english_pages_have_no_dutch_rules(pages, communicator):
    home = HomePage.objects.get(locale__language_code="en")
    body = signed_in(communicator, verified=True).get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content
    assert b"plain-language" not in body
