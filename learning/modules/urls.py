from django.urls import URLPattern, URLResolver, path

from learning.modules import views

app_name = "modules"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", views.overview, name="overview"),
    path("<slug:slug>/<slug:lesson_key>/", views.lesson, name="lesson"),
]
