from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo: accounts, and content that went through the workflow. No models."""

    name = "demo"
