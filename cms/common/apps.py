from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "cms.common"
    label = "common"
