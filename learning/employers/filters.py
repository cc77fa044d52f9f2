"""What a manager can filter by. Choices are the organisation's own; another's id filters nothing out of it
and is refused."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from learning.employers.models import Employment, Obligation, Organisation, Team
from learning.employers.progress import RANKS, Rows, Status


def matching_name(people: QuerySet[Any], words: str, prefix: str = "") -> QuerySet[Any]:
    """Those whose first or last name holds every one of these words."""
    for word in words.split()[:5]:
        people = people.filter(
            Q(**{f"{prefix}first_name__icontains": word}) | Q(**{f"{prefix}last_name__icontains": word})
        )
    return people


class ProgressFilter(django_filters.FilterSet):
    """Filters the dashboard's list: by team, module, status and name."""

    team = django_filters.ModelChoiceFilter(
        field_name="employment__team",
        queryset=Team.objects.none(),
        to_field_name="public_id",
        label=_("Team"),
        empty_label=_("All teams"),
    )
    module = django_filters.ChoiceFilter(field_name="module_id", label=_("Module"), empty_label=_("All modules"))
    status = django_filters.ChoiceFilter(
        method="by_status", choices=Status.choices, label=_("Status"), empty_label=_("Every status")
    )
    q = django_filters.CharFilter(method="by_name", label=_("Name"))

    class Meta:
        model = Obligation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, organisation: Organisation, modules: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["team"].queryset = organisation.teams.all()
        self.filters["module"].extra["choices"] = list(modules.items())

    def by_status(self, queryset: Rows, _name: str, value: str) -> Rows:
        """Filters by status, which the database works out per row."""
        return queryset.filter(rank=RANKS.index(value))

    def by_name(self, queryset: Rows, _name: str, value: str) -> Rows:
        """Searches the names of the employer's list."""
        return matching_name(queryset, value, "employment__")


class PeopleFilter(django_filters.FilterSet):
    """Filters the list of people: by team, name and how their tie stands."""

    team = django_filters.ModelChoiceFilter(
        queryset=Team.objects.none(), to_field_name="public_id", label=_("Team"), empty_label=_("All teams")
    )
    state = django_filters.ChoiceFilter(
        method="by_state",
        label=_("Account"),
        empty_label=_("Everyone"),
        choices=(
            ("accepted", _("Takes part")),
            ("waiting", _("Has not answered yet")),
            ("declined", _("Declined")),
            ("ended", _("Has left")),
        ),
    )
    q = django_filters.CharFilter(method="by_name", label=_("Name"))

    class Meta:
        model = Employment
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.today = kwargs.pop("today")
        super().__init__(*args, **kwargs)
        self.filters["team"].queryset = organisation.teams.all()

    def by_name(self, queryset: QuerySet[Employment], _name: str, value: str) -> QuerySet[Employment]:
        """Searches names and personnel numbers."""
        return matching_name(queryset, value) | queryset.filter(personnel_number=value.strip())

    def by_state(self, queryset: QuerySet[Employment], _name: str, value: str) -> QuerySet[Employment]:
        """Filters by what the person did with the tie."""
        return {
            "accepted": queryset.filter(user__isnull=False),
            "waiting": queryset.filter(user__isnull=True, declined_at__isnull=True),
            "declined": queryset.filter(user__isnull=True, declined_at__isnull=False),
        }.get(value, queryset)

    def filter_queryset(self, queryset: Any) -> Any:
        """Who has left stands in the list only when that is asked for."""
        ended = self.form.cleaned_data.get("state") == "ended"
        queryset = queryset.filter(ends_on__lt=self.today) if ended else queryset.not_ended(self.today)
        return super().filter_queryset(queryset)
