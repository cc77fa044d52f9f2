"""What rooms above this one show on its pages. They register at start-up; nothing is imported upwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Door:
    """One of the doors on the home page: an audience and its module."""

    audience: str
    title: str
    say: str
    url: str
    lessons: int
    minutes: int
    drawing: str


@dataclass(frozen=True)
class CampaignTeaser:
    """The latest campaign, for the home page."""

    url: str
    slogan: str
    lead: str
    audience: str
    drawing: str


def _all_live(language: str) -> Q:
    return Q()


@dataclass(frozen=True)
class PageKind:
    """A kind of page that visitors search for. What is in no kind is never found and not in the sitemap.

    `models` are names such as `pages.NewsPage`; `shown(language)` says which of their live pages the public sees.
    """

    key: str
    label: Any
    models: tuple[str, ...]
    shown: Callable[[str], Q] = _all_live


_doors: list[Callable[[str], list[Door]]] = []
_kinds: dict[str, PageKind] = {}
_campaigns: list[Callable[[str], CampaignTeaser | None]] = []
_account_requests: list[Callable[[Any, str], str | None]] = []


def register_doors(provider: Callable[[str], list[Door]]) -> None:
    """From now on the home page asks `provider(language)` for its doors, in the order they are shown.
    Registering the same provider twice changes nothing."""
    if provider not in _doors:
        _doors.append(provider)


def register_latest_campaign(provider: Callable[[str], CampaignTeaser | None]) -> None:
    """From now on the home page asks `provider(language)` for a campaign; the first one found is shown."""
    if provider not in _campaigns:
        _campaigns.append(provider)


def register_account_requests(provider: Callable[[Any, str], str | None]) -> None:
    """From now on the page of an area that takes requests asks `provider(area, language)` where safety
    professionals can ask for an account; None where they can't."""
    if provider not in _account_requests:
        _account_requests.append(provider)


def register_kind(kind: PageKind) -> None:
    """From now on pages of this kind are found by visitors. One kind has one key; the last one counts."""
    _kinds[kind.key] = kind


def kinds() -> list[PageKind]:
    """All kinds of page, in the order in which they were registered: the lower rooms' first."""
    return list(_kinds.values())


def doors(language: str) -> list[Door]:
    """All doors in this language; empty while nobody registered any."""
    return [door for provider in _doors for door in provider(language)]


def latest_campaign(language: str) -> CampaignTeaser | None:
    """The campaign to show in this language, or None."""
    return next((teaser for provider in _campaigns if (teaser := provider(language))), None)


def account_request(area: Any, language: str) -> str | None:
    """Where to ask for an account in this area, or None."""
    return next((url for provider in _account_requests if (url := provider(area, language))), None)
