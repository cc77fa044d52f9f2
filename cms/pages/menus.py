"""What stands around every page of a language: menu, footer, feed. Looked up once, kept until an editor publishes."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.pages import navigation
from cms.pages.models.content import footer_links
from cms.pages.models.news import NewsIndexPage
from cms.pages.remembered import remembered

Link = dict[str, str]


@dataclass(frozen=True)
class Frame:
    """`menu`: the pages under the front page that an editor put in the menu, in the order of the page tree.
    `footer`: the standard pages with a link in the footer. `feed`: the address of the news as RSS, or nothing.
    `fronts`: the front pages of all languages."""

    menu: list[Link]
    footer: list[Link]
    feed: str
    fronts: list[navigation.FrontPage]


def frame(language: str) -> Frame:
    """What stands around the pages of this language. It costs no query while nothing changes."""
    return remembered(f"frame:{language}", lambda: _frame(language))


def _frame(language: str) -> Frame:
    fronts = navigation.front_pages()
    has_news = NewsIndexPage.objects.live().public().filter(locale__language_code=language).exists()
    return Frame(
        menu=_menu(next((front.pk for front in fronts if front.code == language), None)),
        footer=footer_links(language),
        feed=f"/{language}/nieuws/rss.xml" if has_news else "",
        fronts=fronts,
    )


def _menu(front: int | None) -> list[Link]:
    if front is None:
        return []
    pages = Page.objects.child_of(Page.objects.get(pk=front)).live().public().in_menu()
    return navigation.links(pages.select_related("locale").order_by("path"))
