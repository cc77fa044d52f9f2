"""The platform's addresses, and the floor's."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.accounts.models import User
from config.urls import urlpatterns as platform
from learning.modules.models import Module


def floor(request: HttpRequest) -> HttpResponse:
    """A plain Django view: session, user, two indexed queries."""
    user = request.user
    name = User.objects.only("first_name").get(pk=user.pk).first_name
    module = Module.objects.only("audience").first()
    return HttpResponse(f"<!doctype html><title>{name}</title><p>{module}")


def bare(request: HttpRequest) -> HttpResponse:
    """A plain Django view without database."""
    return HttpResponse("<!doctype html><title>floor</title><p>floor")


urlpatterns = [path("floor/", floor), path("bare/", bare), *platform]
