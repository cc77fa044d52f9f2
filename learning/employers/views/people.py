"""The list of people: adding, moving, inviting, ending, cards and PINs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.employers import claim_cards, hiring, invitations, progress, sheets
from learning.employers.access import manager_view
from learning.employers.filters import PeopleFilter
from learning.employers.forms import EndForm, LanguageForm, MoveForm, PersonForm
from learning.employers.models import Employment, Organisation, Team
from learning.employers.names import module_names
from learning.employers.tasks import invite_everyone
from learning.employers.views.frame import PER_PAGE, add_errors, page, status_of, user_of


def person_of(organisation: Organisation, person: UUID) -> Employment:
    """One of this organisation's people. Raises `Http404` for anybody else."""
    people = Employment.objects.select_related("organisation", "team", "card", "user")
    return get_object_or_404(people, organisation=organisation, public_id=person)


@require_safe
@manager_view
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everybody on the list, paged, with a search."""
    everyone = Employment.objects.filter(organisation=organisation).select_related("team")
    chosen = PeopleFilter(request.GET, queryset=everyone, organisation=organisation, today=timezone.localdate())
    found = chosen.qs.order_by(Lower("last_name"), Lower("first_name"), "pk")
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    now = timezone.now()
    context = {
        "filter": chosen,
        "page_obj": page_obj,
        "people": [(employment, employment.state(now)) for employment in page_obj],
        "query": query.urlencode(),
        "to_invite": invitations.to_invite(organisation, now).count(),
    }
    return page(request, organisation, "people", "people", context)


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def add(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Adds one person, with or without an address."""
    form = PersonForm(request.POST or None, organisation=organisation, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        try:
            employment = hiring.add(organisation, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": employment.name})
            return redirect("employers:person", organisation.public_id, employment.public_id)
    return page(request, organisation, "person_add", "people", {"form": form}, status_of(form))


@require_safe
@manager_view
def person(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """One person: what the list has, how they stand, and what can be done."""
    employment = person_of(organisation, person)
    return page(request, organisation, "person", "people", person_context(employment))


def person_context(employment: Employment) -> dict[str, Any]:
    """What the page of one person shows. Progress only where names are open."""
    now, today = timezone.now(), timezone.localdate()
    names = module_names(get_language() or "nl")
    shown = employment.organisation.names_open(today)
    states = progress.state_of(employment, today) if shown else {}
    due = dict(employment.obligations.values_list("module_id", "due_on"))
    why_no_reset = ""
    try:
        claim_cards.refuse_reset(employment, now)
    except claim_cards.ResetRefused as error:
        why_no_reset = " ".join(error.messages)
    return {
        "employment": employment,
        "state": employment.state(now),
        "names_open": shown,
        "modules": [
            {"name": names.get(pk, ""), "due_on": due.get(pk), "status": status, "done_on": done_on, "until": until}
            for pk, (status, done_on, until) in states.items()
        ],
        "for_ever": progress.FOR_EVER,
        "move_form": MoveForm(
            organisation=employment.organisation,
            initial={"team": employment.team.public_id if employment.team else None},
        ),
        "language_form": LanguageForm(initial={"language": get_language()}),
        "can_print": claim_cards.printable(employment.organisation, now).filter(pk=employment.pk).exists(),
        "why_no_reset": why_no_reset,
    }


@require_POST
@manager_view
def move(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Puts a person in another team."""
    employment = person_of(organisation, person)
    form = MoveForm(request.POST, organisation=organisation)
    if form.is_valid():
        hiring.move(employment, form.cleaned_data["team"], timezone.now())
        messages.success(request, _("The team was changed."))
    else:
        messages.error(request, _("Choose one of your own teams."))
    return redirect("employers:person", organisation.public_id, employment.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def end(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Asks for the last day, then ends the employment."""
    employment = person_of(organisation, person)
    form = EndForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if form.is_valid():
        try:
            hiring.end(employment, form.cleaned_data["ends_on"], user_of(request), timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The last day was set. You can take it back on this page."))
            return redirect("employers:person", organisation.public_id, employment.public_id)
    context = {"form": form, "employment": employment}
    return page(request, organisation, "person_end", "people", context, status_of(form))


@require_POST
@manager_view
def reopen(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Takes the last day back."""
    employment = person_of(organisation, person)
    try:
        hiring.reopen(employment, user_of(request), timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The last day was taken back."))
    return redirect("employers:person", organisation.public_id, employment.public_id)


@require_POST
@manager_view
def invite(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Sends one person an invitation."""
    employment = person_of(organisation, person)
    form = LanguageForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else "nl"
    try:
        sent = invitations.invite(employment, timezone.now(), language)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if sent:
            messages.success(request, _("The invitation is on its way. It works for 30 days."))
        else:
            messages.warning(request, _("This person got an invitation today already. Try again tomorrow."))
    return redirect("employers:person", organisation.public_id, employment.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def invite_all(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Invites everybody with an address who hasn't answered and wasn't invited in the last week."""
    waiting = invitations.to_invite(organisation, timezone.now()).count()
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid() and waiting:
        invite_everyone.enqueue(organisation.pk, form.cleaned_data["language"])
        text = ngettext("%(n)s person gets an invitation.", "%(n)s people get an invitation.", waiting)
        messages.success(request, text % {"n": waiting})
        return redirect("employers:people", organisation.public_id)
    context = {"form": form, "waiting": waiting}
    return page(request, organisation, "invite_all", "people", context, status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def cards(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Chooses whose cards are printed (GET); makes the sheet of at most 200 (POST)."""
    at = timezone.now()
    found = claim_cards.printable(organisation, at).order_by(Lower("last_name"), Lower("first_name"), "pk")
    team = _team_of(organisation, request.POST.get("team") or request.GET.get("team"))
    if team is not None:
        found = found.filter(team=team)
    if request.method != "POST":
        parts = range(1, max(1, -(-found.count() // claim_cards.MAX_PER_FILE)) + 1)
        context = {"count": found.count(), "parts": parts, "team": team, "teams": organisation.teams.all()}
        return page(request, organisation, "cards", "people", context)
    if chosen := _uuids(request.POST.getlist("person")):
        found = found.filter(public_id__in=chosen)
    part = request.POST.get("part", "1")
    first = (max(int(part), 1) - 1 if part.isdecimal() and len(part) < 4 else 0) * claim_cards.MAX_PER_FILE
    printed = claim_cards.with_cards(list(found[first : first + claim_cards.MAX_PER_FILE]), at)
    if not printed:
        messages.warning(request, _("Nobody in this choice needs a card: they take part already, or they declined."))
        return redirect("employers:people", organisation.public_id)
    return _sheet(printed)


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[: claim_cards.MAX_PER_FILE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _team_of(organisation: Organisation, text: str | None) -> Team | None:
    ids = _uuids([text] if text else [])
    return get_object_or_404(Team, organisation=organisation, public_id=ids[0]) if ids else None


def _sheet(printed: list[Employment]) -> HttpResponse:
    response = HttpResponse(sheets.cards_pdf(printed, get_language() or "nl"), content_type="application/pdf")
    name = _("cards")
    response["Content-Disposition"] = f'attachment; filename="weerbaar-{name}.pdf"'
    return response


@require_POST
@manager_view
def card(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Prints the card of one person."""
    employment = person_of(organisation, person)
    at = timezone.now()
    printed = claim_cards.with_cards(list(claim_cards.printable(organisation, at).filter(pk=employment.pk)), at)
    if not printed:
        messages.warning(request, _("This person needs no card: they take part already, or they declined."))
        return redirect("employers:person", organisation.public_id, employment.public_id)
    return _sheet(printed)


@require_http_methods(["GET", "HEAD", "POST"])
@manager_view
def reset_pin(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """Says what a reset does, then gives the card a new code."""
    employment = person_of(organisation, person)
    if request.method != "POST":
        return page(request, organisation, "reset_pin", "people", person_context(employment))
    try:
        claim_cards.reset_pin(employment, user_of(request), timezone.now())
    except claim_cards.ResetRefused as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The PIN is reset. Print the new card and give it to this person."))
    return redirect("employers:person", organisation.public_id, employment.public_id)
