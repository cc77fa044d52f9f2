"""Addresses of signing in and of somebody's own account, under the language; and what stands in front
of the CMS's own sign-in pages."""

from django.urls import URLPattern, URLResolver, path

from cms.accounts import account_views, second_factor_views, views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/", views.sign_in, name="sign_in"),
    path("inloggen/link/", views.ask_link, name="ask_link"),
    path("inloggen/link/verstuurd/", views.link_sent, name="link_sent"),
    path("inloggen/link/<str:token>/", views.use_link, name="use_link"),
    path("inloggen/kaart/", views.sign_in_card, name="sign_in_card"),
    path("inloggen/tweede-stap/", second_factor_views.code, name="second_factor"),
    path("uitloggen/", views.sign_out, name="sign_out"),
    path("account/", account_views.account, name="account"),
    path("account/adres/", account_views.address, name="address"),
    path("account/adres/<str:token>/", account_views.confirm_address, name="confirm_address"),
    path("account/wachtwoord/", account_views.password, name="password"),
    path("account/pin/", account_views.pin, name="pin"),
    path("account/sessies/", account_views.end_sessions, name="end_sessions"),
    path("account/tweede-stap/", second_factor_views.enrol, name="enrol"),
    path("account/tweede-stap/codes/", second_factor_views.backup_codes, name="backup_codes"),
    path("account/tweede-stap/weg/<path:device>/", second_factor_views.remove, name="remove_factor"),
    # Wagtail's own sign-in for restricted pages
    path("_util/login/", views.cms_sign_in),
]
#: Shadows of the CMS's own sign-in addresses, mounted before them.
cms_patterns: list[URLPattern | URLResolver] = [
    path("login/", views.cms_sign_in),
    path("password_reset/", views.cms_sign_in),
    path("password_reset/<path:rest>", views.cms_sign_in),
]
