"""The mark that everything kept for public pages carries. A new one makes all of it stale, in every process."""

from uuid import uuid4

from django.core.cache import cache

#: How long anything is kept at most, in seconds.
SECONDS_KEPT = 60
_STAMP = "pages:stamp"


def bump() -> None:
    """Makes every kept page stale. Called when anything on public pages changes; rooms above call it
    after a release that changes what a page shows. Call it after the transaction."""
    cache.set(_STAMP, uuid4().hex, None)


def stamp() -> str:
    """The mark of everything that is kept now; a new one where it was lost or never set, so that nothing older is
    taken for fresh."""
    known: str | None = cache.get(_STAMP)
    if not known:
        known = uuid4().hex
        cache.set(_STAMP, known, None)
    return known
