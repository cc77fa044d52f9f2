"""What you can do: measures by kind, and a self-check that tells nobody anything."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.pages import starter
from cms.pages.data import values
from cms.pages.models import MeasureIndexPage, MeasurePage, RegionLink, RegionPage, ThemePage
from cms.pages.starter.tree import find

FROM_THE_SOURCES = (
    "dwangsom",
    "integrale-analyses",
    "terminalaanpak",
    "malafide-bedrijven",
    "multidisciplinaire-controle",
    "branche-locatieaanpak",
    "afpakken",
)


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


@pytest.fixture
def index(pages, english):
    return MeasureIndexPage.objects.get(locale=english)


def body_of(page, client):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_measure_of_the_sources_has_a_page_with_its_source(pages, client, language):
    locale = Locale.objects.get(language_code=language)
    for name in FROM_THE_SOURCES:
        page = find(MeasurePage, f"measure-{name}", locale)
        assert page.kind == "together"
        body = body_of(page, client)
        assert page.title in body
        assert page.source.split(";")[0] in body


def test_the_list_groups_by_kind_and_shows_every_measure(index, client):
    body = body_of(index, client)
    own, together = body.index('id="own"'), body.index('id="together"')
    assert own < together
    for page in MeasurePage.objects.filter(locale=index.locale):
        at = body.index(f'href="{page.url}"')
        assert (own < at < together) == (page.kind == "own")


def test_a_measure_names_its_areas_and_themes_in_its_own_language(pages, client, english):
    body = body_of(find(MeasurePage, "measure-multidisciplinaire-controle", english), client)
    assert find(RegionPage, "region-nzkg", english).url in body
    assert find(ThemePage, "theme-aanpakken-afpakken", english).url in body


def test_the_self_check_has_ten_questions_with_advice_that_stands_without_a_script(index, client):
    body = body_of(index, client)
    check = body[body.index("data-self-check") :].split("</section>")[0]
    questions = values(index.check_questions)
    assert len(questions) == 10
    assert check.count("<details") == check.count("<summary") == 10
    for question in questions:
        assert question["question"] in check
        assert question["advice"] in check


def test_the_self_check_is_no_form_and_its_boxes_have_no_names(index, client):
    body = body_of(index, client)
    check = body[body.index("data-self-check") :].split("</section>")[0]
    assert "<form" not in check
    assert not re.search(r"\sname=", check)
    assert 'type="submit"' not in check
    assert check.count('type="checkbox"') == 10


def test_the_page_says_that_answers_stay_in_the_browser(index, client):
    assert "Your answers stay in your browser." in body_of(index, client)


def test_a_question_leads_to_a_page_in_the_same_language(index, client, english):
    body = body_of(index, client)
    check = body[body.index("data-self-check") :].split("</section>")[0]
    links = re.findall(r'href="([^"]+)"', check)
    assert len(links) == 10
    assert all(link.startswith("/en/") for link in links)


def test_a_draft_measure_is_shown_nowhere(index, client, english, django_capture_on_commit_callbacks):
    page = find(MeasurePage, "measure-pas-en-code", english)
    assert body_of(index, client).count(page.url) == 2
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert page.url not in body_of(index, client)
    assert client.get(page.url).status_code == 404


def test_more_measures_cost_no_more_queries(index, client, english):
    region = find(RegionPage, "region-rotterdam", english)

    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(index.url)
        return len(queries)

    cost()
    before = cost()
    for number in range(30):
        page = MeasurePage(title=f"Measure {number}", slug=f"m{number}", locale=english, kind="own", intro="Text.")
        MeasureIndexPage.objects.get(pk=index.pk).add_child(instance=page)
        RegionLink.objects.create(page=page, region=region)
    assert cost() == before


def test_measures_and_their_self_check_are_kept_when_loaded_again(pages, index):
    index.check_heading = "An editor's own"
    index.save_revision().publish()
    starter.load(demo=True)
    assert MeasureIndexPage.objects.get(pk=index.pk).check_heading == "An editor's own"
    assert MeasureIndexPage.objects.get(pk=index.pk).numchild == MeasurePage.objects.child_of(index).count()
