"""The directory: who is shown, what can be filtered, and where names come from."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.pages.models import (
    Member,
    PartnerIndexPage,
    PartnerPage,
    PartnershipPage,
    RegionLink,
    RegionPage,
    ThemePage,
)
from cms.pages.starter.tree import find, key
from cms.pages.templatetags.words import SOFT_HYPHEN

ADDRESS = "/en/partners/"


def names(response):
    """The names in the list, as they stand there but for the places where a long word may break."""
    main = response.content.decode().replace(SOFT_HYPHEN, "")
    return re.findall(r'<li class="entry">\s*<h3>\s*<a href="[^"]+">([^<]+)</a>', main)


def everyone(client, query=""):
    """The names on every page of what this query finds."""
    found, number = [], 1
    while True:
        page = names(client.get(f"{ADDRESS}?{query}&page={number}"))
        if found and page[-1:] == found[-1:]:
            return found
        found += page
        number += 1


def counted(response):
    return int(re.search(r'role="status" id="found">\s*<b>(\d+)', response.content.decode())[1])


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


@pytest.fixture
def index(pages, english):
    return PartnerIndexPage.objects.get(locale=english)


def add_partner(index, title, **fields):
    page = PartnerPage(title=title, slug=title.lower().replace(" ", "-"), locale=index.locale, intro="Text.")
    for name, value in {"kind": "business", **fields}.items():
        setattr(page, name, value)
    PartnerIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    return page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_partner_and_partnership_has_a_page_with_its_source(pages, client, language):
    for model in (PartnerPage, PartnershipPage):
        found = model.objects.filter(locale__language_code=language)
        assert found.count() > 10
        for page in found:
            assert page.source
            assert client.get(page.url).status_code == 200


def test_the_list_counts_and_pages_all(pages, client):
    total = sum(model.objects.filter(locale__language_code="en").count() for model in (PartnerPage, PartnershipPage))
    response = client.get(ADDRESS)
    assert counted(response) == total
    assert len(names(response)) == 20
    assert len(set(everyone(client))) == total


def test_several_kinds_can_be_asked_at_once(pages, client, english):
    response = client.get(f"{ADDRESS}?kind=riec&kind=partnership")
    riecs = PartnerPage.objects.filter(locale=english, kind="riec").count()
    assert riecs == 5
    assert counted(response) == riecs + PartnershipPage.objects.filter(locale=english).count()


def test_the_name_is_found_by_a_part_and_by_the_short_name(pages, client):
    assert names(client.get(f"{ADDRESS}?q=flora")) == ["Royal FloraHolland"]
    assert "Royal Marechaussee (KMar)" in names(client.get(f"{ADDRESS}?q=kmar"))
    assert names(client.get(f"{ADDRESS}?q=holland+flora")) == ["Royal FloraHolland"]


def test_an_area_gives_its_own_partners_and_those_of_its_partnerships(pages, client, english):
    region = find(RegionPage, "region-nzkg", english)
    found = everyone(client, f"region={region.slug}")
    own = find(PartnerPage, "partner-riec-noord-holland", english)
    through = find(PartnerPage, "partner-zeehavenpolitie", english)
    elsewhere = find(PartnerPage, "partner-klm", english)
    assert own.title in found
    assert through.title in found
    assert elsewhere.title not in found
    assert not through.region_links.filter(region__translation_key=region.translation_key).exists()


def test_a_theme_gives_who_works_on_it(pages, client, english):
    theme = find(ThemePage, "theme-aanpakken-afpakken", english)
    found = everyone(client, f"theme={theme.slug}")
    assert find(PartnershipPage, "partnership-nzkg", english).title in found
    assert find(PartnerPage, "partner-fiod", english).title in found
    assert find(PartnerPage, "partner-europol", english).title not in found


def test_filters_work_together(pages, client, english):
    region = find(RegionPage, "region-schiphol", english).slug
    found = everyone(client, f"kind=business&region={region}")
    assert sorted(found) == ["KLM", "Schiphol Group (Schipholgroep)"]


def test_the_address_holds_the_whole_state(pages, client):
    body = client.get(f"{ADDRESS}?kind=government&kind=partnership&q=e").content.decode()
    assert re.search(r'value="government"[^>]*checked', body)
    assert re.search(r'value="partnership"[^>]*checked', body)
    assert 'name="q" value="e"' in body
    assert "?kind=government&amp;kind=partnership&amp;q=e&amp;page=2" in body


@pytest.mark.parametrize(
    "query",
    [
        "region=atlantis",
        "theme=atlantis",
        "kind=atlantis",
        "region=%00&q=%00&theme=%00&kind=%00&page=%00",
        "page=999",
        "page=-1",
        "page=x",
        "q=" + "a" * 10_000,
        "region=" + "a" * 10_000,
        "q=%FF%FE",
        "q='\"><script>",
        "&".join(f"kind={n}" for n in range(500)),
    ],
)
def test_bad_input_is_answered_and_never_breaks(pages, client, query):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1].split("</main>")[0]


def test_what_is_not_understood_is_said_at_the_field(pages, client):
    body = client.get(f"{ADDRESS}?region=atlantis").content.decode()
    assert "We do not know this area. Choose one of the list." in body
    assert counted(client.get(f"{ADDRESS}?region=atlantis")) > 20


def test_nothing_found_says_so_and_shows_the_way_back(pages, client):
    response = client.get(f"{ADDRESS}?q=qqqqqq")
    assert counted(response) == 0
    assert "Nobody fits this search" in response.content.decode()


def test_the_cost_does_not_grow_with_the_partners(pages, client, index, english):
    region = find(RegionPage, "region-rotterdam", english)
    partnership = find(PartnershipPage, "partnership-harc", english)

    def cost(query):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{ADDRESS}?{query}").status_code == 200
        return len(queries)

    cost("")
    before = [cost(""), cost("kind=business&q=a"), cost(f"region={region.slug}")]
    for number in range(200):
        page = add_partner(index, f"Company {number:03}")
        RegionLink.objects.create(page=page, region=region)
        Member.objects.create(partnership=partnership, partner=page, locale=english, sort_order=number)
    assert counted(client.get(f"{ADDRESS}?q=company")) == 200
    assert [cost(""), cost("kind=business&q=a"), cost(f"region={region.slug}")] == before


def test_a_partnership_costs_the_same_with_a_hundred_members(pages, client, index, english):
    partnership = find(PartnershipPage, "partnership-harc", english)

    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(partnership.url).status_code == 200
        return len(queries)

    cost()
    before = cost()
    for number in range(100):
        page = add_partner(index, f"Company {number:03}")
        Member.objects.create(partnership=partnership, partner=page, locale=english, sort_order=number)
    assert cost() == before


def test_a_renamed_partner_has_its_new_name_everywhere_at_once(
    pages, client, english, django_capture_on_commit_callbacks
):
    partner = find(PartnerPage, "partner-klm", english)
    partner.kind, partner.title = "business", "New Name Airline"
    partnership = find(PartnershipPage, "partnership-smoke", english)
    Member.objects.create(partnership=partnership, partner=partner, locale=english)
    region = find(RegionPage, "region-schiphol", english)
    addresses = [f"{ADDRESS}?kind=business", partnership.url, region.url]
    before = [client.get(address).content.decode() for address in addresses]
    assert all("New Name Airline" not in body for body in before)
    assert all("KLM" in body for body in before)
    with django_capture_on_commit_callbacks(execute=True):
        partner.save_revision().publish()
    for address in addresses:
        body = client.get(address).content.decode()
        assert "New Name Airline" in body
        assert ">KLM<" not in body


def test_a_draft_partner_is_shown_nowhere(pages, client, english, django_capture_on_commit_callbacks):
    partner = find(PartnerPage, "partner-kustwacht", english)
    partnership = find(PartnershipPage, "partnership-noordzee", english)
    assert partner.title in client.get(partnership.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for each in PartnerPage.objects.filter(translation_key=partner.translation_key):
            each.unpublish()
    assert "Kustwacht" not in client.get(partnership.url).content.decode()
    assert counted(client.get(f"{ADDRESS}?q=kustwacht")) == 0
    assert client.get(partner.url).status_code == 404


def test_a_draft_partnership_is_not_named_by_its_members(pages, client, english, django_capture_on_commit_callbacks):
    partnership = find(PartnershipPage, "partnership-smoke", english)
    partner = find(PartnerPage, "partner-fiod", english)
    assert partnership.title in client.get(partner.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        partnership.unpublish()
    assert partnership.title not in client.get(partner.url).content.decode()
    assert partnership.title not in client.get(f"{ADDRESS}?q=fiod").content.decode()


def test_a_partner_without_a_page_in_this_language_keeps_its_dutch_name_and_says_so(pages, client, english):
    partner = find(PartnerPage, "partner-zeehavenpolitie", english)
    dutch = find(PartnerPage, "partner-zeehavenpolitie", Locale.objects.get(language_code="nl"))
    partnership = find(PartnershipPage, "partnership-noordzee", english)
    Member.objects.filter(partnership=partnership, partner=partner).update(partner=dutch)
    partner.unpublish()
    body = client.get(partnership.url).content.decode()
    assert f'<h3 lang="nl">{dutch.title}</h3>' in body
    assert dutch.url not in body


def test_a_dutch_choice_of_partner_is_shown_under_its_english_name(pages, client, english):
    partner = find(PartnerPage, "partner-douane", english)
    dutch = find(PartnerPage, "partner-douane", Locale.objects.get(language_code="nl"))
    partnership = find(PartnershipPage, "partnership-smoke", english)
    Member.objects.filter(partnership=partnership, partner=partner).update(partner=dutch)
    assert partner.title in client.get(partnership.url).content.decode()
    assert partnership.title in client.get(partner.url).content.decode()


def test_the_harc_team_names_its_members_and_their_part(pages, client, english):
    body = client.get(find(PartnershipPage, "partnership-harc", english).url).content.decode()
    for name in ("douane", "fiod", "om", "zeehavenpolitie", "politie"):
        assert find(PartnerPage, f"partner-{name}", english).title in body
    assert "Police officers from Amsterdam" in body


def test_a_website_gets_no_referrer_and_no_logo_is_shipped(pages, client, english):
    body = client.get(find(PartnerPage, "partner-tln", english).url).content.decode()
    assert re.search(r'<a href="https://www.tln.nl/" rel="noreferrer">', body)
    assert not PartnerPage.objects.exclude(logo=None).exists()


def test_every_name_of_the_directory_is_there_once(pages):
    for language in ("nl", "en"):
        titles = list(PartnerPage.objects.filter(locale__language_code=language).values_list("title", flat=True))
        assert len(titles) == len(set(titles))
    keys = set(PartnerPage.objects.values_list("translation_key", flat=True))
    assert key("partner-douane") in keys
    assert PartnerPage.objects.count() == 2 * len(keys)


#: Every organisation and partnership that the sources name, by (a part of) its Dutch title.
NAMED = {
    "government": (
        "Douane, FIOD, Openbaar Ministerie (OM), Politie, Zeehavenpolitie, Koninklijke Marechaussee (KMar), Kustwacht, "
        "Belastingdienst, Bijzondere opsporingsdiensten, Ministeries, Ministerie van Justitie en Veiligheid, "
        "Gemeente Rotterdam, Havengemeenten in het Noordzeekanaalgebied, Regiogemeenten, Gemeente Westland, "
        "Gemeente Katwijk, Gemeente Aalsmeer, Gemeente Uithoorn"
    ),
    "riec": ("RIEC Amsterdam-Amstelland, RIEC Noord-Holland, RIEC Rotterdam, RIEC Zeeland-West-Brabant, RIEC Den Haag"),
    "business": "Havenbedrijf Rotterdam, Deltalinqs, Containerterminals, Schipholgroep, KLM, Royal FloraHolland, TLN",
    "support": "HVO Querido, SNCU, PVO Den Haag, PVO Amsterdam-Amstelland, PVO Nederland, CCV",
    "international": "Europese Unie, Europol, Eurojust, Verenigde Naties, MAOC",
    "partnership": (
        "HARC-team, NSOC, TFOC, Project Smoke, Samenwerkingsverband Liquide Middelen, Noordzee, Havenbazen, "
        "Revitalisering Waalhaven, Mainportoverleg, Programma Aanpak Noordzeekanaalgebied, Weerbare Sierteelt"
    ),
}


@pytest.mark.parametrize("kind", NAMED)
def test_whoever_the_sources_name_is_found_under_its_kind(pages, client, kind):
    for name in NAMED[kind].split(", "):
        response = client.get("/nl/partners/", {"kind": kind, "q": name})
        assert any(name in found for found in names(response)), name
