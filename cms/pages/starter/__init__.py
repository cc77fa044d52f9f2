"""Starter content of the public pages, from the readable files in `content/`, a module per part of the site."""

from django.db import transaction

from cms.pages.starter import areas, home, knowledge, measures, news, partners, signals


@transaction.atomic
def load(demo: bool) -> None:
    """Makes what isn't there yet, in every language that has files. Loading again changes nothing that exists.
    In production only what the files mark as live is published; the demo publishes all."""
    home.load(demo)
    areas.load(demo)
    partners.load(demo)
    signals.load(demo)
    measures.load(demo)
    knowledge.load(demo)
    news.load(demo)
    areas.link(demo)
    knowledge.link(demo)
