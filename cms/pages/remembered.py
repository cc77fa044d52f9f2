"""Small things that every page shows, looked up once: kept until an editor changes something, and a minute at most."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from cms.pages.stamp import SECONDS_KEPT, stamp

T = TypeVar("T")

_at_hand: dict[str, tuple[str, float, Any]] = {}


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` answers, under this name. It is asked again after `stamp.bump` in whatever process, and when a
    minute passed. While it holds, this costs no query: one look at the stamp in the cache."""
    mark, now = stamp(), time.time()
    place = f"remembered:{name}"
    kept = _at_hand.get(place)
    if kept is None or kept[0] != mark or kept[1] <= now:
        kept = cache.get(place)
    if kept is None or kept[0] != mark or kept[1] <= now:
        kept = (mark, now + SECONDS_KEPT, make())
        cache.set(place, kept, SECONDS_KEPT)
    _at_hand[place] = kept
    value: T = kept[2]
    return value
