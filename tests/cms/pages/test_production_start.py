from cms.pages import starter
from cms.pages.models import ContentPage


def test_production_shows_the_home_page_and_leaves_what_is_unchecked_a_draft(db, reporting_dir, client):
    starter.load(demo=False)
    assert client.get("/nl/").status_code == 200
    assert client.get("/nl/privacy/").status_code == 200
    assert client.get("/nl/contact/").status_code == 404
    assert ContentPage.objects.get(slug="contact", locale__language_code="nl").latest_revision is not None
    assert "20.000" not in client.get("/nl/").content.decode()
