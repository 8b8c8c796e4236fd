"""How the answers of API and site grow with the site: python bench/store.py [PAGES …], on SQLite in a temporary folder,
or on the database at DATABASE_URL (an empty one).

Pages are not made: the store is filled directly, with the real forms of one article, one document and one plan under
other names and dates. Each address is asked without kept answers; CPU time of the process (and of the database, where
it is this process), in the middle of several.
"""

import datetime
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="bench-store-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from articles.directives.document_types import NAMES  # noqa: E402
from articles.models import (  # noqa: E402
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
    Unit,
)
from cms.core.text import sort_key  # noqa: E402
from cms.pages.publication import exempt  # noqa: E402
from cms.store.models import Form, Item, SortKey, Span, Term  # noqa: E402
from cms.store.models.items import ALWAYS, NEVER  # noqa: E402
from cms.store.projector import newest  # noqa: E402
from cms.store.version import projection_version  # noqa: E402
from cms.store.writing import count_anew  # noqa: E402
from search.index import values_of  # noqa: E402
from search.models import SearchEntry  # noqa: E402
from search.registry import SearchText  # noqa: E402

WORDS = """
công tác dân vận của hệ thống chính trị đối thoại với nông dân vùng cao xây dựng nông thôn mới cải cách hành chính
giám sát phản biện xã hội đại đoàn kết toàn dân tộc thi đua dân vận khéo chuyển đổi số tiếp công dân
""".split()  # noqa: SIM905
ISSUERS, TIMES = 40, 7
ARTICLE, DIRECTIVE, PLAN = "articles.ArticlePage", "articles.DirectivePage", "articles.TaskPlanPage"


def text(dice, words):
    """Return a sentence of so many words."""
    return " ".join(dice.choices(WORDS, k=words))


def samples():
    """Make a page of each type; return the stored forms by type."""
    dice = random.Random(1)  # noqa: S311
    body = [("paragraph", f"<p>{text(dice, 80)}</p>") for _ in range(8)]
    issuers = [Issuer.objects.create(name=f"Cơ quan {number}") for number in range(ISSUERS)]
    unit = Unit.objects.create(name="Ban Dân vận")
    article = ArticlePage(title="Tin", lead=text(dice, 30), category=Category.objects.create(name="Tin"), body=body)
    directive = DirectivePage(
        reference_as_printed="18-CT/TU", document_type="chi-thi", subject=text(dice, 20),
        body="".join(f"<p>{text(dice, 80)}</p>" for _ in range(20)), issued_on=datetime.date(2020, 1, 1),
    )  # fmt: skip
    directive.directive_issuers = [DirectiveIssuer(issuer=issuer) for issuer in issuers]
    plan = TaskPlanPage(title="Kế hoạch", period="2021-Q3", introduction=f"<p>{text(dice, 60)}</p>")
    plan.tasks = [PlanTask(title=text(dice, 12), lead_unit=unit) for _ in range(12)]
    for section, page in ((ArticleIndexPage, article), (DirectiveIndexPage, directive), (TaskPlanIndexPage, plan)):
        page.live, page.slug_parent = True, section.objects.get()
        with exempt("system", "a measurement"):
            Page.objects.get(pk=page.slug_parent.pk).add_child(instance=page)
    newest()
    return {form.item.type: form for form in Form.objects.filter(item__type__in=[ARTICLE, DIRECTIVE, PLAN])}


def fill(count, before, forms):
    """Put items from number `before` up to `count` into the store."""
    dice, version = random.Random(before), projection_version()  # noqa: S311
    sections = {kind: Item.objects.get(type=name).tree_path for kind, name in (
        (ARTICLE, "articles.ArticleIndexPage"), (DIRECTIVE, "articles.DirectiveIndexPage"),
        (PLAN, "articles.TaskPlanIndexPage"),
    )}  # fmt: skip
    issuers = list(Issuer.objects.values_list("pk", flat=True))
    for start in range(before, count, 1000):
        with transaction.atomic():
            portion(range(start + 1, min(start + 1000, count) + 1), dice, version, sections, issuers, forms)


def portion(numbers, dice, version, sections, issuers, forms):
    """Write some items with all that they are found by."""
    made = []
    for number in numbers:
        kind = dice.choices([DIRECTIVE, ARTICLE, PLAN], [5, 4, 1])[0]
        pk, day = 1_000_000 + number, datetime.date(2000, 1, 1) + datetime.timedelta(dice.randrange(9000))
        path = f"/muc/trang-{number}/"
        item = Item(
            type=kind, key=str(pk), number=pk, page_id=pk, path=path, address=path, version=version,
            tree_path=f"{sections[kind]}{Page._int2str(number).rjust(4, '0')}", seq=1,
            reference=json.dumps({"id": pk, "type": kind, "title": f"Trang {number}", "html_url": path}),
        )  # fmt: skip
        made.append((item, day))
    Item.objects.bulk_create([item for item, _day in made], batch_size=500)
    rows = {model: [] for model in (Form, Term, Span, SortKey, SearchEntry)}
    for item, day in made:
        form, title = forms[item.type], f"{text(dice, 6)} {item.number}"
        terms = [("type", item.type), ("year", str(day.year))]
        keys = {"slug": f"trang-{item.number}", "title": sort_key(title)[:1200], "published": day.isoformat()}
        keys |= dict.fromkeys(("first_published_at", "last_published_at"), f"{day}T00:00:00.000000")
        if item.type == DIRECTIVE:
            # A few issue most of what there is.
            issuer = issuers[min(int(dice.expovariate(0.3)), len(issuers) - 1)]
            terms += [("issuer", str(issuer)), ("level", "province"), ("document_type", dice.choice(list(NAMES)))]
            terms += [("reference", f"{item.number}-ct/tu"), ("number", str(item.number % 100)), ("symbol", "ct-tu")]
            keys |= {
                "issued_on": day.isoformat(),
                "effective_on": None,
                "expires_on": None,
                "reference": str(item.number),
            }
            rows[Span] += [
                Span(item=item, type=item.type, parameter="validity", code=code, begins=begins, ends=ends)
                for code, begins, ends in (("not_yet", ALWAYS, day), ("in_force", day, NEVER))
            ]
        elif item.type == ARTICLE:
            terms += [("category", str(dice.randrange(1, 8)))]
            keys |= {"published_on": day.isoformat(), "featured_until": None}
        else:
            keys |= {"period": day.isoformat(), "period_end": day.isoformat()}
        old = json.loads(form.detail)
        detail, listing = (
            one.replace(f'"id":{old["id"]}', f'"id":{item.number}') for one in (form.detail, form.listing)
        )
        rows[Form].append(Form(item=item, detail=detail, listing=listing))
        rows[Term] += [Term(item=item, type=item.type, parameter=name, value=value) for name, value in terms]
        rows[SortKey] += [
            SortKey(item=item, name=name, unknown=value is None, value=value or "", number=item.number)
            for name, value in keys.items()
        ]
        found = SearchText(title, ("x", "X"), summary=text(dice, 20), body=[text(dice, 60)])
        rows[SearchEntry].append(SearchEntry(item=item, **values_of(found)))
    for model, objects in rows.items():
        model.objects.bulk_create(objects, batch_size=500)


def addresses(count):
    """Return what is asked, by name."""
    everything = f"/api/v2/pages/?type={DIRECTIVE}&fields=*"
    rare, common = (f"co-quan-{number}" for number in (15, 0))
    middle = 1_000_000 + count // 2
    return {
        "list of 20, everything": "/api/v2/pages/?fields=*",
        "list of 20, one type": everything,
        "by date": f"{everything}&order=-issued_on",
        "by date, rare issuer": f"{everything}&order=-issued_on&issuer={rare}",
        "by date, common issuer": f"{everything}&order=-issued_on&issuer={common}",
        "issuer, in force": f"{everything}&issuer={common}&validity=in_force&order=-issued_on",
        "issuer, year, in force": f"{everything}&issuer={common}&validity=in_force&year=2010&order=title",
        "year, two types": f"/api/v2/pages/?type={DIRECTIVE},{ARTICLE}&year=2010&order=-first_published_at",
        "deep by offset": f"{everything}&order=-issued_on&offset={count // 2 - 40}",
        "three facets": f"{everything}&facets=issuer,year,document_type",
        "detail": f"/api/v2/pages/{middle}/",
        "look-up": f"/api/v2/pages/lookup/?path=/muc/trang-{count // 2}/",
        "search, one common word": "/api/v2/search/?q=dân",
        "search, a sentence": "/api/v2/search/?q=công tác dân vận vùng cao",
        "home": "/",
        "site listing": "/van-ban/",
        "site listing of an issuer": f"/van-ban/?co-quan={common}",
        "sitemap": "/sitemap-1.xml",
        "snapshot": "/api/v2/snapshot/",
    }


def measure(client, address):
    """Milliseconds of CPU, and queries, of one answer."""
    took, times = [], 1 if "snapshot" in address else TIMES
    for _ in range(times):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time() if connection.vendor == "sqlite" else time.perf_counter()
            response = client.get(address)
            for _chunk in response.streaming_content if response.streaming else ():
                pass
            ended = time.process_time() if connection.vendor == "sqlite" else time.perf_counter()
        assert response.status_code == 200, (address, response.status_code)
        took.append((ended - began) * 1000)
        count = len(queries)
        reset_queries()
    return statistics.median(took), count


def main(counts):
    """Print a row for each address, with a column for each number of pages."""
    call_command("migrate", verbosity=0)
    forms = samples()
    found, before = {}, 0
    for count in counts:
        fill(count, before, forms)
        before = count
        count_anew()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for name, address in addresses(count).items():
            found.setdefault(name, []).append(measure(Client(), address))
            print(
                f"{count}: {name} {found[name][-1][0]:.1f} ms, {found[name][-1][1]} queries",
                file=sys.stderr,
                flush=True,
            )
    print("| answer | queries | " + " | ".join(f"{count:,} pages" for count in counts) + " |")
    print("|---|---|" + "---|" * len(counts))
    for name, row in found.items():
        print(f"| {name} | {row[-1][1]} | " + " | ".join(f"{took:.1f} ms" for took, _queries in row) + " |")


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or [1_000, 10_000, 100_000])
