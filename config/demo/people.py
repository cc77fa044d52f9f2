"""The people of the demo: two invented employers with staff, and who edits. Made by the same verbs that the
screens call, as far as there are screens. Loading again changes nothing that is there."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import cards
from cms.accounts.models import User
from cms.pages.audiences import Audience
from config import roles
from config.demo import professionals
from config.demo.sign_ins import CARD, NEW_CARD, PASSWORD, PIN, SignIn, sign_in
from learning.employers import assigning, hiring, invitations, ties
from learning.employers.models import Employment, Manager, Organisation, Team
from learning.modules.models import Module
from learning.records import registrations
from learning.records.models import Attempt, Registration

KADEWERK = "Kadewerk Terminals B.V. (voorbeeld)"
KASGOED = "Kasgoed Kwekerijen (voorbeeld)"

TEAMS = ("Kade", "Poort", "Planning", "Techniek")
#: First and last names; the eighth of each has no e-mail address.
STAFF = (
    ("Noor", "Jansen"), ("Daan", "Mulder"), ("Fatima", "El Amrani"), ("Lars", "de Boer"), ("Emma", "Peters"),
    ("Yusuf", "Kaya"), ("Sanne", "Hendriks"), ("Piotr", "Kowalski"), ("Julia", "Dijkstra"), ("Bram", "Vermeer"),
    ("Chantal", "van Dam"), ("Mohamed", "Bouzid"), ("Iris", "Kok"), ("Tim", "Jacobs"), ("Oksana", "Melnyk"),
    ("Jeroen", "Schouten"), ("Lotte", "van Leeuwen"), ("Ahmet", "Yilmaz"), ("Roos", "Prins"), ("Kees", "Blom"),
    ("Maria", "Popescu"), ("Thijs", "Huisman"), ("Amira", "Haddad"), ("Wouter", "Postma"), ("Eline", "Kuipers"),
    ("Georgi", "Dimitrov"), ("Fleur", "Willems"), ("Rachid", "Azzouzi"), ("Anouk", "van Vliet"), ("Hugo", "Bosman"),
    ("Agnieszka", "Wójcik"), ("Ruben", "Evers"), ("Dewi", "Tan"), ("Stef", "Maas"), ("Nadia", "Chaouch"),
    ("Pieter", "Groen"), ("Lieke", "Verhoeven"), ("Samir", "Rahmani"), ("Femke", "Bouwman"), ("Olaf", "Timmer"),
)  # fmt: skip


def load(at: datetime) -> None:
    """Makes everybody who isn't there yet. Needs the starter content: modules must have been released.

    Raises `RuntimeError` outside the demo, and `LookupError` without released modules.
    """
    if not settings.DEMO:
        raise RuntimeError("The demo's people have public passwords: they are made in the demo only.")
    roles.load()
    _cms_user(sign_in("administrator"), at, is_staff=True, is_superuser=True)
    _cms_user(sign_in("editor"), at, roles.EDITORS)
    _cms_user(sign_in("communicator"), at, roles.COMMUNICATORS)
    with transaction.atomic():
        professionals.load(_user(sign_in("professional"), at), _user(sign_in("editor"), at), at)
    with transaction.atomic():
        if not Organisation.objects.filter(name=KADEWERK).exists():
            _kadewerk(at)
    with transaction.atomic():
        if not Organisation.objects.filter(name=KASGOED).exists():
            _kasgoed(at)


def _user(line: SignIn, at: datetime, **fields: Any) -> User:
    """The person of this line, with the demo's password and, where the line says so, the demo's app."""
    user = User.objects.filter(email=line.name).first() or User.objects.create_user(
        line.name,
        PASSWORD,
        first_name=line.first_name,
        last_name=line.last_name,
        email_confirmed_at=at,
        **fields,
    )
    if line.second_factor and not TOTPDevice.objects.filter(user=user).exists():
        TOTPDevice.objects.create(user=user, name="demo", key=line.totp_key, confirmed=True)
    return user


def _cms_user(line: SignIn, at: datetime, group: str = "", **fields: Any) -> None:
    user = _user(line, at, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))


def _organisation(name: str, sector: str, line: SignIn, at: datetime) -> tuple[Organisation, User]:
    """An employer that may show names, and its manager."""
    organisation = Organisation.objects.create(name=name, sector=sector)
    today = timezone.localdate(at)
    organisation.record_consent(today - timedelta(days=200), today)
    manager = _user(line, at)
    Manager.objects.create(organisation=organisation, user=manager, email=line.name, accepted_at=at)
    return organisation, manager


def _module(audience: str) -> Module:
    """The released module for this audience. Raises `LookupError` when there is none."""
    module = Module.objects.filter(audience=audience, current_edition__isnull=False, retired_at=None).first()
    if module is None:
        raise LookupError(f"No module was released for {audience}: run `manage.py load_starter --demo` first.")
    return module


def _kadewerk(at: datetime) -> None:
    """A terminal with some forty people: done, open, late and expired; with and without e-mail."""
    organisation, manager = _organisation(KADEWERK, Audience.TERMINAL, sign_in("manager"), at)
    teams = [Team.objects.create(organisation=organisation, name=name) for name in TEAMS]
    began = timezone.localdate(at) - timedelta(days=1200)
    people = []
    for number, (first_name, last_name) in enumerate(STAFF):
        address = None if number % 8 == 7 else f"{first_name}.{last_name}".lower().replace(" ", "")
        people.append(
            hiring.add(
                organisation,
                first_name=first_name,
                last_name=last_name,
                starts_on=began,
                at=at - timedelta(days=90),
                email=f"{_ascii(address)}@kadewerk.example" if address else None,
                personnel_number=f"{1001 + number}",
                team=teams[number % len(teams)],
            )
        )
    terminal, drivers = _module(Audience.TERMINAL), _module(Audience.CHAUFFEURS)
    soon = timezone.localdate(at) + timedelta(days=21)
    assigning.assign(organisation, None, terminal, soon, manager, at - timedelta(days=40))
    passed_by = timezone.localdate(at) - timedelta(days=9)
    assigning.assign(organisation, teams[1], drivers, passed_by, manager, at - timedelta(days=70))
    for number, employment in enumerate(people):
        if not employment.email or number % 5 == 4:
            continue  # no answer yet
        user = _accepted(employment, at - timedelta(days=60))
        if number % 13 == 6:
            _take(user, terminal, at - timedelta(days=750))  # expired since
        elif number % 3 != 2:
            _take(user, terminal, at - timedelta(days=30 - number % 25))
        if number % 8 == 1:
            _take(user, drivers, at - timedelta(days=20 + number))
    _take_begin(_accepted(_hire(organisation, sign_in("employee"), teams[0], at), at), terminal, at)
    _with_card(_hire(organisation, sign_in("card"), teams[1], at), CARD, PIN, terminal, at)
    _with_card(_hire(organisation, sign_in("new_card"), teams[1], at), NEW_CARD, "", terminal, at)
    for employment in people[4:20:5]:
        if employment.email:
            invitations.invite(employment, at)


def _kasgoed(at: datetime) -> None:
    """A small grower, for whom the first employer's addresses don't exist."""
    organisation, manager = _organisation(KASGOED, Audience.KWEKERS, sign_in("stranger"), at)
    team = Team.objects.create(organisation=organisation, name="Kas 1")
    for first_name, last_name in STAFF[10:14]:
        hiring.add(
            organisation,
            first_name=first_name,
            last_name=last_name,
            starts_on=timezone.localdate(at) - timedelta(days=30),
            at=at,
            email=f"{_ascii(first_name.lower())}@kasgoed.example",
            team=team,
        )
    assigning.assign(
        organisation, team, _module(Audience.KWEKERS), timezone.localdate(at) + timedelta(days=30), manager, at
    )


def _ascii(text: str) -> str:
    return text.replace(" ", "").replace("ó", "o")


def _hire(organisation: Organisation, line: SignIn, team: Team, at: datetime) -> Employment:
    return hiring.add(
        organisation,
        first_name=line.first_name,
        last_name=line.last_name,
        starts_on=timezone.localdate(at) - timedelta(days=300),
        at=at,
        email=line.name if "@" in line.name else None,
        personnel_number=f"20{len(line.key)}{team.pk % 10}",
        team=team,
    )


def _accepted(employment: Employment, at: datetime) -> User:
    """The person accepts: with the demo's password where it is one of the table."""
    user = User.objects.filter(email=employment.email).first()
    if user is None and employment.email == sign_in("employee").name:
        user = _user(sign_in("employee"), at)
    user = user or ties.make_account(employment, "nl", at)
    if user is None:
        raise LookupError("no account")
    ties.accept(employment, user, at)
    return user


def _with_card(employment: Employment, code: str, pin: str, module: Module, at: datetime) -> None:
    """A card with a code of our own; with a PIN it is claimed and a module is done."""
    card = cards.issue(at)
    card.code = code
    card.save(update_fields=["code"])
    employment.card = card
    employment.save(update_fields=["card"])
    if not pin:
        return
    user = cards.claim(card, pin, employment.first_name, employment.last_name, "nl", at)
    ties.accept(employment, user, at)
    _take(user, module, at - timedelta(days=3))


def _started(user: User, module: Module, at: datetime) -> Attempt:
    if module.current_edition is None:
        raise LookupError("no edition")
    registration = registrations.open_for(user, module, Registration.Kind.ASSIGNED, at)
    return registrations.start_attempt(registration, module.current_edition, at)


def _answer(attempt: Attempt, count: int | None = None) -> None:
    """Answers the first `count` questions right; all of them when None."""
    key = {question["uuid"]: question for question in attempt.edition.answer_key["questions"]}
    for shown in attempt.drawn[:count]:
        right = [option["uuid"] for option in key[shown["question"]]["options"] if float(option["points"]) > 0]
        attempt.answer(shown["question"], right)


def _take(user: User, module: Module, at: datetime) -> None:
    """Takes the quiz and passes."""
    attempt = _started(user, module, at)
    _answer(attempt)
    attempt.submit(at)


def _take_begin(user: User, module: Module, at: datetime) -> None:
    """Leaves halfway through the quiz."""
    _answer(_started(user, module, at), 3)
