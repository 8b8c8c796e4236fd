"""What the change log has to know of the API: the forms of pages, and what is public besides pages."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from cms.store.digest import digest_of
from cms.store.events import follow_model
from cms.store.references import load_public_pages, page_reference, type_name
from cms.store.registry import PageForms, register_collection, register_page_forms
from cms.store.representation import represent_public


def register() -> None:
    """Register pages, files and redirects. Other apps register their endpoints by `register_endpoint`."""
    from wagtail.contrib.redirects.models import Redirect

    from cms.media.public import public_documents, public_images

    from .views.redirects import RedirectsViewSet

    register_page_forms(PageForms(represent_public, references, type_name))
    register_files("images", public_images, ["title", "sha256"])
    register_files("documents", public_documents, ["title", "sha256"])
    register_endpoint(RedirectsViewSet, "id")
    follow_model(Redirect)


def register_files(name: str, queryset: Callable[[], QuerySet], fields: Any) -> None:
    """Files are many and change little, so their forms are not made: `fields` are all that they depend on."""

    def stamps():
        return {str(pk): digest_of(values) for pk, *values in queryset().order_by().values_list("pk", *fields)}

    register_collection(name, stamps)


def register_endpoint(viewset: Any, key: Any) -> None:
    """Register an endpoint whose items have `key` in their forms."""

    def stamps():
        view = viewset()
        return {str(form[key]): digest_of(form) for form in view.forms(list(view.get_queryset()))}

    register_collection(viewset.name, stamps)


def references(ids: Iterable[int]) -> dict[int, dict]:
    """Return how other pages show the public ones among `ids`."""
    return {pk: page_reference(page) for pk, page in load_public_pages(list(ids)).items()}
