"""What rooms above this one show on its pages. They register at start-up; nothing is imported upwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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


_doors: list[Callable[[str], list[Door]]] = []
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


def doors(language: str) -> list[Door]:
    """All doors in this language; empty while nobody registered any."""
    return [door for provider in _doors for door in provider(language)]


def latest_campaign(language: str) -> CampaignTeaser | None:
    """The campaign to show in this language, or None."""
    return next((teaser for provider in _campaigns if (teaser := provider(language))), None)


def account_request(area: Any, language: str) -> str | None:
    """Where to ask for an account in this area, or None."""
    return next((url for provider in _account_requests if (url := provider(area, language))), None)
