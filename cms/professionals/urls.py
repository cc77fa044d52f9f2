"""Addresses of asking for an account and of one's own areas, under the language. The queue stands in the CMS
(`wagtail_hooks`)."""

from django.urls import URLPattern, URLResolver, path

from cms.professionals.views import asking, mine

app_name = "professionals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", asking.about, name="about"),
    path("aanvragen/<slug:area>/", asking.ask, name="ask"),
    path("verstuurd/", asking.sent, name="sent"),
    path("bevestigen/<str:token>/", asking.confirm, name="confirm"),
    path("aanvraag/<str:token>/", asking.state, name="state"),
    path("aanvraag/<str:token>/intrekken/", asking.withdraw, name="withdraw"),
    path("mijn/", mine.mine, name="mine"),
    path("mijn/<uuid:access>/openen/", mine.open_access, name="open"),
    path("mijn/<uuid:access>/verlengen/", mine.renew, name="renew"),
    path("mijn/<uuid:access>/beeindigen/", mine.end, name="end"),
    path("documenten/<uuid:version>/", mine.document, name="document"),
]
