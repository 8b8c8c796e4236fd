from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The road of a page to readers; see `pipeline.py`."""

    name = "cms.publishing"
    label = "publishing"

    def ready(self) -> None:
        from cms.pages.publication import set_out

        from . import pipeline

        set_out(pipeline)
        pipeline.connect()
