import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from cms.reporting.addresses import REPORTING_PATHS, is_reporting, language_of

#: Ways to write it that a browser sends on as they are.
NEARLY = [
    *REPORTING_PATHS.values(),
    "/NL/Melden/",
    "/nl/meld%65n/",
    "/nl/meld%2565n/",
    "/pl/zg%C5%82o%C5%9B/",
    "/ro/raporteaz%C4%83/",
    "/uk/%D0%BF%D0%BE%D0%B2%D1%96%D0%B4%D0%BE%D0%BC%D0%B8%D1%82%D0%B8/",
    "/bg/melden",
    "/fr/report",
]


@pytest.mark.parametrize(
    "address",
    [
        "/nl/melden/",
        "/en/report/",
        "/nl/melden",
        "/NL/Melden/",
        "/nl/melden/?bron=kantine#nummers",
        "/nl//melden/",
        "//nl/melden/",
        "/nl/./melden/",
        "/nl/modules/../melden/",
        "/nl/meld%65n/",
        "/nl/meld%2565n/",
        "%2Fnl%2Fmelden%2F",
        "\\nl\\melden",
        "/nl/melden/nummers/",
        "/nl/melden;x=1",
        "/melden",
        "/en/melden/",
        "/nl/report/",
        "https://weerbaar.example/nl/melden/",
        "HTTPS://WEERBAAR.EXAMPLE:8443/NL/MELDEN",
        "//weerbaar.example/en/report/?q=1",
        "weerbaar.example/nl/melden/",
        "https://weerbaar.example/nl/%6delden",
        " /nl/melden/ ",
        "/nl/mel\u200bden/",
        "/pl/zglos/",
        "/pl/zg\u0142o\u015b",
        "/pl/zg%C5%82o%C5%9B/",
        "/zglos",
        "/pl-pl/zglos/",
        "/pl/melden",
        "/ro/raporteaza/",
        "/ro/raporteaz\u0103/",
        "/ro/raporteaza\u0306/",
        "/uk/povidomyty/",
        "/uk/%D0%BF%D0%BE%D0%B2%D1%96%D0%B4%D0%BE%D0%BC%D0%B8%D1%82%D0%B8/",
        "/de/melden/",
        "/de/report",
        "/bg/melden/",
        "/tr/report/?x=1",
        "https://weerbaar.example/lt/melden",
        "tel:08007000",
        "TEL:112",
        "https://www.meldmisdaadanoniem.nl/melden",
        "http://meldmisdaadanoniem.nl",
        "www.meldmisdaadanoniem.nl/",
        "meldmisdaadanoniem.nl",
    ],
)
def test_every_way_to_write_the_reporting_page_is_recognised(address):
    assert is_reporting(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/nl/",
        "/nl/modules/",
        "/nl/meldenx/",
        "/nl/campagnes/melden-helpt/",
        "/en/reports/",
        "/beheer/reports/",
        "/pl/zgloszenia/",
        "/api/report/",
        "https://weerbaar.example/nl/campagnes/jouw-pas/",
        "https://example.org/?terug=/nl/modules/",
        "https://notmeldmisdaadanoniem.nl/",
        "https://meldmisdaadanoniem.nl.example.org/",
        "mailto:iemand@example.org",
    ],
)
def test_other_addresses_are_not_taken_for_it(address):
    assert not is_reporting(address)


def test_every_offered_language_has_one_address(settings):
    assert {language: language_of(path) for language, path in REPORTING_PATHS.items()} == {
        language: language for language in settings.OFFERED_LANGUAGES
    }


@pytest.mark.parametrize("word", ["melden", "report", "zglos", "raporteaza", "povidomyty"])
def test_every_word_in_every_language_of_the_platform_leads_to_an_offered_one(settings, word):
    for language, _name in settings.LANGUAGES:
        wanted = language if language in settings.OFFERED_LANGUAGES else "en"
        assert language_of(f"/{language}/{word}/") == wanted


def test_the_link_in_every_page_is_the_address_itself(settings):
    for language in settings.OFFERED_LANGUAGES:
        with translation.override(language):
            assert render_to_string("components/reporting_url.html") == REPORTING_PATHS[language]


def test_the_proxy_writes_down_no_word_of_any_language():
    """Each line of the map is a quoted pattern with a 0 behind it; nginx and Python read these patterns alike."""
    conf = (Path(__file__).parent.parent.parent.parent / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    block = conf.split("$weerbaar_log_it {")[1].split("}")[0]
    silent = [
        re.compile(pattern.lstrip("~*"), re.IGNORECASE if pattern.startswith("~*") else 0)
        for pattern in re.findall(r'"(~[^"]+)"\s+0;', block)
    ]
    location = re.compile(conf.split('location ~* "')[1].split('"')[0], re.IGNORECASE)
    for address in NEARLY:
        path = unquote(urlsplit(address).path)
        assert any(pattern.search(f"{path} {address}") for pattern in silent), address
        assert location.search(path), address
    assert not any(pattern.search("/nl/modules/ /nl/modules/") for pattern in silent)
