"""The platform's addresses with the demo's, as `config.settings.dev` has them."""

from django.urls import include, path

from config.urls import urlpatterns as platform

urlpatterns = [path("demo/", include("config.demo.urls")), *platform]
