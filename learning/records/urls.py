from django.urls import URLPattern, URLResolver

app_name = "records"
urlpatterns: list[URLPattern | URLResolver] = []
certificate_patterns: list[URLPattern | URLResolver] = []
