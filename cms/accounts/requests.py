"""A request of somebody who is signed in, for the types of views behind `login_required` or
`require_verified`."""

from django.http import HttpRequest

from cms.accounts.models import User


class UserRequest(HttpRequest):
    """Only a type: nothing makes one."""

    user: User
