"""Panels of the editor that Wagtail lacks."""

from typing import Any

from wagtail.admin.panels import MultiFieldPanel


class FoldedPanel(MultiFieldPanel):
    """Fields that are seldom needed, folded away until somebody opens them or one has an error.

    Wagtail's `collapsed` does nothing inside an inline panel (seen in Wagtail 8.0.1).
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The fields of one form."""

        template_name = "pages/folded_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["summary"] = self.panel.summary
            context["has_errors"] = bool(self.form is not None and self.form.is_bound and self.form.errors)
            return context

    def __init__(self, children: Any = (), *, summary: Any = "", **kwargs: Any) -> None:
        super().__init__(children, **kwargs)
        self.summary = summary

    def clone_kwargs(self) -> Any:
        return {**super().clone_kwargs(), "summary": self.summary}
