"""Small things that every page shows, looked up once: kept until an editor changes something, and an hour at
most."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from cms.pages.stamp import stamp

T = TypeVar("T")

#: Nothing remembered depends on the hour: this only bounds what a lost stamp could leave behind. In seconds.
REMEMBERED = 3600

_at_hand: dict[str, tuple[str, float, Any]] = {}


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` answers, under this name. It is asked again after `stamp.bump` in whatever process, and when a
    hour passed. While it holds, this costs no query: one look at the stamp in the cache."""
    mark, now = stamp(), time.time()
    place = f"remembered:{name}"
    kept = _at_hand.get(place)
    if kept is None or kept[0] != mark or kept[1] <= now:
        kept = cache.get(place)
    if kept is None or kept[0] != mark or kept[1] <= now:
        kept = (mark, now + REMEMBERED, make())
        cache.set(place, kept, REMEMBERED)
    _at_hand[place] = kept
    value: T = kept[2]
    return value
