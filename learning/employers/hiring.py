"""Who belongs to an organisation: adding people one by one, changing and ending employments."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import audit
from cms.accounts.models import User
from learning.employers import assigning
from learning.employers.models import Employment, Organisation, Team


def clean_spaces(text: str) -> str:
    """The text without spaces around it and without double spaces inside."""
    return re.sub(r"\s+", " ", text).strip()


def add(
    organisation: Organisation,
    *,
    first_name: str,
    last_name: str,
    starts_on: date,
    at: datetime,
    email: str | None = None,
    personnel_number: str = "",
    team: Team | None = None,
    ends_on: date | None = None,
) -> Employment:
    """Adds one person to the organisation's list. Whether an account with this address exists is not looked
    at: the person is tied to one only by accepting.

    Raises `ValidationError` when the number or address is already in the list, or the dates don't fit.
    """
    employment = Employment(
        organisation=organisation,
        team=team,
        first_name=clean_spaces(first_name),
        last_name=clean_spaces(last_name),
        email=email.strip().lower() if email else None,
        personnel_number=clean_spaces(personnel_number),
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=at,
    )
    _check(employment)
    try:
        with transaction.atomic():
            employment.save(force_insert=True)
            assigning.refresh([employment], timezone.localdate(at))
    except IntegrityError as error:  # another manager was quicker
        _check(employment)
        raise ValidationError(_("This person could not be added. Try again.")) from error
    return employment


def _check(employment: Employment) -> None:
    if employment.ends_on is not None and employment.ends_on < employment.starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first day.")})
    others = Employment.objects.filter(organisation_id=employment.organisation_id, ends_on__isnull=True)
    others = others.exclude(pk=employment.pk)
    if employment.personnel_number and others.filter(personnel_number=employment.personnel_number).exists():
        raise ValidationError({"personnel_number": _("Somebody in your list has this number already.")})
    if employment.email and others.filter(email=employment.email).exists():
        raise ValidationError({"email": _("Somebody in your list has this e-mail address already.")})


def move(employment: Employment, team: Team | None, at: datetime) -> None:
    """Puts a person in another team, or in none; what is asked of them follows the team."""
    with transaction.atomic():
        employment.team = team
        employment.save(update_fields=["team"])
        assigning.refresh([employment], timezone.localdate(at))


def end(employment: Employment, ends_on: date, by: User, at: datetime) -> None:
    """Ends an employment after `ends_on`. An invitation or card that wasn't used yet works no more from
    then on. The record stays the person's own.

    Raises `ValidationError` for a last day before the first.
    """
    if ends_on < employment.starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first day.")})
    with transaction.atomic():
        employment.ends_on = ends_on
        employment.save(update_fields=["ends_on"])
        audit.record("employment.ended", employment, by)


def reopen(employment: Employment, by: User, at: datetime) -> None:
    """Takes an end back, for who ended the wrong person.

    Raises `ValidationError` when the number or address was given to somebody else since.
    """
    employment.ends_on = None
    _check(employment)
    with transaction.atomic():
        employment.save(update_fields=["ends_on"])
        assigning.refresh([employment], timezone.localdate(at))
        audit.record("employment.reopened", employment, by)
