from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The road of a page to readers; see `pipeline.py`."""

    name = "cms.publishing"
    label = "publishing"

    def ready(self) -> None:
        from cms.core.due import register_due
        from cms.pages.publication import set_out

        from . import pipeline, verifying

        set_out(pipeline)
        pipeline.connect()
        register_due("the nightly proof", verifying.verify_nightly, slow=True)
