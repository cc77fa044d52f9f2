"""Every entity that the sources name is found on a live public page, in Dutch and in English (`entities.toml`)."""

import re
import tomllib
from collections import defaultdict
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page

from cms.reporting.addresses import REPORTING_PATHS

ENTITIES = tomllib.loads((Path(__file__).parent / "entities.toml").read_text(encoding="utf-8"))["entity"]
TAG = re.compile(r"<[^>]+>")


def words(html):
    """The text of a page's main part as a reader sees it, in small letters."""
    main = html[html.index("<main") : html.index("</main>")]
    text = unescape(TAG.sub(" ", main)).replace("\u00ad", "").replace("\u00a0", " ")
    return " ".join(text.split()).casefold()


@pytest.fixture(scope="module")
def shown():
    """What was read of each language, once for all tests of this module."""
    return {}


def site(shown, language):
    """The texts and the names of all live public pages of this language, by kind of page."""
    if language not in shown:
        texts, names = defaultdict(list), defaultdict(list)
        pages = Page.objects.live().public().filter(locale__language_code=language, depth__gte=2)
        for page in pages.specific():
            response = Client().get(page.url)
            assert response.status_code == 200, page.url
            texts[page._meta.model_name].append(words(response.content.decode()))
            names[page._meta.model_name].append(page.title.casefold())
        response = Client().get(REPORTING_PATHS[language])
        html = b"".join(response.streaming_content) if response.streaming else response.content
        texts["reporting"].append(words(html.decode()))
        shown[language] = (texts, names)
    return shown[language]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_entity_of_the_sources_is_on_the_site(pages, shown, language):
    texts, names = site(shown, language)
    missing = []
    for entity in ENTITIES:
        among = names if entity.get("own") else texts
        name = entity[language].casefold()
        if not any(name in text for kind in entity["kinds"] for text in among[kind]):
            missing.append(f"{entity['part']}: {entity[language]} (in {', '.join(entity['kinds'])})")
    assert missing == [], "\n".join(["not found on the site:", *missing])


def test_the_list_names_every_part_of_the_site_once():
    seen = [(entity["part"], entity["nl"], tuple(entity["kinds"])) for entity in ENTITIES]
    assert len(seen) == len(set(seen)) > 120


def test_a_partner_and_a_partnership_are_each_one_page_in_a_language(pages, shown):
    """One source: an organisation is named by one page of the directory."""
    for language in ("nl", "en"):
        _texts, names = site(shown, language)
        for kind in ("partnerpage", "partnershippage", "themepage", "regionpage"):
            assert len(names[kind]) == len(set(names[kind]))
