"""What an installation needs before anyone can work: roles, tree, workflows. Idempotent; only creates."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation


def set_up(sender: type, using: str = "default", **kwargs: Any) -> None:
    """Run after each migration. What exists is left as the office has it."""
    from . import roles, tree, workflows

    # Migrations run in no language, and what is made here is in the record.
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic(using=using):
        pristine = tree.remove_wagtail_example()
        if pristine:
            roles.remove_wagtail_groups()
            workflows.remove_wagtail_workflow()
        groups = roles.make_groups()
        pages = tree.make_tree()
        roles.grant_page_rights(groups, pages)
        workflows.make_workflow(groups, pages)
