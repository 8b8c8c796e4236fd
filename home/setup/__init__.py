"""What an installation needs before anyone can work: roles, tree, workflows. Idempotent; only creates."""

from django.db import transaction


def set_up(sender, using="default", **kwargs):
    """Runs after each migration. What exists is left as the office has it."""
    from . import roles, tree, workflows

    with transaction.atomic(using=using):
        pristine = tree.remove_wagtail_example()
        if pristine:
            roles.remove_wagtail_groups()
            workflows.remove_wagtail_workflow()
        groups = roles.make_groups()
        pages = tree.make_tree()
        roles.grant_page_rights(groups, pages)
        workflows.make_workflow(groups, pages)
