"""Addresses under /en/, whatever language the request before left behind."""

from typing import Any

from django.urls import reverse as django_reverse
from django.utils import translation


def reverse(*args: Any, **kwargs: Any) -> str:
    with translation.override("en"):
        return django_reverse(*args, **kwargs)
