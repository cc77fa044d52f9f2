from django.urls import URLPattern, URLResolver

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = []
#: Shadows of the CMS's own sign-in addresses, mounted before them.
cms_patterns: list[URLPattern | URLResolver] = []
