"""Who doesn't manage an organisation sees nothing of it: every address, found by walking the room's own."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from learning.employers import uploads
from learning.employers.models import Employment
from learning.employers.urls import urlpatterns
from tests.conftest import signed_in
from tests.factories import employers as make
from tests.learning.employers.addresses import reverse

#: Addresses without an organisation in them: they show only the visitor's own.
OWN = {"home", "ties", "tie_accept", "tie_decline", "tie_end"}
CANARY = "Canarini"


@pytest.fixture
def ids(organisation, team, module, sams_employment, manager_user):
    """One id of each kind, all of Sam's employer."""
    upload = uploads.stage(
        organisation, manager_user, "x.csv", f"naam;personeelsnummer\n{CANARY};99\nX;\n".encode(), timezone.now()
    )
    assignment = make.make_assignment(organisation, module, team=team)
    other = make.make_employment(organisation, last_name=CANARY, email="canary@example.org")
    return {
        "person": other.public_id,
        "team": team.public_id,
        "assignment": assignment.public_id,
        "upload": upload.public_id,
        "manager": organisation.managers.get().pk,
    }


def addresses(organisation, ids):
    """`(name, address)` of every pattern that has an organisation in it."""
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters)
        if "org" in names:
            kwargs = {name: ids[name] for name in names - {"org"}}
            yield pattern.name, reverse(f"employers:{pattern.name}", kwargs={"org": organisation.public_id, **kwargs})


def test_no_address_is_left_out(organisation, ids):
    covered = {name for name, _address in addresses(organisation, ids)}
    assert {pattern.name for pattern in urlpatterns} - covered == OWN
    assert len(covered) >= 28


def test_a_strange_manager_gets_404_for_every_address(strange_manager, organisation, ids):
    before = Employment.objects.filter(organisation=organisation).count()
    for name, address in addresses(organisation, ids):
        responses = [strange_manager.get(address), strange_manager.post(address)]
        statuses = {response.status_code for response in responses}
        assert statuses <= {404, 405}, name
        assert 404 in statuses, name
        assert not [response for response in responses if CANARY in response.content.decode()], name
    assert Employment.objects.filter(organisation=organisation).count() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_id_under_ones_own_organisation_gives_404(strange_manager, other_organisation, ids, method):
    """The organisation in the address is one's own, everything else is Sam's employer's."""
    with_ids = 0
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters)
        if "org" in names and len(names) > 1:
            kwargs = {name: ids[name] for name in names - {"org"}}
            address = reverse(f"employers:{pattern.name}", kwargs={"org": other_organisation.public_id, **kwargs})
            response = getattr(strange_manager, method)(address)
            assert response.status_code in {404, 405}, pattern.name
            with_ids += 1
    assert with_ids >= 12


def test_an_organisation_that_does_not_exist_gives_404(strange_manager):
    assert strange_manager.get(reverse("employers:dashboard", args=[uuid4()])).status_code == 404


def test_an_employee_sees_no_employers_screen(sam, organisation, ids):
    browser = signed_in(sam, verified=True)
    for name, address in addresses(organisation, ids):
        assert browser.get(address).status_code in {404, 405}, name


def test_without_the_second_step_nothing_is_shown(manager_user, organisation, ids):
    """Password only: every address leads to the step that is missing."""
    browser = signed_in(manager_user)
    for name, address in addresses(organisation, ids):
        for method in ("get", "post"):
            response = getattr(browser, method)(address)
            assert response.status_code in {302, 405}, name
            if response.status_code == 302:
                assert "/werkgever/" not in response["Location"].split("?")[0], name
            assert CANARY not in response.content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in(client, organisation, ids):
    for name, address in addresses(organisation, ids):
        response = client.get(address)
        assert response.status_code in {302, 405}, name


def test_nothing_is_kept_by_a_cache(manager, organisation, ids):
    for name, address in addresses(organisation, ids):
        response = manager.get(address)
        if response.status_code == 200:
            assert "no-store" in response["Cache-Control"], name


def test_a_strangers_filter_choice_shows_nothing_of_theirs(strange_manager, other_organisation, ids, module):
    make.make_employment(other_organisation)
    make.make_assignment(other_organisation, module)
    page = strange_manager.get(
        reverse("employers:dashboard", args=[other_organisation.public_id]), {"team": str(ids["team"])}
    )
    assert page.status_code == 200
    assert "Kade Noord" not in page.content.decode()


def test_a_person_cant_answer_anothers_tie(stranger, sams_employment):
    browser = signed_in(stranger, verified=True)
    for name in ("tie_accept", "tie_decline", "tie_end"):
        assert browser.post(reverse(f"employers:{name}", args=[sams_employment.public_id])).status_code == 404


def test_a_manager_of_two_organisations_can_switch(manager, manager_user, organisation):
    second = make.make_organisation("Tweede", manager_user)
    page = manager.get(reverse("employers:home"))
    assert page.status_code == 200
    assert reverse("employers:dashboard", args=[second.public_id]) in page.content.decode()


def test_a_manager_of_one_organisation_goes_straight_there(manager, organisation):
    response = manager.get(reverse("employers:home"))
    assert response["Location"] == reverse("employers:dashboard", args=[organisation.public_id])
