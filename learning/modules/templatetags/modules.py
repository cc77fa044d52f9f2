"""For the templates of modules."""

from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def sources(value: str) -> list[dict[str, str]]:
    """A source field, `a; b; c`, as a list of `{"name", "url"}`; a web address is named by its host and path."""
    return [_source(part.strip()) for part in (value or "").split(";") if part.strip()]


def _source(part: str) -> dict[str, str]:
    """One source; only http and https addresses become links."""
    if not part.startswith(("https://", "http://")) or " " in part:
        return {"name": part, "url": ""}
    address = urlsplit(part)
    name = f"{address.netloc.removeprefix('www.')}{address.path.rstrip('/')}"
    return {"name": name if len(name) <= 60 else f"{name[:59]}…", "url": part}
