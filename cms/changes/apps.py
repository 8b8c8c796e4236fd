from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Where changes of public content are noticed."""

    name = "cms.changes"
    label = "changes"

    def ready(self):
        from . import receivers

        receivers.connect()
