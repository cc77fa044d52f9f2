"""Scheduled publishing: pages and snippets go live, and expire, at their time.

Wagtail's `publish_scheduled` dies at the first page that is refused (a module without a translation, a
campaign page without its sign-off) and starves the rest; here each one is tried by itself, again and
again until it succeeds.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import OperationalError, transaction
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

#: One that is refused is logged once in so long, though it is tried every time.
LOG_EVERY = timedelta(hours=1)
_logged: dict[str, datetime] = {}


def publish_due(at: datetime) -> Counter[str]:
    """Takes expired objects down and publishes revisions whose time has come.

    Returns how many were `expired`, `published` and `refused`. Raises `OperationalError` when the database
    fails: the next run goes on where this one stopped.
    """
    outcome: Counter[str] = Counter()
    for model in _expiring_models():
        for pk in list(model.objects.filter(live=True, expire_at__lt=at).order_by("expire_at").values_list("pk")):
            outcome[_try(f"{model._meta.label} {pk[0]}", at, "expired", _expiry(model, pk[0], at))] += 1
    due = Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at")
    for (pk,) in list(due.values_list("pk")):
        outcome[_try(f"revision {pk}", at, "published", _publication(pk, at))] += 1
    return outcome


def _expiring_models() -> list[Any]:
    """Every model that can expire; pages as one, whatever their type."""
    snippets = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *snippets]


def _expiry(model: Any, pk: object, at: datetime) -> Callable[[], None]:
    def act() -> None:
        found = model._default_manager.filter(pk=pk, live=True, expire_at__lt=at).first()
        if found is not None:  # a page goes through the rules of its own type
            target = found.specific if isinstance(found, Page) else found
            target.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")

    return act


def _publication(pk: object, at: datetime) -> Callable[[], None]:
    def act() -> None:
        revision = Revision.objects.filter(pk=pk, approved_go_live_at__lt=at).first()
        if revision is not None:
            revision.publish(log_action="wagtail.publish.scheduled")

    return act


def _try(name: str, at: datetime, done: str, act: Callable[[], None]) -> str:
    """Does one, whole or not at all; `refused` when it raises."""
    try:
        with transaction.atomic():
            act()
    except OperationalError:
        raise
    except Exception as error:  # whoever refuses, and for whatever reason: the others must go
        if at - _logged.get(name, at - LOG_EVERY) >= LOG_EVERY:
            _logged[name] = at
            logger.warning("Scheduled: %s was refused: %s", name, type(error).__name__)
        return "refused"
    _logged.pop(name, None)
    return done
