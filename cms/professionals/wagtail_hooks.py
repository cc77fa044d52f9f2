"""The queue, who has access, and the restricted documents in the CMS's menu: for editors of an area only."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cms.professionals import areas
from cms.professionals.views import documents, judging


class EditorsMenu(SubmenuMenuItem):
    """Shown to who edits an area."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Administrators, and who may change the pages of an area."""
        own = areas.edited_by(request.user)
        return own is None or bool(own)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Requests, access and documents."""
    items: list[Any] = [
        MenuItem(_("Requests"), reverse("professionals_queue"), icon_name="mail", order=1),
        MenuItem(_("Access"), reverse("professionals_people"), icon_name="group", order=2),
        MenuItem(_("Restricted documents"), reverse("professionals_documents"), icon_name="lock", order=3),
    ]
    return EditorsMenu(_("Requests"), Menu(items=items), name="professionals", icon_name="group", order=240)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Their screens."""
    return [
        path("aanvragen/", judging.queue, name="professionals_queue"),
        path("aanvragen/<uuid:public_id>/", judging.detail, name="professionals_request"),
        path("aanvragen/<uuid:public_id>/toelaten/", judging.approve, name="professionals_approve"),
        path("aanvragen/<uuid:public_id>/weigeren/", judging.refuse, name="professionals_refuse"),
        path("aanvragen/<uuid:public_id>/vragen/", judging.ask, name="professionals_ask"),
        path("toegang/", judging.people, name="professionals_people"),
        path("toegang/<uuid:public_id>/beeindigen/", judging.end, name="professionals_end"),
        path("besloten-documenten/", documents.documents, name="professionals_documents"),
        path("besloten-documenten/nieuw/", documents.add, name="professionals_document_add"),
        path("besloten-documenten/<uuid:public_id>/versie/", documents.version, name="professionals_document_version"),
        path("besloten-documenten/<uuid:public_id>/weg/", documents.remove, name="professionals_document_remove"),
    ]
