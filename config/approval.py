"""What an approval does. The right to publish comes from the review: a reviewer publishes what was submitted and
nothing else, and so needs no right on the tree. Wagtail's models import this module, so it imports none of them."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes the newest version of what was submitted. Where nobody approved (a review whose tasks were all
    switched off or skipped) only who may publish it does: `PermissionDenied` for others."""
    last = workflow_state.current_task_state
    approved = last is not None and last.status == last.STATUS_APPROVED and user == last.finished_by
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=approved)
