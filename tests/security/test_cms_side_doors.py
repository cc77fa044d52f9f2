"""The CMS's side doors. An editor whose rights end at one page learns nothing of other drafts, whatever
address is tried: preview, history, compare, copy, choosers, API, reports, translations, snippets."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from campaigns.publishing import timeline
from campaigns.publishing.models import CampaignIndexPage, CampaignPage, ShortLink
from cms.accounts.models import User
from cms.pages.models import PartnerTheme
from cms.reporting.models import ReportingChannel, ReportingText
from config.roles import COMMUNICATORS, EDITORS
from config.roles import load as load_roles
from learning.modules.models import Edition, Video
from tests.conftest import make_user, signed_in
from tests.factories import module_pages as pages
from tests.factories import professionals
from tests.factories.campaigns import MeansFactory, PlanFactory

CANARY = "Kanariedraft"


@pytest.fixture
def low(db) -> User:
    """An editor who may change and publish one page, and nothing else."""
    home = pages.make_home("en")
    own = home.add_child(instance=Page(title="Own corner", slug="own", locale=home.locale))
    group = Group.objects.create(name="One page")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for act in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=act)
        GroupPagePermission.objects.create(group=group, page=own, permission=permission)
    user = make_user("low@example.org", "Lies", "Kort")
    user.groups.add(group)
    user.own_page = own
    return user


@pytest.fixture
def secrets(db) -> dict[str, Any]:
    """One of everything; see `plant`."""
    return plant()


def plant() -> dict[str, Any]:
    """One of everything that an editor can make, each with the canary in a draft of it."""
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    closed = root.add_child(name="Closed")
    module = pages.make_page("nl")  # live, with a draft on top
    module.title, module.tagline = f"{CANARY} module", f"{CANARY} tagline"
    revision = module.save_revision()
    plan = PlanFactory(title=f"{CANARY} plan", reason=f"{CANARY} reason")
    means = MeansFactory(plan=plan, title=f"{CANARY} means")
    home = pages.make_home("nl")
    index = home.add_child(instance=CampaignIndexPage(title="Campagnes", slug="campagnes", locale=home.locale))
    campaign = index.add_child(
        instance=CampaignPage(
            title=f"{CANARY} campaign",
            slug="kanarie",
            locale=home.locale,
            means=means,
            audience="terminal",
            slogan=f"{CANARY} slogan",
            lead="lead",
            source="source",
            live=False,
        )
    )
    campaign.save_revision()
    link = ShortLink.objects.create(placement=f"{CANARY} placement", means=means, page=campaign)
    nl = Locale.objects.get(language_code="nl")
    channel = ReportingChannel.objects.create(
        key="werk", name=f"{CANARY} channel", when="w", source="s", owner="o", live=False, locale=nl
    )
    channel_revision = channel.save_revision()
    text = ReportingText.objects.create(
        **{f.name: f"{CANARY} {f.name}"[:40] for f in ReportingText._meta.fields if _is_text(f)},
        live=False,
        locale=nl,
    )
    video = Video.objects.create(
        title=f"{CANARY} film", file=ContentFile(b"\0\0\0\0ftyp", "a.mp4"), captions=ContentFile(b"WEBVTT", "a.vtt")
    )
    image = Image.objects.create(title=f"{CANARY} image", file=get_test_image_file(), collection=closed)
    document = Document.objects.create(
        title=f"{CANARY} document", file=ContentFile(b"%PDF-1.4", "a.pdf"), collection=closed
    )
    Locale.objects.get_or_create(language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(module)
    source.update_from_db()
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
    pages.make_index("en")
    translation.save_target(publish=False)
    area = professionals.make_area()
    editor = make_user("editor@haven.example", "Edo", "Redacteur")
    document = professionals.make_document(area.translation_key, editor, title=f"{CANARY} restricted document")
    account_request = professionals.make_request(area, first_name=CANARY, why=f"{CANARY} why")
    access = professionals.make_access(area, make_user("p@politie.example", CANARY, "Poort"), editor)
    return {
        "restricted": professionals.make_page(area, f"{CANARY} restricted"),
        "restricted_document": document,
        "restricted_version": document.versions.get(),
        "account_request": account_request,
        "access": access,
        "page": module,
        "revision": revision,
        "campaign": campaign,
        "plan": plan,
        "means": means,
        "link": link,
        "channel": channel,
        "channel_revision": channel_revision,
        "text": text,
        "video": video,
        "image": image,
        "document": document,
        "source": source,
        "translation": translation,
        "segment": source.stringsegment_set.first(),
        "theme": PartnerTheme.objects.create(name=f"{CANARY} theme"),
    }


def _is_text(field: Any) -> bool:
    return field.get_internal_type() in {"CharField", "TextField"} and field.name not in {"translation_key"}


def _patterns(items: list[Any], prefix: str = "", names: tuple[str, ...] = ()):
    for item in items:
        if isinstance(item, URLResolver):
            below = (*names, item.namespace) if item.namespace else names
            yield from _patterns(item.url_patterns, prefix + str(item.pattern), below)
        elif isinstance(item, URLPattern):
            yield ":".join((*names, str(item.name))), prefix + str(item.pattern), item


def cms_names() -> set[str]:
    """The name of every address under /beheer/."""
    return {
        name
        for name, path, _item in _patterns(get_resolver().url_patterns)
        if path.startswith("beheer/") and not name.endswith("None")
    }


SNIPPETS = {
    "publishing_shortlink": "link",
    "plans_communicationplan": "plan",
    "plans_means": "means",
    "modules_video": "video",
    "reporting_reportingchannel": "channel",
    "reporting_reportingtext": "text",
    "pages_partnertheme": "theme",
}
MODELS = {
    "publishing_shortlink": ("publishing", "shortlink"),
    "plans_communicationplan": ("plans", "communicationplan"),
    "plans_means": ("plans", "means"),
    "modules_video": ("modules", "video"),
    "reporting_reportingchannel": ("reporting", "reportingchannel"),
    "reporting_reportingtext": ("reporting", "reportingtext"),
    "pages_partnertheme": ("pages", "partnertheme"),
}


#: Pages that are walked where they were planted; see also `test_cms_side_doors_of_areas.py`.
PAGES = {"page", "campaign", "restricted", "news", "other", "elsewhere"}


def _candidates(name: str, secrets: dict[str, Any]) -> list[dict[str, Any]]:
    """Arguments with which an address would show one of the secrets."""
    pk = {key: getattr(value, "pk", 0) for key, value in secrets.items()}
    found: list[dict[str, Any]] = []
    for page in PAGES & secrets.keys():
        found += [
            {"page_id": pk[page]},
            {"page_to_move_id": pk[page]},
            {"page_to_move_id": pk[page], "destination_id": pk[page]},
            {"parent_page_id": pk[page]},
            {"page_id": pk[page], "revision_id": pk["revision"]},
            {"page_id": pk[page], "revision_id": secrets[page].latest_revision_id or 0},
            {"pk": pk[page], "revision_id_a": "earliest", "revision_id_b": "latest"},
            {"page_pk": pk[page]},
            {"pk": pk[page]},
            {"pk": pk[page], "action_name": "copy"},
            {"parent_page_id": secrets[page].get_parent().pk},
        ]
    found += [{"public_id": secrets[key].public_id} for key in ("restricted_document", "account_request", "access")]
    found += [
        {"image_id": pk["image"]},
        {"image_id": pk["image"], "filter_spec": "max-100x100"},
        {"document_id": pk["document"]},
        {"doc_id": pk["document"]},
        {"pk": pk["image"]},
        {"pk": pk["document"]},
        {"translation_id": pk["translation"]},
        {"translation_id": pk["translation"], "mode": "questions"},
        {"translation_id": pk["translation"], "string_segment_id": pk["segment"]},
        {"translation_source_id": pk["source"]},
        {"app_name": "reporting", "model_name": "reportingsettings", "pk": 1},
        {"app_name": "modules", "model_name": "modulepage"},
        {"app_label": "modules", "model_name": "modulepage"},
        {"content_type_app_name": "modules", "content_type_model_name": "modulepage"},
        {"content_type_app_name": "publishing", "content_type_model_name": "campaignpage"},
        {},
    ]
    for label, key in SNIPPETS.items():
        app, model = MODELS[label]
        named = {"app_label": app, "model_name": model}
        found += [named, {**named, "pk": pk[key]}]
        if label in name:
            revision = {"revision_id": pk["channel_revision"]}
            compared = {"revision_id_a": "earliest", "revision_id_b": "latest"}
            found += [{"pk": pk[key]}, {"pk": pk[key], **revision}, {"pk": pk[key], **compared}]
    return found


def cms_addresses(secrets: dict[str, Any]) -> set[tuple[str, str]]:
    addresses = set()
    for name in cms_names():
        for kwargs in _candidates(name, secrets):
            try:
                addresses.add((name, reverse(name, kwargs=kwargs)))
            except NoReverseMatch:
                continue
    return addresses


def _tried(address: str, secrets: dict[str, Any]) -> list[str]:
    pk = secrets["page"].pk
    ids = "&".join(f"id={item.pk}" for item in (secrets[key] for key in sorted(PAGES & secrets.keys())))
    return [address, f"{address}?q=Kanarie&{ids}&page_type=wagtailcore.page&fields=*&p=1", f"{address}?for={pk}"]


#: The way out, and what raises an error on purpose.
SKIP = {"wagtailadmin_logout", "wagtailadmin_error_test"}


def _leaks(client: Any, secrets: dict[str, Any]) -> set[str]:
    leaks = set()
    for name, address in sorted(cms_addresses(secrets)):
        if name in SKIP:
            continue
        for url in _tried(address, secrets):
            response = client.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            if CANARY.encode() in body.replace(b"?q=Kanarie", b""):
                leaks.add(f"{name} {address}")
            if response.status_code >= 500:
                leaks.add(f"{response.status_code} {name} {address}")
    return leaks


def test_an_editor_of_one_page_sees_no_draft_of_another(low, secrets):
    client = signed_in(low, verified=True)
    client.raise_request_exception = False
    assert sorted(_leaks(client, secrets)) == []


def test_the_same_walk_finds_every_draft_for_an_administrator(communicator, secrets):
    """The zero above means something."""
    client = signed_in(communicator, verified=True)
    client.raise_request_exception = False
    leaks = _leaks(client, secrets)
    assert [leak for leak in leaks if leak.startswith("500")] == []
    assert len(leaks) > 60


def test_no_act_of_the_cms_changes_what_one_has_no_right_on(low, secrets):
    before = _state(secrets)
    client = signed_in(low, verified=True)
    client.raise_request_exception = False
    for name, address in sorted(cms_addresses(secrets)):
        if name not in SKIP:
            client.post(
                address, {"title": "Taken", "slug": "taken", "kind": "first", "placement": "Taken", "name": "T"}
            )
    assert _state(secrets) == before


def _state(secrets: dict[str, Any]) -> list[Any]:
    """Every secret as the database has it now, and how many pages there are."""
    rows = [
        type(item).objects.filter(pk=item.pk).values().get()
        for item in secrets.values()
        if type(item)._meta.app_label != "wagtail_localize"
    ]
    return [*rows, Page.objects.count(), Edition.objects.count()]


def test_one_may_link_to_what_is_public_and_to_ones_own(low):
    client = signed_in(low, verified=True)
    page = client.get(reverse("wagtailadmin_choose_page_child", args=[low.own_page.get_parent().pk]))
    assert page.status_code == 200
    assert "Own corner" in page.content.decode()
    assert client.get(reverse("wagtailadmin_choose_page_search"), {"q": "Own"}).status_code == 200


@pytest.mark.parametrize("group", [EDITORS, COMMUNICATORS])
def test_the_groups_of_an_installation_keep_their_own_screens(group, secrets):
    load_roles()
    user = make_user("staff@example.org", "Eva", "Smit")
    user.groups.add(Group.objects.get(name=group))
    client = signed_in(user, verified=True)
    own = {EDITORS: ("modules_video", "reporting_reportingchannel"), COMMUNICATORS: ("plans_means",)}[group]
    for name in own:
        assert client.get(reverse(f"wagtailsnippetchoosers_{name}:choose")).status_code == 200
        assert client.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200
    assert client.get(reverse("wagtailadmin_choose_page")).status_code == 200
    closed = {EDITORS: "plans_communicationplan", COMMUNICATORS: "reporting_reportingchannel"}[group]
    assert client.get(reverse(f"wagtailsnippetchoosers_{closed}:choose")).status_code == 403
    assert client.get(reverse(f"wagtailsnippets_{closed}:list")).status_code in {302, 403}


def test_a_page_behind_a_restriction_is_named_nowhere_in_public(secrets, client):
    campaign = secrets["campaign"]
    campaign.save_revision().publish()
    PageViewRestriction.objects.create(page=campaign, restriction_type=PageViewRestriction.LOGIN)
    assert timeline.latest_campaign("nl") is None
    index = campaign.get_parent().specific
    assert index.get_context(RequestFactory().get("/nl/campagnes/"))["campaigns"] == []
    assert CANARY not in client.get("/sitemap.xml").content.decode()
    assert campaign.slug not in client.get("/sitemap.xml").content.decode()
