"""Lines above the panels of the admin's first page: what waits for this person."""

from wagtail.admin.ui.components import Component


class DeskLine(Component):
    """A sentence that leads to a screen."""

    order = 0
    template_name = "common/desk_line.html"

    def __init__(self, text, url):
        self.text = text
        self.url = url

    def get_context_data(self, parent_context):
        return {"text": self.text, "url": self.url}
