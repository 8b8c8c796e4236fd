"""The pages of bulk content, by their numbers: unsaved, with their children."""

import datetime
import json
import random
import uuid
from dataclasses import dataclass, field
from typing import Any

from modelcluster.models import get_all_child_relations

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    ArticlePage,
    DirectiveFile,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    DirectiveSigner,
    PlanBasis,
    PlanTask,
    RelatedArticle,
    TaggedArticle,
    TaskPlanPage,
    ValidityEvent,
)
from cms.core.text import vietnamese_slug

from . import phrases
from .stock import Stock
from .writing import dice_of, fill, paragraph, rank, some

# What is made is dated up to here, so that the same seed gives the same pages on every day.
FIRST_DAY, LAST_DAY = datetime.date(2006, 1, 2), datetime.date(2026, 10, 30)
_MODELS = {"article": ArticlePage, "directive": DirectivePage, "plan": TaskPlanPage}
_WEIGHTS = {"article": 5, "directive": 4, "plan": 1}


@dataclass
class Portion:
    """Pages that are made together and refer to one another, with the ids they are going to have."""

    seed: int
    numbers: range
    first_id: int
    child_ids: dict[Any, int]
    stock: Stock
    papers: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kinds = {number: kind_of(self.seed, number) for number in self.numbers}

    def id_of(self, number: int) -> int:
        """Return the id of a page."""
        return self.first_id + number

    def others(self, dice: random.Random, number: int, kind: str, at_most: int) -> list[int]:
        """Return the ids of up to so many pages of that kind with smaller numbers, all different."""
        before = [other for other in range(self.numbers.start, number) if self.kinds[other] == kind]
        return [self.id_of(other) for other in sorted(dice.sample(before, min(len(before), dice.randint(0, at_most))))]

    def titles_of_papers(self) -> dict[int, str]:
        """Return the titles of the files that documents and some articles have, by the pages' numbers."""
        dice = {number: dice_of(self.seed, -number - 1) for number in self.numbers}
        return {
            number: fill(dice[number], "{topic}, tài liệu số") + f" {number}"
            for number, kind in self.kinds.items()
            if dice[number].random() < {"directive": 0.5, "article": 0.1, "plan": 0}[kind]
        }

    def page(self, number: int) -> Any:
        """Return a page; the `papers` of the portion must be made."""
        dice, kind = dice_of(self.seed, number), self.kinds[number]
        page: Any = {"article": self._article, "directive": self._directive, "plan": self._plan}[kind](dice, number)
        for relation in get_all_child_relations(type(page)):
            # As none, while the page has no key yet: later the database would be asked for each empty one.
            getattr(page, relation.get_accessor_name()).get_object_list()
        page.translation_key = uuid.UUID(int=dice.getrandbits(128), version=4)
        page.slug = "x"
        page.fill_in()
        page.slug = f"{vietnamese_slug(page.slug_source())[:100].strip('-')}-{number}"
        return page

    def _article(self, dice: random.Random, number: int) -> ArticlePage:
        day = _day(dice)
        page = ArticlePage(
            title=fill(dice, dice.choice(phrases.HEADLINES)),
            lead=paragraph(dice, 2),
            byline=dice.choice(["", *phrases.PEOPLE]),
            category=self.stock.categories[rank(dice, len(self.stock.categories))],
            published_on=day,
            body=json.dumps(self._body(dice)),
        )
        if dice.random() < 0.6:
            page.image = dice.choice(self.stock.pictures)
            page.image_alt = "Hình vẽ những lớp đồi nối nhau"
            page.image_credit = "Hình vẽ minh họa"
        tags = some(dice, self.stock.tags, 4)
        page.tagged_items = [TaggedArticle(tag=tag) for tag in tags]
        page.article_directives = [
            ArticleDirective(directive_id=pk) for pk in self.others(dice, number, "directive", 2)
        ]
        page.related_links = [RelatedArticle(article_id=pk) for pk in self.others(dice, number, "article", 2)]
        page.attachments = [ArticleAttachment(document=one) for one in [self.papers.get(number)] if one]
        return page

    def _body(self, dice: random.Random) -> list[dict[str, Any]]:
        blocks: list[tuple[str, Any]] = []
        for part in range(dice.randint(1, 3)):
            if part:
                text = fill(dice, "{topic}")
                blocks.append(("heading", {"text": text, "level": "2"}))
            blocks += [("paragraph", f"<p>{paragraph(dice, dice.randint(2, 5))}</p>") for _ in range(2)]
        if dice.random() < 0.2:
            picture = dice.choice(self.stock.pictures)
            words = {"alt": "Hình vẽ đồi núi", "caption": fill(dice, "{place}"), "credit": "Hình vẽ minh họa"}
            blocks.append(("image", {"image": picture.pk, **words}))
        if dice.random() < 0.2:
            blocks.append(("quote", {"text": dice.choice(phrases.QUOTES), "attribution": dice.choice(phrases.PEOPLE)}))
        return [
            {"type": kind, "value": value, "id": str(uuid.UUID(int=dice.getrandbits(128), version=4))}
            for kind, value in blocks
        ]

    def _directive(self, dice: random.Random, number: int) -> DirectivePage:
        issued, issuers = _day(dice), self.stock.issuers
        # The first one issues more than a quarter of all.
        issuer = issuers[rank(dice, len(issuers), steepness=9)]
        kind, abbreviation = phrases.TYPES[rank(dice, len(phrases.TYPES))]
        place = fill(dice, "{place}")
        page = DirectivePage(
            document_type=kind,
            reference_as_printed=f"{dice.randint(1, 480):02}-{abbreviation}/{issuer.code}",
            subject=fill(dice, dice.choice(phrases.SUBJECTS), year=issued.year, later=issued.year + 5),
            issued_on=issued,
            effective_on=issued + datetime.timedelta(dice.randint(0, 30)) if dice.random() < 0.3 else None,
            sector=dice.choice(self.stock.sectors),
            body="".join(f"<p>{paragraph(dice, dice.randint(2, 5))}</p>" for _ in range(dice.randint(2, 6))),
        )
        if dice.random() < 0.1:
            page.expires_on = issued + datetime.timedelta(365 * dice.randint(2, 8))
        page.directive_issuers = [DirectiveIssuer(issuer=issuer)]
        page.signers = [DirectiveSigner(position=dice.choice(phrases.POSITIONS), name=dice.choice(phrases.PEOPLE))]
        page.directive_files = [DirectiveFile(document=one, kind="copy") for one in [self.papers.get(number)] if one]
        if not page.directive_files.all():
            page.availability_note = f"Bản giấy lưu tại {place}."
        if dice.random() < 0.05:
            page.validity_events = [ValidityEvent(kind="expired", date=issued + datetime.timedelta(900))]
        kinds = ["basis", "refers", "implements", "amends", "replaces", "guides"]
        page.outgoing_relations = [
            DirectiveRelation(kind=kinds[rank(dice, len(kinds))], target_id=pk)
            for pk in self.others(dice, number, "directive", 3)
        ]
        return page

    def _plan(self, dice: random.Random, number: int) -> TaskPlanPage:
        year = dice.randint(FIRST_DAY.year, LAST_DAY.year)
        period = dice.choice([f"{year}", f"{year}-H{dice.randint(1, 2)}", f"{year}-Q{dice.randint(1, 4)}"])
        unit = dice.choice(self.stock.units)
        page = TaskPlanPage(
            title=f"Kế hoạch {fill(dice, '{topic}').lower()} kỳ {period}",
            period=period,
            organisation=unit,
            introduction=f"<p>{paragraph(dice, 3)}</p>",
            previous_results=f"<p>{paragraph(dice, 4)}</p>",
            previous_limitations=f"<p>{phrases.LIMITATIONS}</p>",
        )
        page.basis_items = [PlanBasis(directive_id=pk) for pk in self.others(dice, number, "directive", 2)]
        page.tasks = [self._task(dice, year) for _ in range(dice.randint(3, 10))]
        return page

    def _task(self, dice: random.Random, year: int) -> PlanTask:
        due = datetime.date(year, dice.randint(1, 12), dice.randint(1, 28))
        precision = dice.choice(["day", "month", "quarter", "ongoing", "none"])
        state = dice.choice(["done", "done", "in_progress", "not_started"])
        task = PlanTask(
            title=fill(dice, dice.choice(phrases.TASKS)),
            lead_unit=dice.choice(self.stock.units),
            deadline_precision=precision,
            deadline_on=due if precision not in ("ongoing", "none") else None,
            deliverable=dice.choice(phrases.DELIVERABLES),
            state=state,
            progress=100 if state == "done" else None,
            done_on=due if state == "done" else None,
        )
        task.supporting_units = some(dice, self.stock.units, 2)
        return task


def kind_of(seed: int, number: int) -> str:
    """Return of which kind a page is."""
    dice = dice_of(seed, number)
    return dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]


def model_of(kind: str) -> Any:
    """Return the model of a kind."""
    return _MODELS[kind]


def moment_of(page: Any, number: int) -> datetime.datetime:
    """Return when a page was published first: in the morning of its day."""
    day = getattr(page, "published_on", None) or getattr(page, "issued_on", None) or page.period_start
    minutes = datetime.timedelta(minutes=number % 240)
    return datetime.datetime.combine(min(day, LAST_DAY), datetime.time(1), datetime.UTC) + minutes


def _day(dice: random.Random) -> datetime.date:
    """Return a day; there are more of the last years."""
    days = (LAST_DAY - FIRST_DAY).days
    return FIRST_DAY + datetime.timedelta(int(days * dice.random() ** 0.6))
