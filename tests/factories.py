"""People, pages and files for tests. Pages go through the workflow, as in life."""

import io

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page

from articles.models import (
    ArticleIndexPage,
    ArticlePage,
    Category,
    DirectiveIndexPage,
    DirectiveIssuer,
    DirectivePage,
    Issuer,
    PlanTask,
    TaskPlanIndexPage,
    TaskPlanPage,
)
from cms.accounts.roles import APPROVER, EDITOR, GROUPS, REVIEWER
from cms.media.models import CustomDocument, CustomImage
from cms.pages.publication import exempt
from home.models import HomePage


def make_user(username, *roles, **fields):
    """An active user with roles and the password `password`."""
    user = get_user_model().objects.create_user(
        username,
        f"{username}@example.org",
        "password",
        full_name=fields.pop("full_name", username.title()),
        **fields,
    )
    user.groups.set(Group.objects.filter(name__in=[GROUPS[role] for role in roles]))
    return user


def make_image(name="anh", size=(800, 600), colour="green"):
    """An image of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return CustomImage.objects.create(title=name, file=ImageFile(io.BytesIO(buffer.getvalue()), name=f"{name}.png"))


def make_document(name="tep.txt", content=b"noi dung", declared_by=None):
    """A document with these bytes; `declared_by` answers for one whose text can't be read."""
    document = CustomDocument(title=name, file=ContentFile(content, name=name))
    if declared_by is not None:
        document.declare_nothing_secret(declared_by)
    document.save()
    return document


class Office:
    """One person for each role, unless `users` says who has which, and how they work."""

    def __init__(self, users=None):
        self.users = users or {role: make_user(role, role) for role in GROUPS}

    @property
    def home(self):
        return HomePage.objects.get()

    @property
    def news(self):
        return ArticleIndexPage.objects.get()

    @property
    def documents(self):
        return DirectiveIndexPage.objects.get()

    @property
    def plans(self):
        return TaskPlanIndexPage.objects.get()

    def article(self, title="Tin mới", **fields):
        """An article that is not saved."""
        category, _created = Category.objects.get_or_create(name="Tin hoạt động")
        return ArticlePage(title=title, lead=fields.pop("lead", "Tóm tắt."), category=category, **fields)

    def directive(self, printed="18-CT/TU", document_type="chi-thi", issuers=(), **fields):
        """A document that is not saved."""
        page = DirectivePage(
            reference_as_printed=printed,
            document_type=document_type,
            subject=fields.pop("subject", "Công tác dân vận"),
            **fields,
        )
        page.directive_issuers = [
            DirectiveIssuer(issuer=Issuer.objects.get_or_create(name=name)[0]) for name in issuers
        ]
        return page

    def plan(self, title="Nhiệm vụ quý III", period="2021-Q3", tasks=(), **fields):
        """A plan that is not saved; `tasks` are dicts of fields."""
        page = TaskPlanPage(title=title, period=period, **fields)
        page.tasks = [PlanTask(**task) for task in tasks]
        return page

    def draft(self, parent, page, user=None):
        """`page` as the editor's draft below `parent`."""
        user = user or self.users[EDITOR]
        page.live = False
        page.owner = user
        page.slug_parent = parent
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=user, log_action="wagtail.create")
        return page

    def put_live(self, parent, page):
        """`page` live at once, as the system, for tests that need many pages and no review."""
        page.live = True
        page.slug_parent = parent
        with exempt("system", "a test"):
            Page.objects.get(pk=parent.pk).add_child(instance=page)
        return page

    def revise(self, page, user=None, **fields):
        """A new draft of a stored page with other values."""
        draft = fresh(page).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save_revision(user=user or self.users[EDITOR], log_action=True)
        return draft

    def submit(self, page, user=None):
        """Submits the draft, anew where it was returned."""
        page, user = fresh(page), user or self.users[EDITOR]
        returned = page.current_workflow_state
        return returned.resume(user) if returned else page.get_workflow().start(page, user)

    def decide(self, page, user, action="approve", comment=""):
        """Takes the current step of the review as `user`, a role or a person."""
        state = fresh(page).current_workflow_task_state
        user = self.users.get(user, user) if isinstance(user, str) else user
        state.task.specific.on_action(state, user, action, comment=comment)

    def publish(self, parent, page):
        """The whole way from draft to publication."""
        self.draft(parent, page)
        return self.approve(page)

    def approve(self, page):
        """Submission and both steps."""
        self.submit(page)
        self.decide(page, REVIEWER)
        self.decide(page, APPROVER)
        return fresh(page)


def fresh(page):
    """The page as it is stored."""
    return Page.objects.get(pk=page.pk).specific
