from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "learning.employers"
    label = "employers"
