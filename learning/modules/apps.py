from django.apps import AppConfig


class ModulesConfig(AppConfig):
    name = "learning.modules"
    label = "modules"
