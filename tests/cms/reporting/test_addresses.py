import pytest

from cms.reporting.addresses import REPORTING_PATHS, is_reporting, language_of


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
        "https://weerbaar.example/nl/campagnes/jouw-pas/",
        "https://example.org/?terug=/nl/modules/",
        "https://notmeldmisdaadanoniem.nl/",
        "https://meldmisdaadanoniem.nl.example.org/",
        "mailto:iemand@example.org",
    ],
)
def test_other_addresses_are_not_taken_for_it(address):
    assert not is_reporting(address)


def test_every_language_has_one_address():
    assert {language: language_of(path) for language, path in REPORTING_PATHS.items()} == {"nl": "nl", "en": "en"}
