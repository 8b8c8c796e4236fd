from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "cms.changes"
    label = "changes"

    def ready(self):
        from . import receivers

        receivers.connect()
