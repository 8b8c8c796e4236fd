from django.apps import AppConfig


class StockConfig(AppConfig):
    """The pages of the plain site."""

    name = "bench.stock"
    label = "stock"
