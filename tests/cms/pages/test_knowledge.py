"""Knowledge: publications with versions, words, questions."""

import re
import tomllib

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.pages.library import PER_PAGE
from cms.pages.models import FaqPage, GlossaryPage, KnowledgeIndexPage, PublicationPage
from cms.pages.starter.tree import CONTENT

PARTS = ("knowledge", "news")


@pytest.fixture
def index(pages):
    return KnowledgeIndexPage.objects.get(locale__language_code="nl")


def add(index, slug, **fields):
    page = PublicationPage(
        **{"title": slug, "slug": slug, "kind": "research", "intro": "x", "locale": index.locale} | fields
    )
    Page.objects.get(pk=index.pk).add_child(instance=page)
    return page


def document(title, *, collection=None):
    found = get_document_model()(
        title=title,
        file=ContentFile(b"%PDF-1.7" + b"x" * 2040, name="x.pdf"),
        collection=collection or Collection.get_first_root_node(),
    )
    found.save()
    return found


def version(number, day, paper, changes=""):
    value = {"number": number, "date": day, "document": paper.pk, "changes": changes}
    return {"type": "version", "value": value}


def slugs(response):
    return {page.slug for page in response.context["page_obj"].object_list}


def test_filters_by_kind_area_and_theme(index, client):
    everything = slugs(client.get(index.url))
    practices = slugs(client.get(f"{index.url}?soort=practice"))
    assert practices
    assert practices < everything
    response = client.get(f"{index.url}?regio=rotterdamse-haven&soort=practice")
    assert slugs(response) < practices
    themes = dict(response.context["form"].fields["thema"].choices)
    assert len(themes) > 2
    for theme in [slug for slug in themes if slug]:
        assert slugs(client.get(f"{index.url}?thema={theme}"))


def test_a_filter_that_does_not_exist_is_named_and_narrows_nothing(index, client):
    response = client.get(f"{index.url}?soort=nergens&regio=%00")
    assert slugs(response) == slugs(client.get(index.url))
    assert set(response.context["form"].errors) == {"soort", "regio"}


def test_a_filter_without_results_helps_on(index, client):
    body = client.get(f"{index.url}?soort=publication&regio=rotterdamse-haven").content.decode()
    assert 'class="empty' in body
    assert f'href="{index.url}"' in body


def test_publications_are_paged_and_the_filters_stay(index, client):
    for number in range(PER_PAGE):
        add(index, f"stuk-{number}")
    response = client.get(f"{index.url}?soort=research")
    assert len(slugs(response)) == PER_PAGE
    assert "soort=research&amp;pagina=2" in response.content.decode()


def test_a_draft_is_not_in_the_list(index, client):
    add(index, "concept", live=False)
    assert "concept" not in slugs(client.get(index.url))


def test_the_list_costs_the_same_however_many_there_are(index, client):
    client.get(f"{index.url}?soort=")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{index.url}?soort=")
    for number in range(5):
        add(index, f"stuk-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{index.url}?soort=")
    assert len(many) == len(few)


def test_the_newest_version_comes_first_with_what_changed_and_how_large_it_is(index, client):
    old, new = document("Oud"), document("Nieuw")
    versions = [version("1.0", "2024-01-05", old), version("2.0", "2025-03-01", new, "Hoofdstuk 3 is nieuw.")]
    page = add(index, "rapport", versions=versions)
    response = client.get(page.url)
    assert [each.number for each in response.context["versions"]] == ["2.0", "1.0"]
    body = response.content.decode()
    assert body.index(new.url) < body.index(old.url)
    assert "Hoofdstuk 3 is nieuw." in body
    assert f"PDF, {filesizeformat(2048)}" in body


def test_a_document_that_not_everyone_may_read_is_not_named(index, client):
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    page = add(index, "rapport", versions=[version("1.0", "2024-01-05", document("Geheim", collection=closed))])
    response = client.get(page.url)
    assert response.context["versions"] == []


def test_versions_cost_the_same_however_many_there_are(index, client):
    one = add(index, "een", versions=[version("1", "2024-01-01", document("a"))])
    more = add(index, "meer", versions=[version(str(n), f"2024-01-0{n}", document(str(n))) for n in range(1, 7)])
    for page in (one, more):
        client.get(page.url)
    counts = []
    for page in (one, more):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{page.url}?vers")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_others_published_is_linked_and_not_copied(index, client):
    page = add(index, "van-anderen", link="https://example.org/rapport")
    body = client.get(page.url).content.decode()
    assert 'href="https://example.org/rapport" rel="noreferrer"' in body


def test_words_stand_in_the_order_of_the_alphabet(pages, client):
    page = GlossaryPage.objects.get(locale__language_code="nl")
    letters = client.get(page.url).context["letters"]
    assert [letter for letter, _terms in letters] == sorted(letter for letter, _terms in letters)
    terms = [term["term"] for _letter, group in letters for term in group]
    assert len(terms) == len(page.terms)
    assert terms.index("dekmantel") < terms.index("één overheid") < terms.index("fenomeen")


@pytest.mark.parametrize("name", ["uithaler", "malafide bedrijf", "corruptie", "waterbedeffect", "dekmantel",
    "maritieme smokkel", "synthetische drugs", "illegale tabak", "contant geld", "witwassen", "arbeidsuitbuiting",
    "mainport", "stroman"])  # fmt: skip
def test_phenomena_are_explained_with_a_source(pages, name):
    page = GlossaryPage.objects.get(locale__language_code="nl")
    found = [block.value for block in page.terms if name in block.value["term"]]
    assert found
    assert all(value["source"] for value in found)


@pytest.mark.parametrize("part", PARTS)
def test_dutch_and_english_hold_the_same(part):
    def keys(value):
        if isinstance(value, dict):
            return {name: keys(each) for name, each in value.items()}
        if isinstance(value, list):
            return [keys(each) for each in value]
        return None

    dutch, english = (tomllib.loads((CONTENT / f"{part}.{code}.toml").read_text("utf-8")) for code in ("nl", "en"))
    assert keys(dutch) == keys(english)


def test_no_maker_or_finding_is_invented(pages):
    assert not PublicationPage.objects.exclude(makers="").exists()
    assert not PublicationPage.objects.filter(source="").exists()


def test_every_link_in_the_texts_leads_somewhere(pages, client):
    elsewhere = re.compile(r"/(?:nl|en)/(?:modules|campagnes|mijn)/")
    for page in Page.objects.live().type((PublicationPage, FaqPage)):
        for link in re.findall(
            r'href="(/[^"]*)"', client.get(page.url).content.decode().split("<main")[1].split("</main>")[0]
        ):
            if not elsewhere.match(link):
                assert client.get(link).status_code == 200, f"{page.url}: {link}"
