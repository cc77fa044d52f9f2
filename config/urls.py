"""Addresses. Content lives under its language; printed and machine addresses have none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts import urls as accounts_urls
from cms.pages import urls as pages_urls
from cms.pages.crawlers import robots, security_txt, sitemap, sitemap_part
from cms.pages.look import serve_style_sheet
from cms.pages.style_guide import style_guide
from cms.pages.views import root
from cms.professionals import urls as professionals_urls
from config import health, media
from learning.employers import urls as employers_urls
from learning.modules import urls as modules_urls
from learning.records import urls as records_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", root),
    path("livez", health.livez),
    path("readyz", health.readyz),
    path(".well-known/security.txt", security_txt),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("sitemap-<int:number>.xml", sitemap_part),
    path("look/<slug:digest>.css", serve_style_sheet, name="look"),
    path("stijlgids/", style_guide, name="style_guide"),
    path("q/", include("campaigns.publishing.urls")),
    path("start/", include((employers_urls.claim_patterns, "claim"))),
    path("c/", include((records_urls.certificate_patterns, "certificates"))),
    path("api/v1/mail/", include("cms.mail.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("beheer/", include(accounts_urls.cms_patterns)),
    path("beheer/", include(wagtailadmin_urls)),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("config.demo.urls"))]
if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
    urlpatterns += [path("media/<path:path>", media.serve, name="media")]

urlpatterns += i18n_patterns(
    path("", include(accounts_urls)),
    path("modules/", include(modules_urls)),
    path("mijn/", include(records_urls)),
    path("professionals/", include(professionals_urls)),
    path("werkgever/", include(employers_urls)),
    path("uitnodiging/", include((employers_urls.invitation_patterns, "invitations"))),
    path("", include(pages_urls)),
)
