"""The public pages an editor writes, a module per part of the site."""

from cms.pages.models.content import ContentPage, footer_links
from cms.pages.models.frame import LocalisedContext, RegionLink, Sourced, ThemeLink
from cms.pages.models.home import HomePage
from cms.pages.models.knowledge import FaqPage, GlossaryPage, KnowledgeIndexPage, PublicationPage
from cms.pages.models.look import LookSettings, PartnerTheme
from cms.pages.models.news import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from cms.pages.models.partner_index import PartnerIndexPage
from cms.pages.models.partners import Member, PartnerPage, PartnershipPage
from cms.pages.models.programmes import InternationalPage, ProgrammePage, ThemePage
from cms.pages.models.regions import RegionIndexPage, RegionPage
from cms.pages.models.signals import MeasureIndexPage, MeasurePage, SignalsIndexPage, SignalsPage

__all__ = [
    "ContentPage",
    "EventIndexPage",
    "EventPage",
    "FaqPage",
    "GlossaryPage",
    "HomePage",
    "InternationalPage",
    "KnowledgeIndexPage",
    "LocalisedContext",
    "LookSettings",
    "MeasureIndexPage",
    "MeasurePage",
    "Member",
    "NewsIndexPage",
    "NewsPage",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerTheme",
    "PartnershipPage",
    "ProgrammePage",
    "PublicationPage",
    "RegionIndexPage",
    "RegionLink",
    "RegionPage",
    "SignalsIndexPage",
    "SignalsPage",
    "Sourced",
    "ThemeLink",
    "ThemePage",
    "footer_links",
]
