"""What is restricted to an area: who gets it, who can't tell that it is there, and where it is never named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.accounts.models import AuditEvent
from cms.professionals import access as accesses
from cms.professionals import files
from cms.professionals.models import Access, DocumentVersion, RestrictedDocument, RestrictedPage
from tests.conftest import make_user, signed_in
from tests.factories import employers
from tests.factories import professionals as make

STRANGERS = ("anonymous", "learner", "manager", "elsewhere", "other_editor", "ended", "expired")


@pytest.fixture
def secret(area, editor, paula):
    """A page and a document, and Paula who may read them."""
    page = make.make_page(area)
    document = make.make_document(area.translation_key, editor, page_key=page.translation_key)
    make.make_access(area, paula, editor)
    return {"page": page, "document": document, "version": document.versions.get()}


def addresses(secret):
    return [page_url(secret), document_url(secret)]


def page_url(secret):
    return secret["page"].get_url()


def document_url(secret):
    return f"/nl/professionals/documenten/{secret['version'].public_id}/"


@pytest.fixture
def browser_of(area, elsewhere, editor, other_editor, sam, manager_user):
    def browser(who: str) -> Client:
        if who == "anonymous":
            return Client()
        if who == "other_editor":
            return signed_in(other_editor, verified=True)
        if who == "manager":
            employers.make_organisation("Kadewerk", manager_user)
            return signed_in(manager_user, verified=True)
        if who == "learner":
            return signed_in(sam, verified=True)
        user = make_user(f"{who}@elders.example", "Els", "Ders")
        access = make.make_access(elsewhere if who == "elsewhere" else area, user, editor)
        if who == "ended":
            accesses.end(access, Access.Why.EDITOR, editor, timezone.now())
        if who == "expired":
            Access.objects.filter(pk=access.pk).update(until=timezone.localdate() - timedelta(days=1))
        return signed_in(user, verified=True)

    return browser


def test_a_professional_reads_the_page_and_gets_the_document(secret, paula):
    browser = signed_in(paula, verified=True)
    page = browser.get(page_url(secret))
    assert page.status_code == 200
    assert "Kanarie besloten" in page.content.decode()
    assert document_url(secret) in page.content.decode()
    file = browser.get(document_url(secret))
    assert file.status_code == 200
    assert b"".join(file.streaming_content) == make.PDF


def test_the_areas_editor_reads_them_too(secret, editor):
    browser = signed_in(editor, verified=True)
    assert [browser.get(address).status_code for address in addresses(secret)] == [200, 200]


@pytest.mark.parametrize("who", STRANGERS)
def test_everybody_else_gets_what_an_address_that_is_not_there_gets(secret, browser_of, who):
    browser = browser_of(who)
    nowhere = [
        "/nl/regios/haven-noord/bestaat-niet/",
        "/nl/professionals/documenten/00000000-0000-4000-8000-000000000000/",
    ]
    for address, missing in zip(addresses(secret), nowhere, strict=True):
        for method in ("get", "head", "post"):
            theirs, nobodys = getattr(browser, method)(address), getattr(browser, method)(missing)
            assert theirs.status_code == nobodys.status_code
            assert theirs.status_code in {404, 405}
            assert dict(theirs.headers) == dict(nobodys.headers)
            shown, expected = (
                each.content.decode().replace(path, "") for each, path in ((theirs, address), (nobodys, missing))
            )
            assert shown == expected
            assert theirs.cookies.output() == nobodys.cookies.output()


def test_a_session_that_is_no_session_learns_nothing_either(secret):
    browser = Client()
    seen = []
    for address in (page_url(secret), "/nl/regios/haven-noord/bestaat-niet/"):
        browser.cookies.load({"sessionid": "0123456789abcdef0123456789abcdef"})
        answer = browser.get(address)
        seen.append((answer.status_code, dict(answer.headers), answer.cookies.output()))
    assert seen[0] == seen[1]


def test_without_the_second_factor_the_way_leads_there_first(secret, paula):
    browser = signed_in(paula)
    for address in (*addresses(secret), "/nl/professionals/mijn/"):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/nl/account/tweede-stap/?next=")
    assert "Kanarie" not in browser.get("/nl/professionals/mijn/").content.decode()


@pytest.mark.parametrize("how", ["editor", "person", "day", "account"])
def test_ended_access_is_closed_at_the_next_request(secret, paula, editor, how):
    browser = signed_in(paula, verified=True)
    assert browser.get(page_url(secret)).status_code == 200
    access = Access.objects.get(user=paula)
    if how == "editor":
        signed_in(editor, verified=True).post(reverse("professionals_end", args=[access.public_id]))
    elif how == "person":
        browser.post(f"/nl/professionals/mijn/{access.public_id}/beeindigen/")
    elif how == "day":
        Access.objects.update(until=timezone.localdate() - timedelta(days=1))
    else:
        type(paula).objects.filter(pk=paula.pk).update(is_active=False)
    assert [browser.get(address).status_code for address in addresses(secret)] == [404, 404]
    assert "Kanarie" not in browser.get("/nl/professionals/mijn/").content.decode()


def test_an_editor_who_loses_the_area_loses_its_pages(secret, editor):
    browser = signed_in(editor, verified=True)
    editor.groups.clear()
    assert [browser.get(address).status_code for address in addresses(secret)] == [404, 404]


def test_no_browser_and_no_proxy_keeps_a_copy(secret, paula):
    browser = signed_in(paula, verified=True)
    for address in (*addresses(secret), "/nl/professionals/mijn/"):
        kept = browser.get(address).headers["Cache-Control"]
        assert {"private", "no-store"} <= {part.strip() for part in kept.split(",")}
    for address in addresses(secret):
        assert Client().get(address).status_code == 404, "nothing was kept for others"


def test_the_document_comes_as_a_download_that_cannot_run(secret, paula):
    headers = signed_in(paula, verified=True).get(document_url(secret)).headers
    assert headers["Content-Disposition"] == 'attachment; filename="kanarie-werkwijze-10.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/pdf"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_the_file_has_no_public_address(secret, media, settings):
    name = secret["version"].file.name
    assert name.startswith("restricted/")
    assert (media / name).read_bytes() == make.PDF
    browser = Client()
    for address in (f"/media/{name}", f"/media/images/../{name}", f"/media/images/%2e%2e/{name}", f"/documents/{name}"):
        assert browser.get(address).status_code == 404, address
    for pk in (secret["version"].pk, secret["document"].pk):
        assert browser.get(f"/documents/{pk}/document.pdf").status_code == 404


def test_two_files_never_share_a_name_that_can_be_guessed(secret, area, editor):
    second = make.make_document(area.translation_key, editor, title="Second").versions.get().file.name
    first = secret["version"].file.name
    assert first != second
    assert len(first.split("/")[1]) >= 32


def test_another_store_is_read_through_us_and_never_pointed_at(secret, paula, monkeypatch):
    class Bucket(InMemoryStorage):
        def url(self, name):
            raise AssertionError("the store's own address is used nowhere")

    bucket = Bucket(location="/bucket")
    version = secret["version"]
    bucket.save(version.file.name, ContentFile(make.PDF))
    monkeypatch.setattr(DocumentVersion._meta.get_field("file"), "storage", bucket)
    answer = signed_in(paula, verified=True).get(document_url(secret))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == make.PDF
    page = signed_in(paula, verified=True).get("/nl/professionals/mijn/")
    assert version.file.name not in page.content.decode()


PUBLIC = (
    "/nl/",
    "/nl/regios/",
    "/nl/regios/haven-noord/",
    "/sitemap.xml",
    "/nl/zoeken/?q=Kanarie",
    "/nl/professionals/",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_public_names_it(secret, paula, address):
    for browser in (Client(), signed_in(paula, verified=True)):
        shown = browser.get(address).content.decode()
        assert "Kanarie besloten" not in shown
        assert "Kanarie werkwijze" not in shown
        assert "besloten/" not in shown


def test_no_public_query_finds_it(secret):
    assert not Page.objects.live().public().filter(pk=secret["page"].pk).exists()
    assert Page.objects.live().filter(pk=secret["page"].pk).exists()


def test_the_restriction_comes_back_with_every_save_and_stays_when_nothing_changes(secret):
    page = secret["page"]
    PageViewRestriction.objects.all().delete()
    page.save_revision().publish()
    page.save()
    assert PageViewRestriction.objects.filter(page=page).count() == 1


def test_without_its_restriction_it_is_still_refused(secret):
    PageViewRestriction.objects.all().delete()
    assert Client().get(page_url(secret)).status_code == 404


def test_no_editor_lifts_the_restriction_by_the_privacy_button(secret, communicator):
    page = secret["page"]
    browser = signed_in(communicator, verified=True)
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert browser.post(address, {"restriction_type": "none"}).status_code in {302, 403}
    assert PageViewRestriction.objects.filter(page=page).exists()


def test_a_translation_a_copy_and_an_alias_are_restricted_too(secret, elsewhere, communicator):
    page = secret["page"]
    copied = page.copy(to=elsewhere, update_attrs={"slug": "kopie"})
    alias = page.create_alias(parent=elsewhere, update_slug="alias")
    for other in (copied, alias):
        assert PageViewRestriction.objects.filter(page_id=other.pk).exists()
        assert other.specific.area == elsewhere.translation_key
        assert Client().get(other.get_url()).status_code == 404


def test_a_page_that_moves_to_another_area_is_that_areas(secret, elsewhere, paula):
    page = secret["page"]
    page.move(elsewhere, pos="last-child")
    page = RestrictedPage.objects.get(pk=page.pk)
    assert page.area == elsewhere.translation_key
    assert signed_in(paula, verified=True).get(page.get_url()).status_code == 404
    theirs = make_user("zuid@politie.example", "Z", "Uid")
    make.make_access(elsewhere, theirs)
    shown = signed_in(theirs, verified=True).get(page.get_url())
    assert shown.status_code == 200
    assert "Kanarie werkwijze" not in shown.content.decode(), "its documents stay in the area they are of"
    assert not Page.objects.public().filter(pk=page.pk).exists()


@pytest.mark.parametrize("what", ["page", "area"])
def test_its_old_address_does_not_tell_where_it_went(secret, area, what, django_capture_on_commit_callbacks, client):
    page, before = secret["page"], secret["page"].get_url()
    moved = page if what == "page" else area
    with django_capture_on_commit_callbacks(execute=True):
        moved.slug = "nieuwe-plek"
        moved.save_revision().publish()
    after = RestrictedPage.objects.get(pk=page.pk).get_url()
    assert after != before
    assert [client.get(address).status_code for address in (before, after)] == [404, 404]
    assert not Redirect.objects.filter(redirect_page=page).exists()
    assert Redirect.objects.exists() == (what == "area"), "a public page that moved still leads on"


def test_it_stands_below_an_area_and_nowhere_else(area):
    assert RestrictedPage.allowed_parent_page_models() == [type(area)]
    assert RestrictedPage.allowed_subpage_models() == []


def test_a_restricted_page_holds_no_pictures_since_those_are_public(secret):
    assert set(RestrictedPage._meta.get_field("body").stream_block.child_blocks) == {"text", "callout", "signals"}


def test_an_english_page_is_for_the_same_professionals(secret, area, paula):
    english = make.make_area("North harbour", "en", translation_key=area.translation_key)
    page = make.make_page(english, "Canary closed", slug="closed")
    assert signed_in(paula, verified=True).get(page.get_url()).status_code == 200
    assert Client().get(page.get_url()).status_code == 404


def test_mine_lists_pages_and_every_version_at_a_constant_cost(secret, area, editor, paula, django_assert_num_queries):
    browser = signed_in(paula, verified=True)
    browser.get("/nl/professionals/mijn/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/nl/professionals/mijn/")
    for number in range(4):
        make.make_page(area, f"Kanarie {number}", slug=f"k{number}")
        make.make_document(area.translation_key, editor, title=f"Kanarie document {number}")
    newer = {
        "number": "2.0",
        "date": timezone.localdate(),
        "file": SimpleUploadedFile("x.pdf", make.PDF, "application/pdf"),
    }
    files.add_version(secret["document"], newer, editor, timezone.now())
    with django_assert_num_queries(len(few)):
        shown = browser.get("/nl/professionals/mijn/").content.decode()
    assert shown.index("2.0") < shown.rindex("1.0")
    assert "Kanarie 3" in shown
    assert "Kanarie document 3" in shown


@pytest.fixture
def desk(editor):
    return signed_in(editor, verified=True)


def upload(**fields):
    return {
        "title": "Werkwijze",
        "source": "Havenpolitie",
        "note": "",
        "page_key": "",
        "number": "1.0",
        "date": "2026-11-01",
        "file": SimpleUploadedFile("w.pdf", make.PDF, "application/pdf"),
        **fields,
    }


def test_an_editor_adds_a_document_and_versions_to_ones_own_area_only(desk, area, elsewhere):
    add = reverse("professionals_document_add")
    assert desk.post(add, upload(area=str(elsewhere.translation_key))).status_code == 200
    assert not RestrictedDocument.objects.exists()
    assert desk.post(add, upload(area=str(area.translation_key))).status_code == 302
    document = RestrictedDocument.objects.get()
    version = reverse("professionals_document_version", args=[document.public_id])
    again = {"number": "1.0", "date": "2026-11-02", "file": SimpleUploadedFile("w.pdf", make.PDF)}
    assert desk.post(version, again).status_code == 200, "this number is there"
    again = {"number": "1.1", "date": "2026-11-02", "file": SimpleUploadedFile("w.pdf", make.PDF)}
    assert desk.post(version, again).status_code == 302
    assert [each.number for each in document.versions.all()] == ["1.1", "1.0"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a pdf", b"<html>%PDF-1.7", b"%PDF-1.7" + b"0" * (20 * 1024 * 1024)]
)
def test_only_a_pdf_of_at_most_20_mb_is_taken(desk, area, media, content):
    data = upload(area=str(area.translation_key), file=SimpleUploadedFile("w.pdf", content, "application/pdf"))
    answer = desk.post(reverse("professionals_document_add"), data)
    assert answer.status_code == 200
    assert "Werkwijze" in answer.content.decode(), "what was entered stays"
    assert not RestrictedDocument.objects.exists()
    assert not (media / "restricted").exists()


def test_another_areas_editor_gets_404_for_a_document(secret, other_editor):
    browser = signed_in(other_editor, verified=True)
    for name in ("document_version", "document_remove"):
        address = reverse(f"professionals_{name}", args=[secret["document"].public_id])
        assert browser.get(address).status_code == 404
        assert browser.post(address, upload()).status_code == 404
    assert "Kanarie" not in browser.get(reverse("professionals_documents")).content.decode()
    assert DocumentVersion.objects.count() == 1


def test_removing_a_document_removes_its_files(secret, desk, media, django_capture_on_commit_callbacks):
    stored = media / secret["version"].file.name
    address = reverse("professionals_document_remove", args=[secret["document"].public_id])
    assert desk.get(address).status_code == 200
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(address).status_code == 302
    assert not stored.exists()
    assert not RestrictedDocument.objects.exists()


def test_a_download_leaves_no_name_behind(secret, paula, caplog):
    before = AuditEvent.objects.count()
    signed_in(paula, verified=True).get(document_url(secret))
    assert AuditEvent.objects.count() == before
    assert "paula" not in caplog.text.lower()


def test_an_editors_preview_shows_the_page(secret, editor):
    page = secret["page"]
    shown = signed_in(editor, verified=True).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert shown.status_code == 200
    assert "Kanarie besloten" in shown.content.decode()
