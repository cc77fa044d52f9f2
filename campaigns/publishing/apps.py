from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "campaigns.publishing"
    label = "publishing"
