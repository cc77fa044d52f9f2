"""Which language a page is in, and what happens to addresses without one."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/c/NOSUCHCODE12", "/nothing/", "/q"])
def test_what_does_not_exist_is_a_404_where_it_was_asked(path):
    response = Client(headers={"accept-language": "en"}).get(path)
    assert response.status_code == 404


@pytest.mark.django_db
def test_a_card_that_is_gone_says_so_under_its_own_address():
    assert Client(headers={"accept-language": "en"}).get("/start/NOSUCHCODE12").status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_printed_address_speaks_the_browsers_language(language):
    response = Client(headers={"accept-language": language}).get("/c/")
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/start/a%00b", "/c/a%00b", "/q/a%00b", "/nl/modules/a%00b/", "/nl/%00/"])
def test_a_nul_byte_breaks_nothing(path):
    assert Client().get(path).status_code in (302, 404, 410)
