"""What only an area's professionals and editors may read: pages below the area's page, and documents."""

import secrets
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction

from cms.accounts import second_factor
from cms.pages.blocks import CalloutBlock, SignalsBlock, TextBlock
from cms.pages.models import LocalisedContext, Sourced
from cms.pages.models.frame import SOURCE_PANEL
from cms.pages.sanitise import CleanStreamField
from cms.professionals import areas, guard

#: Nobody else keeps a copy: no browser after signing out, no proxy.
CACHE_CONTROL = "private, no-store"


class RestrictedBody(blocks.StreamBlock):
    """What a restricted page is made of. No pictures: those are public files."""

    text = TextBlock()
    callout = CalloutBlock()
    signals = SignalsBlock()

    class Meta:
        block_counts = {"callout": {"max_num": 1}}


class _AlwaysRestricted(PagePermissionTester):
    """Nobody makes the page public by the CMS's privacy button."""

    def can_set_view_restrictions(self) -> bool:
        """Never."""
        return False


class RestrictedPage(LocalisedContext, Sourced, Page):
    """A page for an area's professionals and editors. For everybody else it isn't there.

    Each one carries a view restriction, so that `.public()` leaves it out of every list of the public site; who
    may read it is decided by `guard`, not by that restriction.
    """

    intro = models.TextField(_("introduction"), max_length=400)
    body = CleanStreamField(RestrictedBody(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), SOURCE_PANEL]
    promote_panels: ClassVar = [FieldPanel("slug")]
    parent_page_types: ClassVar = ["pages.RegionPage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    template = "professionals/restricted_page.html"

    class Meta:
        verbose_name = _("page for safety professionals")
        verbose_name_plural = _("pages for safety professionals")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the restriction in place, whatever made or changed the page."""
        super().save(*args, **kwargs)
        if not PageViewRestriction.objects.filter(page_id=self.pk).exists():
            PageViewRestriction.objects.create(page_id=self.pk, restriction_type=PageViewRestriction.LOGIN)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What this user may do with the page; lifting its restriction is not among it."""
        return _AlwaysRestricted(user, self)

    @property
    def area(self) -> UUID | None:
        """The area that it is restricted to."""
        return areas.area_of(self)

    def get_route_paths(self) -> list[str]:
        """None: nobody is sent on from where it stood before, which would tell where it stands."""
        return []

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Raises `Http404`, as for a page that isn't there, for who may not know of it."""
        if not guard.may_know(request, self.area):
            raise Http404
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the way to the second factor that is missing. The CMS's previews ask for themselves."""
        if not getattr(request, "is_preview", False):
            if not guard.may_know(request, self.area):
                raise Http404
            if not guard.may_read(request, self.area):
                return HttpResponseRedirect(second_factor.missing_step(request))
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the documents of its area that belong to this page."""
        context = super().get_context(request, *args, **kwargs)
        context["documents"] = RestrictedDocument.objects.on_page(self.translation_key, self.area)
        return context


class DocumentQuerySet(models.QuerySet["RestrictedDocument"]):
    """Documents with their versions, the newest first."""

    def listed(self) -> "DocumentQuerySet":
        """By title, each with its versions: two queries."""
        return self.filter(versions__isnull=False).distinct().order_by("title", "pk").prefetch_related("versions")

    def in_areas(self, found: "frozenset[UUID] | None") -> "DocumentQuerySet":
        """Of these areas; None stands for all."""
        return self.all() if found is None else self.filter(area__in=found)

    def on_page(self, key: UUID, area: UUID | None) -> "DocumentQuerySet":
        """Those of this area that an editor put on the page of this translation key."""
        return self.listed().filter(page_key=key, area=area) if area is not None else self.none()


class RestrictedDocument(models.Model):
    """A document for one area's professionals. Older versions stay listed."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    area = models.UUIDField(db_index=True)
    title = models.CharField(_("title"), max_length=160)
    source = models.CharField(_("source"), max_length=200, help_text=_("Who wrote it."))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("What it is for, in one sentence."))
    #: The translation key of the restricted page that shows it.
    page_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("restricted document")
        verbose_name_plural = _("restricted documents")

    def __str__(self) -> str:
        return self.title


def stored_as(version: "DocumentVersion", filename: str) -> str:
    """Where a file is kept: in a folder of its own that nobody guesses, under a name that tells nothing."""
    return f"restricted/{secrets.token_urlsafe(24)}/document.pdf"


class DocumentVersion(models.Model):
    """One version of a document. Its file is never public: it is handed out by `views.mine.document` only."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    document = models.ForeignKey(RestrictedDocument, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(_("version"), max_length=20, help_text=_("1.0, 2.1 or a year."))
    date = models.DateField(_("date"))
    file = models.FileField(_("PDF"), upload_to=stored_as, max_length=200)
    size = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-date", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "number"], name="document_version_once")]

    def __str__(self) -> str:
        return f"version {self.pk}"
