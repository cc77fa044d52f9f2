"""Areas, each by the translation key of its page: which take requests, what they are called, who edits them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page

from cms.accounts.models import User
from cms.pages.models import RegionPage

#: The language of areas that have no page in the reader's own.
FALLBACK = "nl"


def taking_requests(language: str) -> list[RegionPage]:
    """The areas where an account can be asked for, each in this language or else in Dutch. One query."""
    pages = RegionPage.objects.live().public().filter(locale__language_code__in={language, FALLBACK})
    by_key: dict[UUID, RegionPage] = {}
    for page in pages.select_related("locale").order_by("path"):
        if page.translation_key not in by_key or page.locale.language_code == language:
            by_key[page.translation_key] = page
    return [page for page in by_key.values() if page.takes_requests]


def taking_requests_at(slug: str, language: str) -> RegionPage | None:
    """The area of this slug among `taking_requests`."""
    return next((page for page in taking_requests(language) if page.slug == slug), None)


def pages_of(keys: Iterable[UUID], language: str) -> dict[UUID, RegionPage]:
    """The page of each area: live in this language if there is one, else live in Dutch, else any. One query."""
    found: dict[UUID, RegionPage] = {}
    pages = RegionPage.objects.filter(translation_key__in=set(keys)).select_related("locale")
    rank = {language: 2, FALLBACK: 1}
    for page in sorted(pages, key=lambda page: (page.live, rank.get(page.locale.language_code, 0))):
        found[page.translation_key] = page
    return found


def page_of(key: UUID, language: str) -> RegionPage | None:
    """The page of one area, as `pages_of` chooses it."""
    return pages_of([key], language).get(key)


def name_of(key: UUID, language: str) -> str:
    """The area's name in this language; empty when its page is gone."""
    page = page_of(key, language)
    return page.title if page else ""


def edited_by(user: User | AnonymousUser | Any) -> frozenset[UUID] | None:
    """The areas whose pages this user may change in whichever language; None stands for all of them, an
    administrator's. Who may only add pages, or publish what others wrote, edits no area."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    if user.is_superuser:
        return None
    granted = GroupPagePermission.objects.filter(
        group__user=user, permission__content_type__app_label="wagtailcore", permission__codename="change_page"
    )
    below = Q(pk__in=[])
    for path in granted.values_list("page__path", flat=True):
        below |= Q(path__startswith=path)
    return frozenset(RegionPage.objects.filter(below).values_list("translation_key", flat=True))


def edits(user: User | AnonymousUser | Any, area: UUID | None) -> bool:
    """Whether this user edits this area."""
    areas = edited_by(user)
    return areas is None or (area is not None and area in areas)


def editors_of(area: UUID) -> "QuerySet[User]":
    """Who may judge requests for this area: the people of the groups that may change its pages and use the CMS;
    administrators where no group may."""
    paths = RegionPage.objects.filter(translation_key=area).values_list("path", flat=True)
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path) + 1, Page.steplen)}
    people = User.objects.filter(is_active=True, email__isnull=False)
    named = people.filter(
        groups__page_permissions__page__path__in=above,
        groups__page_permissions__permission__codename="change_page",
    ).filter(groups__permissions__codename="access_admin")
    return (named if named.exists() else people.filter(is_superuser=True)).distinct().order_by("pk")


def area_of(page: Page) -> UUID | None:
    """The area that this page stands below."""
    above = RegionPage.objects.ancestor_of(page).order_by("-depth")
    found: UUID | None = above.values_list("translation_key", flat=True).first()
    return found
