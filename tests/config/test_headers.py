"""Headers on every kind of page."""

import pytest
from django.test import Client

from tests.conftest import signed_in

PUBLIC = ["/nl/inloggen/", "/c/", "/livez", "/nl/nothing-here/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_run_no_inline_script_and_load_nothing_from_elsewhere(path):
    policy = Client().get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_is_sniffed_framed_or_told_to_others(path):
    response = Client().get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_the_cms_may_frame_itself_and_nobody_else_may(communicator):
    response = signed_in(communicator, verified=True).get("/beheer/")
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
