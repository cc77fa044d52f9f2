"""Restricted documents in the CMS, for the editors of their area only."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.pages.models import RegionPage
from cms.professionals import files
from cms.professionals.forms import DocumentForm, VersionForm
from cms.professionals.models import RestrictedDocument, RestrictedPage
from cms.professionals.views.judging import PER_PAGE, names_of, own_areas, user_of


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents of one's own areas."""
    found = RestrictedDocument.objects.in_areas(own_areas(request)).listed()
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of({each.area for each in page.object_list})
    rows = [{"document": each, "area": names.get(each.area, "")} for each in page.object_list]
    return render(request, "professionals/admin/documents.html", {"page_obj": page, "rows": rows})


def _areas_and_pages(request: HttpRequest) -> tuple[dict[UUID, str], list[RestrictedPage]]:
    own = own_areas(request)
    keys = own if own is not None else set(RegionPage.objects.values_list("translation_key", flat=True))
    above = RegionPage.objects.filter(translation_key__in=keys).values_list("path", flat=True)
    parents = frozenset(above)
    below = [page for page in RestrictedPage.objects.order_by("path") if page.path[: -page.steplen] in parents]
    return names_of(keys), list({page.translation_key: page for page in below}.values())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new document with its first version."""
    names, pages = _areas_and_pages(request)
    form = DocumentForm(request.POST or None, request.FILES or None, areas=names, pages=pages)
    if request.method == "POST" and form.is_valid():
        files.add(form.cleaned_data["area"], form.cleaned_data, user_of(request), timezone.now())
        messages.success(request, _("The document is there. Only the area's professionals and editors can get it."))
        return redirect("professionals_documents")
    context = {"form": form, "title": _("New restricted document"), "action": _("Save"), "multipart": True}
    return render(request, "professionals/admin/document.html", context)


def _own(request: HttpRequest, public_id: UUID) -> RestrictedDocument:
    """A document of this editor's areas. Raises `Http404` for any other."""
    found = RestrictedDocument.objects.in_areas(own_areas(request)).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A next version; the older ones stay."""
    document = _own(request, public_id)
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            files.add_version(document, form.cleaned_data, user_of(request), timezone.now())
        except files.VersionThere:
            form.add_error("number", _("This document has a version of this number already."))
        else:
            messages.success(request, _("The new version is there. The older ones stay listed."))
            return redirect("professionals_documents")
    context = {"form": form, "title": document.title, "action": _("Save this version"), "document": document}
    return render(request, "professionals/admin/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Takes a document away, after a page that says so."""
    document = _own(request, public_id)
    if request.method == "POST":
        files.remove(document, user_of(request))
        messages.success(request, _("The document is gone, with all its versions."))
        return redirect("professionals_documents")
    context = {"form": None, "title": document.title, "action": _("Remove for good"), "document": document}
    return render(request, "professionals/admin/document.html", context)
