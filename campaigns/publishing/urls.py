from django.urls import URLPattern, URLResolver, path

from campaigns.publishing import views

app_name = "publishing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:code>", views.short_link, name="short_link"),
]
