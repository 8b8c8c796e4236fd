"""What an approval goes through: few files, few queries, the same at any size; and that the road names all of it."""

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.roles import APPROVER, REVIEWER
from cms.publishing import finish, pipeline
from tests.factories import Office, fresh, make_image, make_user

ROOT = Path(__file__).parent.parent.parent
FINISH = finish.publish_approved.__code__
# The layout's parts, as docs/architecture.md names them.
PARTS = ("cms/core", "cms/pages", "cms/accounts", "cms/media", "cms/publishing", "cms/store", "articles", "home")


class Trace:
    """The files of the project whose functions run from the finish action to the commit."""

    def __init__(self):
        self.files = set()
        self.is_on = False

    def __call__(self, frame, event, argument):
        code = frame.f_code
        if event != "call":
            return
        if code is FINISH:
            self.is_on = True
        elif code.co_name == "run_and_clear_commit_hooks":
            self.is_on = False
        path = Path(code.co_filename)
        if self.is_on and path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv"):
            self.files.add(str(path.relative_to(ROOT)))
        # The middleware's: it ends what it began.
        self.files -= {"cms/pages/middleware.py", "cms/pages/editing.py"}

    @property
    def parts(self):
        return {next((part for part in PARTS if name.startswith(f"{part}/")), name) for name in self.files}


def article(office):
    return office.news, office.article(image=make_image(f"anh-{office.news.numchild}"), image_alt="Đồi")


def directive(office):
    number = 18 + office.documents.numchild
    return office.documents, office.directive(f"{number}-CT/TU", issuers=["Ban Vùng cao"])


def plan(office):
    period = f"2021-Q{1 + office.plans.numchild}"
    return office.plans, office.plan(period=period, tasks=[{"title": "Một"}, {"title": "Hai"}])


def approve(client, office, page):
    """Takes the last step by the screen; gives the queries and the files."""
    state = fresh(page).current_workflow_task_state
    client.force_login(office.users[APPROVER])
    trace = Trace()
    with CaptureQueriesContext(connection) as captured:
        before = sys.getprofile()
        sys.setprofile(trace)
        try:
            response = client.post(reverse("review_page", args=[page.pk]), {"approve": "1", "task_state": state.pk})
        finally:
            sys.setprofile(before)
    assert response.status_code == 302
    assert fresh(page).live
    # The projector's follow, which have a limit of their own: it begins by looking for events.
    statements = [one["sql"] for one in captured]
    commit = next(n for n, sql in enumerate(statements) if sql.startswith("COMMIT"))
    ends = next(n for n, sql in enumerate(statements) if n > commit and 'FROM "store_event"' in sql)
    return ends, trace


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [article, directive, plan])
def test_an_approval_goes_through_few_files_and_queries(client, kind):
    office = Office()
    # The first one of a process finds nothing kept of content types.
    for _first_and_second in range(2):
        parent, page = kind(office)
        office.draft(parent, page)
        office.submit(page)
        office.decide(page, REVIEWER)
        queries, trace = approve(client, office, page)
    assert len(trace.files) <= 25, sorted(trace.files)
    assert len(trace.parts - {"cms/publishing/pipeline.py"}) <= 7, trace.parts
    assert "cms/publishing/pipeline.py" in trace.files
    assert queries <= 150


def test_every_signal_of_the_flow_is_connected_by_the_road():
    """Nothing of what happens to pages is heard elsewhere: whoever reads `pipeline.py` knows all of it."""
    heard = {
        f"{path.relative_to(ROOT)}"
        for folder in ("cms", "articles", "home", "search")
        for path in (ROOT / folder).rglob("*.py")
        if any(f"{signal}.connect" in path.read_text() for signal in _signals_of_pages())
    }
    assert heard == set()
    assert all(why for *_rest, why in pipeline.CONNECTIONS)


def _signals_of_pages():
    return ("page_published", "page_unpublished", "post_page_move", "pre_page_move", "page_slug_changed",
            "workflow_submitted", "workflow_approved", "workflow_rejected", "workflow_cancelled", "task_submitted",
            "task_approved", "task_rejected", "task_cancelled", "published", "unpublished")  # fmt: skip


def test_who_may_take_a_step_costs_the_same_for_any_group(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    client, address = login(APPROVER), reverse("review_page", args=[page.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        make_user(f"tham-dinh-{number}", REVIEWER)
    with CaptureQueriesContext(connection) as many:
        content = client.get(address).content.decode()
    assert "Tham-Dinh-4" in content
    assert len(many) == len(few)


def test_whether_a_file_is_fixed_costs_the_same_however_much_is_in_review(office):
    image, other = make_image("mot"), make_image("hai")
    for number in range(3):
        office.submit(office.draft(office.news, office.article(f"Tin {number}", image=image, image_alt="Đồi")))
    with CaptureQueriesContext(connection) as queries:
        assert image.is_fixed()
        assert not other.is_fixed()
    assert len(queries) <= 8
