from django.urls import URLPattern, URLResolver

app_name = "employers"
urlpatterns: list[URLPattern | URLResolver] = []
claim_patterns: list[URLPattern | URLResolver] = []
invitation_patterns: list[URLPattern | URLResolver] = []
