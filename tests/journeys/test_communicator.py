"""The communicator: from the plan to a published page and a counted QR, in the CMS and outside it."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.users.models import UserProfile

from campaigns.plans.models import CommunicationPlan, Means
from campaigns.publishing.models import CampaignIndexPage, CampaignPage, ShortLink, ShortLinkWeek
from tests.conftest import make_user
from tests.journeys import content
from tests.journeys.conftest import DESK, PHONE, assert_accessible, picture

#: The CMS may have made these buttons in either language.
CHOOSE_MEANS = re.compile("(Choose|Kies) (means|middel)", re.IGNORECASE)
CHOOSE_PAGE = re.compile("(Choose a page|Kies een pagina)")

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def coen(transactional_db):
    """A communicator with an authenticator app, in an English CMS."""
    content.load_everything()
    user = make_user("communicator@example.org", "Coen", "Dekker", is_staff=True, is_superuser=True)
    TOTPDevice.objects.create(user=user, name="phone", key=KEY, confirmed=True)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    return user


def sign_in(page):
    """By the CMS's own door: password, then the code."""
    page.goto("/beheer/")
    assert "/inloggen/" in page.url
    page.fill("#password input[name=email]", "communicator@example.org")
    page.fill("#password input[name=password]", "correct horse battery")
    page.locator("#password button[type=submit]").click()
    page.fill("input[name=code]", content.code_now(bytes.fromhex(KEY)))
    page.locator("form:has([name=code]) button[type=submit]").click()
    page.wait_for_url("**/beheer/**")


def approve_the_plan(page):
    plan = CommunicationPlan.objects.get(key="nzkg-mma")
    page.goto(f"/beheer/plans/{plan.pk}/")
    picture(page, "communicator-1-plan")
    page.get_by_role("button", name="Approve the plan").click()
    page.wait_for_load_state()
    assert CommunicationPlan.objects.get(pk=plan.pk).state == CommunicationPlan.State.APPROVED
    return plan


def make_a_page(page, means):
    """A new campaign page in Dutch, belonging to a means, published with the CMS's own buttons."""
    index = CampaignIndexPage.objects.get(locale__language_code="nl")
    page.goto(f"/beheer/pages/add/publishing/campaignpage/{index.pk}/")
    page.fill("#id_title", "Te mooi bod? Zeg nee.")
    page.get_by_role("button", name=CHOOSE_MEANS).first.click()
    page.locator(".modal-body").get_by_role("link", name=means.title).first.click()
    page.locator(".modal-body").wait_for(state="hidden")
    page.select_option("#id_audience", "kwekers")
    page.fill("#id_slogan", "Te mooi bod? Zeg nee.")
    page.fill("#id_lead", "Criminelen zoeken een schuur of kas. Ze bieden veel te veel geld.")
    page.fill("#id_source", "rijnmond.nl/nieuws/175145; te controleren door een redacteur")
    picture(page, "communicator-2-edit")
    _publish(page)
    return CampaignPage.objects.get(slogan="Te mooi bod? Zeg nee.")


def _publish(page):
    """Publishing stands behind the arrow next to “Save draft”."""
    footer = page.locator("footer")
    button = footer.get_by_role("button", name="Publish")
    if not button.first.is_visible():
        footer.locator("[data-w-dropdown-target='toggle']").first.click()
    button.first.click()
    page.wait_for_load_state()


def make_a_short_link(page, campaign):
    page.goto("/beheer/snippets/publishing/shortlink/add/")
    page.fill("#id_placement", "Poster in de kantine van de veiling")
    page.get_by_role("button", name=CHOOSE_MEANS).first.click()
    page.locator(".modal-body").get_by_role("link", name=campaign.means.title).first.click()
    page.locator(".modal-body").wait_for(state="hidden")
    page.get_by_role("button", name=CHOOSE_PAGE).first.click()
    body = page.locator(".modal-body")
    body.wait_for()
    body.locator("input[name=q]").fill("Te mooi bod")
    body.get_by_role("link", name="Te mooi bod? Zeg nee.").first.click()
    body.wait_for(state="hidden")
    page.locator("footer button[type=submit]").first.click()
    page.wait_for_load_state()
    return ShortLink.objects.get(placement="Poster in de kantine van de veiling")


def test_from_plan_to_published_page_and_counted_qr(coen, open_context):
    desk = open_context(DESK, language="en-GB")
    page = desk.new_page()
    sign_in(page)
    plan = approve_the_plan(page)
    means = Means.objects.create(
        plan=plan,
        title="Campagnepagina sierteelt",
        channel=Means.Channel.PAGE,
        planned_start=timezone.localdate(),
        planned_end=plan.ends_on,
    )
    campaign = make_a_page(page, means)
    assert campaign.live
    means.refresh_from_db()
    assert (means.state, means.actual_start) == (Means.State.LIVE, timezone.localdate())

    call_command("work", batch=True)  # the CMS searches what the worker has indexed
    link = make_a_short_link(page, campaign)
    page.goto(f"/beheer/short-links/{link.pk}/")
    picture(page, "communicator-3-short-link")
    png = desk.request.get(f"/beheer/short-links/{link.pk}/qr.png").body()
    printed = urlsplit(content.qr_text(png))
    assert printed.path == f"/q/{link.code}"

    for javascript in (True, False):
        phone = open_context(PHONE, javascript=javascript).new_page()
        phone.goto(printed.path)
        assert urlsplit(phone.url).path == campaign.get_url()
        assert phone.get_by_role("heading", level=1).inner_text() == "Te mooi bod? Zeg nee."
        assert phone.context.cookies() == []
        if javascript:
            assert_accessible(phone)
            picture(phone, "communicator-4-page")
    year, week, _day = timezone.localdate().isocalendar()
    counted = ShortLinkWeek.objects.values_list("link", "iso_year", "iso_week", "count")
    assert list(counted) == [(link.pk, year, week, 2)]


def test_a_campaign_starts_and_ends_by_the_clock_and_its_code_lives_on(coen, open_context):
    page = CampaignPage.objects.get(locale__language_code="nl")
    link = ShortLink.objects.get(page=page)
    phone = open_context(PHONE).new_page()
    phone.goto(f"/q/{link.code}")
    assert urlsplit(phone.url).path == page.get_url()
    CampaignPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    call_command("work", once=True)
    phone.goto(f"/q/{link.code}")
    assert urlsplit(phone.url).path == "/nl/melden/"
    assert phone.goto(page.get_url()).status == 404
    assert sum(ShortLinkWeek.objects.values_list("count", flat=True)) == 1


def test_public_pages_of_the_communicator_are_accessible_in_both_languages(coen, open_context):
    page = open_context(PHONE).new_page()
    for address in ("/nl/", "/en/", "/nl/campagnes/", "/en/campagnes/", "/nl/melden/", "/en/report/", "/nl/modules/"):
        page.goto(address)
        assert_accessible(page)
        picture(page, "public" + address.strip("/").replace("/", "-"))
    for campaign in CampaignPage.objects.live():
        page.goto(campaign.get_url())
        assert_accessible(page)
