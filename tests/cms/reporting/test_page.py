"""What stands on the reporting page: the channels in their order, and not a word more than they promise."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from cms.reporting import build, starter
from cms.reporting.addresses import REPORTING_PATHS
from cms.reporting.models import ReportingChannel, ReportingSettings, ReportingText

PAGES = list(REPORTING_PATHS.values())
DUTCH, ENGLISH = PAGES[:2]


def words_of(response) -> str:
    """The text that a reader sees."""
    body = response.content.decode()
    body = re.sub(r"<(style|title)>.*?</\1>", " ", body, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.loads, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(values)
        elif tag == "link" and values.get("rel") not in ("canonical", "alternate"):
            self.loads.append(values.get("href"))
        self.loads += [values[name] for name in ("src", "srcset", "data", "poster", "background") if name in values]


@pytest.fixture
def page(built, client, request):
    def parse(address):
        parser = Links()
        parser.feed(client.get(address).content.decode())
        return parser

    return parse


@pytest.mark.parametrize("address", PAGES)
def test_nothing_on_the_page_loads_sends_or_runs(page, address):
    parsed = page(address)
    assert [load for load in parsed.loads if not load.startswith("data:")] == []
    assert not {"script", "form", "input", "iframe", "object", "embed", "img", "video", "audio"} & set(parsed.tags)


@pytest.mark.parametrize("address", PAGES)
def test_every_call_and_every_link_elsewhere_sends_no_referrer(page, address):
    elsewhere = [link for link in page(address).links if not link["href"].startswith(("/", "#"))]
    assert len(elsewhere) > 12
    for link in elsewhere:
        assert "noreferrer" in link["rel"].split(), link
    assert not any("target" in link or "ping" in link for link in elsewhere)


@pytest.mark.parametrize("address", PAGES)
def test_m_comes_first_after_danger_and_the_way_out_before_both(page, address):
    order = [link["href"] for link in page(address).links]
    assert order[1:3] == ["tel:112", "https://www.knmi.nl/"]
    calls = [href for href in order[3:] if href.startswith("tel:")]
    assert calls[:3] == ["tel:112", "tel:08007000", "tel:09008844"]
    assert order[-1] == "https://www.knmi.nl/"


def test_the_page_says_what_stays_behind_and_advises_against_a_work_device(built, client):
    dutch, english = (words_of(client.get(address)) for address in (DUTCH, ENGLISH))
    for words in ("belgeschiedenis", "browsergeschiedenis", "toestel of netwerk van je werk", "vermoeden is genoeg"):
        assert words in dutch
    for words in ("call list", "browser’s history", "device or network of your work", "suspicion is enough"):
        assert words in english


def test_m_is_quoted_and_nothing_is_added(built, client):
    words = words_of(client.get("/nl/melden/"))
    for quotation in (
        "“M. ziet uw telefoonnummer of IP-adres niet.”",
        "“M. neemt geen telefoongesprekken op en slaat geen online gegevens op.”",
        "“M. noteert geen naam, adres en andere gegevens die naar u te herleiden zijn.”",
    ):
        assert quotation in words


@pytest.mark.parametrize("address", PAGES[1:])
def test_no_language_but_dutch_promises_anonymity(built, client, address):
    """Every language's word for it begins alike; the name of M. itself is no promise."""
    words = words_of(client.get(address)).lower()
    for name in ("meld misdaad anoniem", "misdaadanoniem", "misdaad-anoniem"):
        words = words.replace(name, "")
    for root in ("anonym", "anonim", "anoniem", "анонім", "аноним", "incognito", "unerkannt"):
        assert root not in words


def test_the_dutch_page_does_quote_it(built, client):
    """A planted fault: without it the silence of the others would mean nothing."""
    words = words_of(client.get(DUTCH)).lower()
    assert "anoniem" in words.replace("meld misdaad anoniem", "").replace("misdaadanoniem", "")


@pytest.mark.parametrize("language", list(REPORTING_PATHS)[1:])
def test_instead_of_a_promise_stands_a_neutral_line(built, client, language):
    for key in ("m", "arbeidsinspectie", "vertrouwenslijn"):
        channel = ReportingChannel.objects.get(key=key, locale__language_code=language)
        assert channel.promise_kind == ReportingChannel.Promise.ANONYMOUS
        assert not channel.promise_may_be_shown
        assert channel.neutral_line in words_of(client.get(REPORTING_PATHS[language]))


@pytest.mark.parametrize("language", list(REPORTING_PATHS))
def test_each_page_says_its_own_language_and_leads_to_all_others(built, client, language):
    body = client.get(REPORTING_PATHS[language]).content.decode()
    assert f'<html lang="{language}"' in body
    for other, address in REPORTING_PATHS.items():
        link = f'<a href="{address}" lang="{other}" hreflang="{other}"'
        assert (link in body) == (other != language)


@pytest.mark.parametrize("language", list(REPORTING_PATHS))
def test_a_translation_that_nobody_checked_says_so(built, client, language):
    body = client.get(REPORTING_PATHS[language]).content.decode()
    assert ('id="translation"' in body) == (language not in ("nl", "en"))


def test_it_says_so_until_text_and_channels_are_checked(built, client):
    ReportingText.objects.filter(locale__language_code="pl").update(translation_to_check=False)
    build.rebuild()
    assert b'id="translation"' in client.get("/pl/zglos/").content
    ReportingChannel.objects.filter(locale__language_code="pl").update(translation_to_check=False)
    build.rebuild()
    assert b'id="translation"' not in client.get("/pl/zglos/").content


@pytest.mark.parametrize("language", list(REPORTING_PATHS))
def test_the_numbers_are_the_same_in_every_language(built, client, language):
    def numbers(code):
        return re.findall(r'href="(tel:[^"]+|mailto:[^"]+)"', client.get(REPORTING_PATHS[code]).content.decode())

    assert numbers(language) == numbers("nl")


def test_an_address_with_another_languages_text_is_never_shown(built, client):
    """Without a text of its own a language gets the numbers, in its own words."""
    ReportingText.objects.get(locale__language_code="uk").unpublish()
    build.rebuild()
    body = client.get("/uk/povidomyty/").content.decode()
    assert '<html lang="uk">' in body
    assert "0800-7000" in body
    assert "Повідомити" in body


def test_every_channel_has_a_source_an_owner_and_no_impossible_promise(built, client):
    for channel in ReportingChannel.objects.all():
        assert channel.source
        assert channel.owner
    for address in PAGES:
        words = words_of(client.get(address)).lower()
        for never in ("100%", "altijd anoniem", "niemand komt erachter", "always anonymous"):
            assert never not in words


def test_the_customs_number_says_that_it_is_for_rotterdam_alone(built, client):
    assert "Alleen voor de haven van Rotterdam" in words_of(client.get("/nl/melden/"))


def test_what_is_unknown_about_m_is_said_to_be_unknown(built, client):
    assert "We weten niet welke talen M. spreekt" in words_of(client.get("/nl/melden/"))
    assert "We do not know which languages M. speaks" in words_of(client.get("/en/report/"))


#: "We don't know which languages", "from abroad".
UNKNOWN = {
    "de": ("Wir wissen nicht, welche Sprachen", "aus dem Ausland"),
    "pl": ("Nie wiemy, w jakich językach", "z zagranicy"),
    "ro": ("Nu știm ce limbi", "din străinătate"),
    "uk": ("Ми не знаємо, якими мовами", "з-за кордону"),
}


@pytest.mark.parametrize("language", UNKNOWN)
@pytest.mark.parametrize("demo", [True, False])
def test_it_is_said_in_every_translation_in_the_demo_and_in_production(db, client, language, demo):
    starter.load(demo=demo)
    words = words_of(client.get(REPORTING_PATHS[language]))
    assert all(said in words for said in UNKNOWN[language])


def test_the_demo_says_that_nothing_was_checked(built, client, settings):
    settings.DEMO = True
    build.rebuild()
    assert 'class="demo"' in client.get("/nl/melden/").content.decode()
    settings.DEMO = False
    build.rebuild()
    assert 'class="demo"' not in client.get("/nl/melden/").content.decode()


def test_the_way_out_is_the_editors_choice(built, client):
    settings = ReportingSettings.load()
    settings.safe_exit_url = "https://www.example.org/weer"
    settings.save()
    build.rebuild()
    assert client.get("/nl/melden/").content.decode().count('href="https://www.example.org/weer"') == 2


@pytest.mark.parametrize("url", ["http://example.org/", "/nl/", "javascript:alert(1)", "https://www.politie.nl/"])
def test_a_way_out_that_would_tell_or_run_is_refused(db, url):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        ReportingSettings(safe_exit_url=url).save()
