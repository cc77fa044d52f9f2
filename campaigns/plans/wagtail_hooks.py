"""Plans and means in the CMS."""

from typing import Any, ClassVar

from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaigns.plans import views
from campaigns.plans.models import CommunicationPlan, Means


def _one_page(plan: CommunicationPlan) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("plan_overview", args=[plan.pk]), _("On one page"))


class PlanViewSet(SnippetViewSet):
    """Communication plans: one form in tabs, after the order in which a plan is thought through."""

    model = CommunicationPlan
    icon = "clipboard-list"
    menu_label = _("Plans")
    list_display: ClassVar = [
        "title",
        Column("one_page", label=_("Plan"), accessor=_one_page),
        "region",
        "state",
        "starts_on",
        "ends_on",
    ]
    list_filter: ClassVar = ["state", "level"]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("key"),
                    FieldRowPanel([FieldPanel("level"), FieldPanel("region")]),
                    FieldPanel("parent"),
                    FieldPanel("owner"),
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                    FieldPanel("reason"),
                    FieldPanel("challenge"),
                    FieldPanel("policy_goal"),
                    FieldPanel("frames"),
                    FieldPanel("source"),
                ],
                heading=_("Why"),
            ),
            ObjectList(
                [FieldPanel("insight"), InlinePanel("target_groups", label=_("target group"))], heading=_("For whom")
            ),
            ObjectList([InlinePanel("objectives", label=_("objective"))], heading=_("Objectives")),
            ObjectList(
                [FieldPanel("strategy"), InlinePanel("key_messages", label=_("key message"))], heading=_("Key messages")
            ),
            ObjectList([FieldPanel("organisation"), FieldPanel("evaluation")], heading=_("Who and how")),
        ]
    )


class MeansViewSet(SnippetViewSet):
    """Means, by planned date."""

    model = Means
    icon = "calendar-alt"
    menu_label = _("Means")
    list_display: ClassVar = ["title", "channel", "audience", "planned_start", "planned_end", "state"]
    list_filter: ClassVar = ["plan", "channel", "state", "audience"]
    list_per_page = 50
    panels: ClassVar = [
        FieldPanel("plan"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("channel"), FieldPanel("phase")]),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("language")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("planned_start"), FieldPanel("planned_end")]),
                FieldRowPanel([FieldPanel("actual_start"), FieldPanel("actual_end")]),
                FieldPanel("state"),
            ],
            heading=_("Dates: planning publishes nothing"),
        ),
        FieldPanel("objectives"),
        FieldPanel("messages"),
        FieldPanel("responsible"),
        FieldPanel("note"),
    ]


class PlanGroup(SnippetViewSetGroup):
    """The communicator's corner of the CMS menu."""

    menu_label = _("Campaign plan")
    menu_icon = "clipboard-list"
    menu_order = 150
    items = (PlanViewSet, MeansViewSet)


register_snippet(PlanGroup)


@hooks.register("register_admin_urls")
def plan_urls() -> list[Any]:
    """The plan on one page, and its verbs."""
    return [
        path("plans/<int:pk>/", views.overview, name="plan_overview"),
        path("plans/<int:pk>/approve/", views.approve, name="plan_approve"),
        path("plans/<int:pk>/reopen/", views.reopen, name="plan_reopen"),
    ]
