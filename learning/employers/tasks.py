"""Work that a request doesn't wait for; ids only. Every task may be run twice."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import task

from learning.employers import invitations
from learning.employers.models import Organisation


@task()
def invite_everyone(organisation_pk: int, language: str) -> None:
    """Invites everybody of this organisation who waits for an invitation. Each is a transaction of its own,
    and who was invited is skipped, so that it can be run again after a kill."""
    at = timezone.now()
    organisation = Organisation.objects.get(pk=organisation_pk)
    waiting = list(invitations.to_invite(organisation, at).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        employment = invitations.to_invite(organisation, at).select_related("organisation").filter(pk=pk).first()
        if employment is None:
            continue
        try:
            invitations.invite(employment, at, language)
        except ValidationError:  # answered in the meantime
            continue
