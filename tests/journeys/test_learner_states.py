"""Every state of a learner's pages and of a certificate's public page, in a real browser: axe finds nothing
and nothing hangs out sideways, at the narrowest screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from learning.records.models import Certificate
from tests.conftest import make_user, signed_in
from tests.factories.modules import make_edition
from tests.factories.records import certificate_of, fill, make_attempt, make_failed, make_passed, right
from tests.journeys.conftest import assert_accessible

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def learner(db):
    return make_user("sam@example.org", "Sam", "de Vries")


def test_every_state_of_the_quiz_is_accessible_at_320_pixels(open_context, live_server, learner):
    open_one = make_attempt(learner, make_edition(audience="chauffeurs"))
    for item in open_one.drawn[:3]:
        open_one.answer(item["question"], right(open_one.edition, item["question"]))
    fill(make_attempt(learner, make_edition(audience="kwekers")))
    passed = fill(make_attempt(learner, make_edition()), mistakes=1).submit(timezone.now())
    failed = make_failed(learner, make_edition(audience="ambtenaren", cooldown_minutes=30))
    context = open_context(NARROW, language="en")
    session = signed_in(learner).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    for address in (
        "/en/mijn/",
        "/en/mijn/toets/chauffeurs-en/",
        "/en/mijn/toets/chauffeurs-en/vraag/?nr=1",
        "/en/mijn/toets/chauffeurs-en/vraag/?nr=5",
        "/en/mijn/toets/kwekers-en/vraag/",
        "/en/mijn/toets/ambtenaren-en/",
        f"/en/mijn/uitslag/{passed.pk}/",
        f"/en/mijn/uitslag/{failed.pk}/",
    ):
        page.goto(address)
        assert_accessible(page)
    page.goto("/en/mijn/toets/chauffeurs-en/vraag/")
    page.get_by_role("button", name="Next question").click()
    assert page.get_by_role("alert").inner_text() == "Choose an answer first."
    assert_accessible(page)


def test_every_state_of_a_certificate_is_accessible_at_320_pixels(open_context, learner):
    valid = certificate_of(make_passed(learner, make_edition()))
    expired = certificate_of(make_passed(learner, make_edition(audience="kwekers"), datetime(2020, 1, 1, tzinfo=UTC)))
    revoked = certificate_of(make_passed(learner, make_edition(audience="ambtenaren")))
    Certificate.objects.get(pk=revoked.pk).revoke(timezone.now(), "test", None)
    context = open_context(NARROW, language="en")
    page = context.new_page()
    for address in ("/c/", "/c/?code=", "/c/unknown", *(f"/c/{item.code}" for item in (expired, revoked, valid))):
        page.goto(address)
        assert_accessible(page)
    for name, title in (("Sam de Vries", "This certificate is valid"), ("Sil Vos", "We cannot confirm this")):
        page.goto(f"/c/{valid.code}")
        page.get_by_label("Name of the holder").fill(name)
        page.get_by_role("button", name="Check the name").click()
        assert page.get_by_role("heading", level=1).inner_text() == title
        assert_accessible(page)
    assert context.cookies() == []
