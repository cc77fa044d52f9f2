"""Who may do what in the CMS: the groups that an installation starts with. An administrator gives people a
group; what a group may do can be changed there too, and isn't set back by loading again.

Four kinds of people besides the administrator: editors (everything public), the editors of one area (their own
tree only; what they write is reviewed), reviewers (they judge what was submitted), communicators (campaigns).
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from campaigns.publishing.models import CampaignIndexPage
from cms.pages.models import HomePage, RegionPage
from config.models import AreaEditors

EDITORS = "Redactie"
COMMUNICATORS = "Communicatie"
REVIEWERS = "Beoordelaars"
#: Editors of one area: this and the area's name.
AREA_EDITORS = "Regioredactie"
REVIEW = "Nakijken"

_PAGE_ACTS = ("add_page", "change_page", "publish_page", "lock_page")
#: Editors of an area submit what they write; a reviewer publishes it.
_AREA_PAGE_ACTS = ("add_page", "change_page")
_FILE_ACTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
_CHOOSE = ("choose_image", "choose_document")
#: Snippets a group may edit, by app label.
_ROOMS = {
    EDITORS: ("reporting", "modules", "wagtail_localize"),
    COMMUNICATORS: ("plans", "publishing"),
    REVIEWERS: (),
}
_AREA_ROOMS = ("wagtail_localize", "professionals")


def load() -> None:
    """Makes the groups that don't exist yet, with their permissions, and the review that submitted pages go
    through."""
    for name, rooms in _ROOMS.items():
        group, created = Group.objects.get_or_create(name=name)
        if created:
            _allow_rooms(group, rooms)
            _allow_pages(group, _pages(name), _PAGE_ACTS)
            if name != REVIEWERS:
                _allow_files(group, Collection.get_first_root_node(), _FILE_ACTS)
    _review()
    load_areas()


def load_areas() -> int:
    """Makes a group of editors for each area that has none, and lets it work in every language in which the area
    has a page; returns how many groups and pages were added. The worker calls it every minute."""
    added = 0
    for area in RegionPage.objects.order_by("pk").select_related("locale"):
        known = AreaEditors.objects.filter(area=area.translation_key).select_related("group").first()
        with transaction.atomic():
            group = known.group if known else _new_area(area)
            if not GroupPagePermission.objects.filter(group=group, page=area).exists():
                _allow_pages(group, [area], _AREA_PAGE_ACTS)
                added += 1
    return added


def _new_area(area: RegionPage) -> Group:
    """The group of an area, with a collection of its own for pictures and documents."""
    name = f"{AREA_EDITORS} {area.title}"
    if Group.objects.filter(name=name).exists():  # two areas of one name, or a group that somebody made by hand
        name = f"{name} ({area.pk})"
    group = Group.objects.create(name=name)
    AreaEditors.objects.create(area=area.translation_key, group=group)
    _allow_rooms(group, _AREA_ROOMS)
    files = Collection.get_first_root_node()
    _allow_files(group, files, _CHOOSE)
    files.refresh_from_db()
    _allow_files(group, files.add_child(name=area.title), _FILE_ACTS)
    return group


def _review() -> None:
    """Submitted pages are judged by a reviewer. Each language's pages get the review when they have none."""
    task = GroupApprovalTask.objects.filter(name=REVIEW).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=REVIEW)
        task.groups.set(Group.objects.filter(name__in=(REVIEWERS, EDITORS)))
    workflow, created = Workflow.objects.get_or_create(name=REVIEW)
    if created:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for home in HomePage.objects.all():
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _pages(group: str) -> list[Page]:
    """Below which pages a group works: editors everywhere, communicators below the lists of campaigns. A reviewer
    has no right on any page: what was submitted is theirs to read, edit and approve (`approval.py`)."""
    if group == COMMUNICATORS and CampaignIndexPage.objects.exists():
        return list(CampaignIndexPage.objects.all())
    return [Page.get_first_root_node()] if group == EDITORS else []


def _allow_rooms(group: Group, rooms: tuple[str, ...]) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=rooms).exclude(codename__startswith="delete_")
    )


def _allow_pages(group: Group, pages: Iterable[Page], acts: tuple[str, ...]) -> None:
    for act in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=acts):
        for page in pages:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=act)


def _allow_files(group: Group, files: Collection, acts: tuple[str, ...]) -> None:
    for act in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=acts
    ):
        GroupCollectionPermission.objects.create(group=group, collection=files, permission=act)
