"""Pages of editions, kept in the process once rendered: an edition never changes, so its pages change only
with the reporting channels that stand in them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

#: Pages of some 20 KB: at most about 10 MB in each process.
MOST = 512

_pages: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()


def page(key: Hashable, render: Callable[[], bytes]) -> bytes:
    """The page with this key, rendered now when it isn't kept yet. What `render` raises is passed on, and
    nothing is kept then."""
    with _lock:
        known = _pages.get(key)
        if known is not None:
            _pages.move_to_end(key)
            return known
    made = render()
    with _lock:
        _pages[key] = made
        while len(_pages) > MOST:
            _pages.popitem(last=False)
    return made


def forget() -> None:
    """Throws all kept pages away; for tests and tools."""
    with _lock:
        _pages.clear()
