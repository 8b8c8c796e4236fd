"""Builds the demo's pages from `demo.content` and sends them through the workflow."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from articles.models import (
    ArticleIndexPage,
    ArticlePage,
    Category,
    DirectiveFile,
    DirectiveIndexPage,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    DirectiveSigner,
    Issuer,
    PlanBasis,
    PlanTask,
    Sector,
    TaskPlanIndexPage,
    TaskPlanPage,
    Unit,
    ValidityEvent,
)
from cms.accounts.roles import EDITOR, REVIEWER
from cms.media.models import CustomDocument
from cms.pages.public import default_site
from home.models import HomePage, MenuItem, PromotedResult, SearchSettings, SiteSettings, StandardPage

from .articles import ArticleBuilder
from .content import directives, office, pages, plans, register
from .official_pdf import official_pdf


class Builder:
    """Builds what `content` says, telling `say` how far it is."""

    def __init__(self, desk: Any, say: Any) -> None:
        self.desk = desk
        self.say = say
        self.directives = {}

    def build(self) -> None:
        """Everything, in the order in which later pages refer to earlier ones."""
        self.register()
        self.directive_pages()
        self.plans()
        self.news()
        about = self.about()
        self.settings(about)
        self.in_progress()

    def register(self) -> None:
        """Categories, sectors, units and issuers."""
        for name in register.CATEGORIES:
            Category.objects.create(name=name)
        for name in register.SECTORS:
            Sector.objects.create(name=name)
        for name, code in register.UNITS:
            Unit.objects.create(name=name, code=code)
        for name, code, level, since, until, predecessors, others in register.ISSUERS:
            issuer = Issuer.objects.create(
                name=name,
                code=code,
                level=level,
                exists_from=since,
                exists_until=until,
                other_names="\n".join(others),
            )
            issuer.predecessors.set(Issuer.objects.filter(name__in=predecessors))

    def directive_pages(self) -> None:
        """Make the documents of the register."""
        section = DirectiveIndexPage.objects.get()
        of_office = [*office.WITH_TEXT, *office.without_text(timezone.localdate())]
        real: list[Any] = [*directives.CITED, *directives.RULES]
        for item in real:
            self.publish_directive(section, self.directive(item), item["key"])
        for item in sorted(of_office, key=lambda item: item.get("issued_on") or timezone.localdate()):
            self.publish_directive(section, self.office_directive(item), item["key"])

    def publish_directive(self, section: Any, page: Page, key: Any) -> None:
        """Send one document through the workflow."""
        self.directives[key] = self.desk.publish(section, page)
        self.say(f"document {key}")

    def directive(self, item: Any) -> Any:
        """Return the page of one document; relations point at documents that were made before."""
        page = DirectivePage(
            document_type=item["type"],
            reference_as_printed=item["printed"],
            subject=item["subject"],
            issued_on=item.get("issued_on"),
            effective_on=item.get("effective_on"),
            expires_on=item.get("expires_on"),
            status=item.get("status", "issued"),
            sector=Sector.objects.get(name=item["sector"]),
            **item.get("correct", {}),
        )
        page.directive_issuers = [
            DirectiveIssuer(issuer=Issuer.objects.get(name=name)) for name in item.get("issuers", [])
        ]
        page.outgoing_relations = [
            DirectiveRelation(kind=kind, target=self.directives[key], extent=extent, note=note)
            for kind, key, extent, note in item.get("relations", [])
        ]
        return page

    def office_directive(self, item: Any) -> Any:
        """Return a document of the office itself: with text and file, or with the reason why it has none."""
        page = self.directive(item)
        page.validity_events = [
            ValidityEvent(kind=kind, date=day, note=note) for kind, day, note in item.get("events", [])
        ]
        if "text" not in item:
            page.availability_note = f"{office.ILLUSTRATION} {item.get('note', '')}".strip()
            return page
        page.signers = [DirectiveSigner(**item["signer"])]
        parts = [f"<p><i>{office.ILLUSTRATION}</i></p>"]
        for heading, paragraphs in item["text"]:
            parts += [f"<h3>{heading}</h3>", *(f"<p>{paragraph}</p>" for paragraph in paragraphs)]
        page.body = "".join(parts)
        name = f"{item['printed'].replace('/', '-')}.pdf"
        document = CustomDocument(
            title=f"{page.get_document_type_display()} {item['printed']}", uploaded_by_user=self.desk.users[EDITOR]
        )
        content = official_pdf(page, "Lào Cai", item["text"], office.ILLUSTRATION)
        document.file.save(name, ContentFile(content), save=False)
        document.save()
        page.directive_files = [DirectiveFile(document=document, kind="copy")]
        return page

    def news(self) -> None:
        """Make the report on the first half of 2021 and the shorter news."""
        ArticleBuilder(self.desk, self.say, self.directives, self.second_half).build()

    def plans(self) -> None:
        """Make the task plans."""
        section = TaskPlanIndexPage.objects.get()
        of_demo: list[Any] = [*plans.PLANS, plans.current(timezone.localdate())]
        for item in of_demo:
            page = self.desk.publish(section, self.plan(item))
            if item is plans.SECOND_HALF_2021:
                self.second_half = page
            self.say(f"plan {item['period']}")

    def plan(self, item: Any) -> Any:
        """One plan with its tasks."""
        page = TaskPlanPage(
            title=item["title"],
            period=item["period"],
            organisation=Unit.objects.get(name=item["organisation"]),
            introduction=item["introduction"],
            previous_results=item["results"],
            previous_limitations=item["limitations"],
        )
        page.basis_items = [
            PlanBasis(directive=self.directives[key]) if key in self.directives else PlanBasis(text=key)
            for key in item["basis"]
        ]
        page.tasks = [self.task(task) for task in item["tasks"]]
        return page

    def task(self, item: Any) -> Any:
        """One task; what is not known is left empty."""
        precision, deadline = item.get("deadline", ("none", None))
        task = PlanTask(
            title=item["title"],
            description=item.get("description", ""),
            lead_unit=Unit.objects.filter(name=item.get("lead")).first(),
            deadline_precision=precision,
            deadline_on=deadline,
            deliverable=item.get("deliverable", ""),
            state=item.get("state", "not_started"),
            progress=item.get("progress"),
            done_on=item.get("done_on"),
            result=item.get("result", ""),
        )
        task.supporting_units = list(Unit.objects.filter(name__in=item.get("supporting", [])))
        return task

    def about(self) -> Any:
        """Return the page about the office."""
        body = []
        for heading, text in pages.ABOUT["sections"]:
            body += [("heading", {"text": heading, "level": "2"}), ("paragraph", text)]
        page = StandardPage(title=pages.ABOUT["title"], lead=pages.ABOUT["lead"], body=body)
        return self.desk.publish(HomePage.objects.get(), page)

    def settings(self, about: Any) -> None:
        """Make the settings of the site and its menus."""
        settings = SiteSettings.for_site(default_site())
        for name, value in pages.SETTINGS.items():
            setattr(settings, name, value)
        sections = [HomePage, ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage]
        targets = [Page.objects.get(pk=model.objects.get().pk) for model in sections]
        settings.menu_items = [
            MenuItem(menu="main", title=page.title, page=page, sort_order=order)
            for order, page in enumerate([*targets, about])
        ]
        settings.save()
        search = SearchSettings.for_site(default_site())
        search.promoted_results = [
            PromotedResult(queries=queries, page=Page.objects.get(pk=page.pk), sort_order=order)
            for order, (queries, page) in enumerate([(pages.ABOUT_QUERIES, about)])
        ]
        search.save()

    def in_progress(self) -> None:
        """Work that is under way: a draft, a document in content review, one that was returned."""
        section = ArticleIndexPage.objects.get()
        self.desk.draft(
            section,
            ArticlePage(
                title="Góp ý cho cổng thông tin mới",
                lead="Bản nháp: nội dung còn đang viết.",
                category=Category.objects.get(name="Tin hoạt động"),
            ),
        )
        waiting = self.desk.draft(
            section,
            ArticlePage(
                title="Lịch tập huấn biên tập viên tháng 12/2026",
                lead="Hai lớp tập huấn cho biên tập viên và người duyệt của các phòng.",
                category=Category.objects.get(name="Tin hoạt động"),
                body=[
                    (
                        "paragraph",
                        "<p>Lớp thứ nhất dành cho biên tập viên, lớp thứ hai dành cho người duyệt.</p>",
                    )
                ],
            ),
        )
        self.desk.submit(waiting)
        returned = self.desk.draft(
            section,
            ArticlePage(
                title="Kết quả lấy ý kiến người đọc",
                lead="Chưa có số liệu.",
                category=Category.objects.get(name="Tin hoạt động"),
            ),
        )
        self.desk.submit(returned)
        self.desk.decide(returned, REVIEWER, "reject", "Bổ sung số liệu và nguồn trước khi gửi lại.")
