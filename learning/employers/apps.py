from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Employers and what they may know."""

    name = "learning.employers"
    label = "employers"

    def ready(self) -> None:
        """Tells the rooms below who must have a second factor, and what was asked of whom."""
        from cms.accounts.second_factor import register_requirement  # noqa: PLC0415  models aren't loaded yet
        from learning.employers.access import is_manager  # noqa: PLC0415
        from learning.employers.assigned import assigned_modules  # noqa: PLC0415
        from learning.records.assignments import register_provider  # noqa: PLC0415

        register_requirement(is_manager, home="employers:home")
        register_provider(assigned_modules)
