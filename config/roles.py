"""Who may do what in the CMS: the groups that an installation starts with. An administrator gives people a
group; what a group may do can be changed there too, and isn't set back by loading again."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from campaigns.publishing.models import CampaignIndexPage

EDITORS = "Redactie"
COMMUNICATORS = "Communicatie"

_PAGE_ACTS = ("add_page", "change_page", "publish_page", "lock_page")
_FILE_ACTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
#: Snippets a group may edit, by app label.
_ROOMS = {EDITORS: ("reporting", "modules", "wagtail_localize"), COMMUNICATORS: ("plans", "publishing")}


def load() -> None:
    """Makes the groups that don't exist yet, with their permissions."""
    for name, rooms in _ROOMS.items():
        group, created = Group.objects.get_or_create(name=name)
        if created:
            _allow(group, rooms)


def _pages(group: str) -> list[Page]:
    """Below which pages a group works: editors everywhere, communicators below the lists of campaigns. Who may
    publish a module may release it, so that stays with the editors."""
    if group == COMMUNICATORS and CampaignIndexPage.objects.exists():
        return list(CampaignIndexPage.objects.all())
    return [Page.get_first_root_node()] if group == EDITORS else []


def _allow(group: Group, rooms: tuple[str, ...]) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=rooms).exclude(codename__startswith="delete_")
    )
    for act in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_ACTS):
        for page in _pages(group.name):
            GroupPagePermission.objects.create(group=group, page=page, permission=act)
    files = Collection.get_first_root_node()
    for act in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=_FILE_ACTS
    ):
        GroupCollectionPermission.objects.create(group=group, collection=files, permission=act)
