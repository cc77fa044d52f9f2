from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Tells the rooms below who must have a second factor, and what was assigned to whom."""

    name = "learning.employers"
    label = "employers"
