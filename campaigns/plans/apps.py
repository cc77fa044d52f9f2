from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "campaigns.plans"
    label = "plans"
