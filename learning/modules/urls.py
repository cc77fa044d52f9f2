from django.urls import URLPattern, URLResolver

app_name = "modules"
urlpatterns: list[URLPattern | URLResolver] = []
