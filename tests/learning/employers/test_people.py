"""The list of people: adding, searching, moving, ending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import AuditEvent, ClaimCard
from learning.employers import hiring, retention
from learning.employers.models import Employment
from tests.factories import employers as make
from tests.learning.employers.addresses import reverse


def add(manager, organisation, **fields):
    data = {"last_name": "Jansen", "starts_on": timezone.localdate().isoformat(), **fields}
    return manager.post(reverse("employers:person_add", args=[organisation.public_id]), data)


def test_a_person_is_added_with_an_address_or_without(manager, organisation):
    assert add(manager, organisation, email="Noor@Example.ORG").status_code == 302
    assert add(manager, organisation, last_name="Chen").status_code == 302
    assert set(Employment.objects.values_list("last_name", "email")) == {("Jansen", "noor@example.org"), ("Chen", None)}


@pytest.mark.parametrize("field", ["personnel_number", "email"])
def test_a_number_or_address_that_is_there_already_is_refused_and_nothing_is_lost(manager, organisation, field):
    value = {"personnel_number": "4417", "email": "noor@example.org"}[field]
    add(manager, organisation, **{field: value})
    page = add(manager, organisation, last_name="Andersen", **{field: value})
    assert page.status_code == 422
    assert "Andersen" in page.content.decode()
    assert Employment.objects.count() == 1


def test_the_same_person_can_work_for_two_employers(organisation, other_organisation):
    for employer in (organisation, other_organisation):
        make.make_employment(employer, personnel_number="1", email="noor@example.org")
    assert Employment.objects.filter(email="noor@example.org").count() == 2


def test_who_left_and_comes_back_is_added_again(organisation, manager_user):
    first = make.make_employment(organisation, personnel_number="1", email="noor@example.org")
    hiring.end(first, timezone.localdate() - timedelta(days=1), manager_user, timezone.now())
    make.make_employment(organisation, personnel_number="1", email="noor@example.org")
    with pytest.raises(ValidationError):
        hiring.reopen(first, manager_user, timezone.now())


@pytest.mark.parametrize("fields", [{"personnel_number": "1"}, {"email": "a@example.org"}])
def test_the_database_keeps_a_person_once(organisation, fields):
    values = {"organisation": organisation, "last_name": "X", "starts_on": timezone.localdate(), **fields}
    Employment.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.create(**values)


@pytest.mark.parametrize(
    "fields",
    [{"ends_on": timezone.localdate() - timedelta(days=1)}, {"email": "Big@example.org"}],
)
def test_the_database_refuses_what_cant_be(organisation, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.create(organisation=organisation, last_name="X", starts_on=timezone.localdate(), **fields)


def test_the_list_is_searched_filtered_and_paged(manager, organisation, edition, team):
    make.make_staff(organisation, edition.module, edition, 60, teams=2)
    make.make_employment(organisation, last_name="Zoeker", personnel_number="ZZ9", team=team)
    address = reverse("employers:people", args=[organisation.public_id])
    assert "Zoeker" not in manager.get(address).content.decode()
    assert "Zoeker" in manager.get(address, {"page": 2}).content.decode()
    for query in ({"q": "zoek"}, {"q": "ZZ9"}, {"team": str(team.public_id)}, {"state": "waiting"}):
        page = manager.get(address, query).content.decode()
        assert "Zoeker" in page
        assert "1 person in this list" in page


def test_who_left_is_shown_when_asked_for(manager, organisation, manager_user):
    employment = make.make_employment(organisation, last_name="Vertrokken")
    hiring.end(employment, timezone.localdate() - timedelta(days=1), manager_user, timezone.now())
    address = reverse("employers:people", args=[organisation.public_id])
    assert "Vertrokken" not in manager.get(address).content.decode()
    assert "Vertrokken" in manager.get(address, {"state": "ended"}).content.decode()


def test_ending_asks_first_and_can_be_taken_back(manager, organisation, sams_employment):
    args = [organisation.public_id, sams_employment.public_id]
    address = reverse("employers:person_end", args=args)
    manager.get(address)
    sams_employment.refresh_from_db()
    assert sams_employment.ends_on is None
    manager.post(address, {"ends_on": timezone.localdate().isoformat()})
    sams_employment.refresh_from_db()
    assert sams_employment.ends_on == timezone.localdate()
    manager.post(reverse("employers:person_reopen", args=args))
    sams_employment.refresh_from_db()
    assert sams_employment.ends_on is None
    assert set(AuditEvent.objects.values_list("act", flat=True)) >= {"employment.ended", "employment.reopened"}


def test_a_last_day_before_the_first_is_refused(manager, organisation, sams_employment):
    address = reverse("employers:person_end", args=[organisation.public_id, sams_employment.public_id])
    assert manager.post(address, {"ends_on": "2001-01-01"}).status_code == 422


def test_a_person_moves_to_ones_own_team_only(manager, organisation, other_organisation, sams_employment):
    own, theirs = make.make_team(organisation, "Eigen"), make.make_team(other_organisation, "Vreemd")
    address = reverse("employers:person_move", args=[organisation.public_id, sams_employment.public_id])
    manager.post(address, {"team": str(theirs.public_id)})
    sams_employment.refresh_from_db()
    assert sams_employment.team.name == "Kade Noord"
    manager.post(address, {"team": str(own.public_id)})
    sams_employment.refresh_from_db()
    assert sams_employment.team == own


def test_mass_assignment_changes_nothing_else(manager, organisation, other_organisation, sam):
    theirs = {"user": sam.pk, "accepted_at": "2020-01-01", "organisation": other_organisation.pk, "public_id": "x"}
    hidden = {"declined_at": "2020-01-01", "token_hash": "x", "card": "1", "created_at": "2020-01-01"}
    data = {"last_name": "X", "starts_on": timezone.localdate().isoformat(), "personnel_number": "5"}
    manager.post(reverse("employers:person_add", args=[organisation.public_id]), {**data, **theirs, **hidden})
    employment = Employment.objects.get(personnel_number="5")
    assert employment.organisation == organisation
    assert (employment.user, employment.accepted_at, employment.declined_at, employment.token_hash) == (None,) * 4


def test_a_team_in_use_is_not_removed(manager, organisation, team, sams_employment):
    manager.post(reverse("employers:team_remove", args=[organisation.public_id, team.public_id]))
    assert organisation.teams.filter(pk=team.pk).exists()


def test_a_team_has_its_name_once(manager, organisation, team):
    address = reverse("employers:teams", args=[organisation.public_id])
    assert manager.post(address, {"name": "kade  NOORD"}).status_code == 422
    assert manager.post(address, {"name": "Kraan"}).status_code == 302


def test_two_years_after_leaving_the_name_is_gone_and_the_record_stays(organisation, edition, sam, colleague):
    today = timezone.localdate()
    old = make.make_employment(organisation, sam, starts_on=today - timedelta(days=2000))
    recent = make.make_employment(organisation, colleague, starts_on=today - timedelta(days=2000))
    make.make_completion(sam, edition)
    unclaimed = make.make_employment(organisation, starts_on=today - timedelta(days=2000))
    make.make_card(unclaimed)
    years_ago = retention.years_before(today, 2)
    Employment.objects.filter(pk__in=[old.pk, unclaimed.pk]).update(ends_on=years_ago - timedelta(days=1))
    Employment.objects.filter(pk=recent.pk).update(ends_on=years_ago)
    assert retention.sweep(timezone.now()) == 2
    assert list(Employment.objects.values_list("pk", flat=True)) == [recent.pk]
    assert sam.completions.count() == 1
    assert not ClaimCard.objects.exists()


def test_names_are_listed_whatever_their_capitals(manager, organisation):
    for last_name in ("Willems", "de Boer", "Azzouzi"):
        make.make_employment(organisation, first_name="Lars", last_name=last_name)
    page = manager.get(f"/en/werkgever/{organisation.public_id}/mensen/")
    listed = [employment.last_name for employment, _state in page.context["people"]]
    assert listed == ["Azzouzi", "de Boer", "Willems"]
