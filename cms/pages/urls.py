"""The page tree, below every language. No namespace: Wagtail looks its addresses up by their own names."""

from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from cms.pages.feeds import NewsFeed, event_calendar
from cms.pages.search_view import results
from cms.pages.serving import serve
from cms.pages.views import not_yet

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    # Wagtail's own form would pass the second factor by.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True),
        name="wagtailcore_login",
    ),
    path("nog-niet/<int:page_id>/", not_yet, name="pages_not_yet"),
    path("nieuws/rss.xml", NewsFeed(), name="news_feed"),
    path("agenda/<slug:slug>.ics", event_calendar, name="event_calendar"),
    path("zoeken/", results, name="search"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
