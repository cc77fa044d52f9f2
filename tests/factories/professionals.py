"""An area with an editor, somebody who asked for an account there, access, and what is restricted to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Site

from cms.accounts.models import User
from cms.pages.models import HomePage, RegionIndexPage, RegionPage
from cms.professionals import asking, files, judging
from cms.professionals.models import Access, AccountRequest, RestrictedDocument, RestrictedPage
from tests.conftest import make_user

PDF = b"%PDF-1.7\nsecret of the quay\n%%EOF\n"
ENTERED = {
    "first_name": "Paula",
    "last_name": "Poort",
    "organisation": "Havenpolitie",
    "role": "Agent",
    "email": "paula@politie.example",
    "why": "I check containers on the quay.",
}


def make_home(language: str = "nl") -> HomePage:
    """The home page of a language; the Dutch one is the root of the site."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    if Collection.get_first_root_node() is None:  # a test with real transactions empties what migrations made
        Collection.add_root(name="Root")
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
        # one key: the site's home page is looked up in the language of the address
        known = HomePage.objects.first()
        key = {"translation_key": known.translation_key} if known else {}
        home = HomePage(
            title=f"Home {language}",
            slug=f"pro-{language}",
            locale=locale,
            hero_title="x",
            hero_text="x",
            report_heading="x",
            **key,
        )
        root.add_child(instance=home)
        if known is None:
            Site.objects.all().delete()
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def make_area(title: str = "Haven Noord", language: str = "nl", **fields: Any) -> RegionPage:
    """An area that takes requests, below the list of areas of this language."""
    home = make_home(language)
    index = RegionIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        index = home.add_child(
            instance=RegionIndexPage(title="Regio's", slug="regios", intro="intro", locale=home.locale)
        )
    values = {
        "slug": title.lower().replace(" ", "-"),
        "kind": "port",
        "summary": "summary",
        "intro": "intro",
        "takes_requests": True,
        "answer_days": 5,
        **fields,
    }
    area: RegionPage = index.add_child(instance=RegionPage(title=title, locale=home.locale, **values))
    return area


def make_editor(area: RegionPage, email: str = "editor@haven.example") -> User:
    """An editor of this area's own tree, and of nothing else."""
    group = Group.objects.create(name=f"Editors of {email}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for act in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=act)
        GroupPagePermission.objects.create(group=group, page=area, permission=permission)
    user = make_user(email, "Edo", "Redacteur")
    user.groups.add(group)
    return user


def make_request(area: RegionPage, *, confirmed: bool = True, at: Any = None, **entered: Any) -> AccountRequest:
    """A request, in the queue unless told otherwise; made by the same verbs as the screens call."""
    at = at or timezone.now()
    with translation.override("en"):
        values = {**ENTERED, **entered}
        request = asking.ask(area, values, f"192.0.2.{AccountRequest.objects.count() % 250}", at)
        return asking.confirm(request, at) if confirmed else request


def make_access(area: RegionPage, user: User, editor: User | None = None, *, days: int = 200, at: Any = None) -> Access:
    """Current access of this user, opened."""
    at = at or timezone.now()
    request = make_request(area, at=at, email=str(user.email), first_name=user.first_name, last_name=user.last_name)
    judge = (
        editor or User.objects.filter(is_superuser=True).first() or make_user(f"judge-{request.pk}@x.example", "J", "J")
    )
    access = judging.approve(request, timezone.localdate(at) + timedelta(days=days), judge, at)
    Access.objects.filter(pk=access.pk).update(user=user, opened_at=at)
    access.refresh_from_db()
    return access


def make_page(area: RegionPage, title: str = "Kanarie besloten", **fields: Any) -> RestrictedPage:
    """A live restricted page below this area."""
    page: RestrictedPage = area.add_child(
        instance=RestrictedPage(
            title=title,
            slug=fields.pop("slug", "besloten"),
            intro="Only for who has access.",
            locale=area.locale,
            **fields,
        )
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_document(area: UUID, editor: User, *, title: str = "Kanarie werkwijze", **entered: Any) -> RestrictedDocument:
    """A restricted document with one version."""
    values = {
        "title": title,
        "source": "Havenpolitie",
        "note": "",
        "page_key": None,
        "number": "1.0",
        "date": date(2026, 11, 1),
        "file": SimpleUploadedFile("geheim.pdf", PDF, "application/pdf"),
        **entered,
    }
    return files.add(area, values, editor, timezone.now())
