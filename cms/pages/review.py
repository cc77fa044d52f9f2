"""Which pages somebody must look at: their day has passed, they name no source, or something in them is still to be
checked."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

#: How a source says that an editor must still check it, in the languages sources are written in.
TO_CHECK = ("te controleren", "to be checked")


class Reason(models.TextChoices):
    """Why a page is in the list."""

    PASSED = "passed", _("the day to check it again has passed")
    UNCHECKED = "unchecked", _("its source says that something must still be checked")
    NO_SOURCE = "no-source", _("it names no source")
    TRANSLATION = "translation", _("a translator must still check it")


def due(on: date, reason: str = "") -> QuerySet[Page]:
    """The pages of every type with something to check on this day, for one reason or for any."""
    found = Q(pk__in=[])
    for model in _models():
        rule = _rule(model, on, reason)
        if rule:
            found |= Q(pk__in=model._default_manager.filter(rule).values("pk"))
    return Page.objects.filter(found)


def reasons(page: Any, on: date) -> list[str]:
    """What must be checked on this page (given as its own type), in words."""
    source = getattr(page, "source", None)
    review_on = getattr(page, "review_on", None)
    found = {
        Reason.PASSED: review_on is not None and review_on < on,
        Reason.UNCHECKED: source is not None and any(words in source.lower() for words in TO_CHECK),
        Reason.NO_SOURCE: source == "",
        Reason.TRANSLATION: getattr(page, "translation_to_check", False),
    }
    return [str(reason.label) for reason, holds in found.items() if holds]


def _models() -> list[type[Any]]:
    """Every type of page, of any room, that keeps a source or a day to check it again."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and (_has(model, "source") or _has(model, "review_on"))
    ]


def _has(model: type[Any], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _rule(model: type[Any], on: date, reason: str) -> Q:
    rules = {
        Reason.PASSED: Q(review_on__lt=on) if _has(model, "review_on") else Q(),
        Reason.TRANSLATION: Q(translation_to_check=True) if _has(model, "translation_to_check") else Q(),
    }
    if _has(model, "source"):
        rules[Reason.NO_SOURCE] = Q(source="")
        rules[Reason.UNCHECKED] = Q(source__icontains=TO_CHECK[0]) | Q(source__icontains=TO_CHECK[1])
    wanted = Q()
    for name, rule in rules.items():
        if rule and reason in ("", name):
            wanted |= rule
    return wanted
