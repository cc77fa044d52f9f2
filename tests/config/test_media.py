"""Uploaded files: what is served, and how."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


#: An answer 404 looks for a redirect in the database.
pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    folder = Path(settings.MEDIA_ROOT)

    def write(name: str, content: bytes) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return write


def test_a_scripted_svg_can_not_run(client, stored):
    stored("images/evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    response = client.get("/media/images/evil.svg")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_other_folders_are_not_served(client, stored):
    stored("uploads/staff.csv", b"name")
    assert client.get("/media/uploads/staff.csv").status_code == 404


@pytest.mark.parametrize("path", ["images/../uploads/staff.csv", "images/..%2fuploads/staff.csv", "images/%2e%2e/x"])
def test_no_path_leads_out_of_the_folder(client, stored, path):
    stored("uploads/staff.csv", b"name")
    assert client.get(f"/media/{path}").status_code == 404
