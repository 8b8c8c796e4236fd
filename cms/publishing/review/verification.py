"""The proof that what is public is what the record says was approved."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Model, Prefetch
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from cms.core.batches import batches
from cms.media.models import CustomDocument, CustomImage, Rendition, sha256_of
from cms.media.public import always_public
from cms.media.renditions import FILTERS, signed_content
from cms.media.uses import files_of
from cms.pages.base import BasePage
from cms.pages.publication import PublicationRefused
from cms.publishing.record.digest import digest_of
from cms.publishing.record.gate import check_alias
from cms.publishing.record.keys import is_signed
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.store.projection.preloading import load_children

_MODELS = {"images": CustomImage, "documents": CustomDocument}


ANEW = "manage.py wagtail_update_image_renditions makes all sizes anew"
# So many pages are looked at together.
PORTION = 200


class Run:
    """What one comparison asks and reads once."""

    def __init__(self) -> None:
        self.purged = purged_digests()
        self.files: dict[tuple[type[Model], str, str], list[str]] = {}


def problems() -> list[str]:
    """Return what is wrong, a line for each finding; [] where every live page and file is as it was approved."""
    found, run = [], Run()
    ids = list(Page.objects.filter(live=True, depth__gt=1).order_by("path").values_list("pk", flat=True))
    for start in range(0, len(ids), PORTION):
        found += _problems_of_portion(ids[start : start + PORTION], run)
    return found + problems_of_fixed_images(run) + problems_of_purged_files(run)


def _problems_of_portion(ids: list[int], run: Run) -> list[str]:
    pages = list(Page.objects.filter(pk__in=ids, live=True).order_by("path").specific())
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for model, of_type in by_type.items():
        if issubclass(model, BasePage):
            load_children(of_type)
    published = RecordEntry.objects.filter(kind=RecordKind.PUBLISHED, page_id__in=ids).order_by("pk")
    latest = {entry.page_id: entry for entry in published}
    found = []
    for page in pages:
        if isinstance(page, BasePage):
            found += [
                f"{page.url_path} ({page.pk}): {problem}" for problem in problems_of(page, latest.get(page.pk), run)
            ]
        else:
            found.append(f"{page.url_path} ({page.pk}): is of a type that is not reviewed")
    return found


def problems_of(page: Page, entry: RecordEntry | None, run: Run) -> list[str]:
    """Return what is wrong with one live page, of which `entry` is the latest publication."""
    if entry is None:
        return ["is live, but the record knows of no publication"]
    if entry.digest != digest_of(page, entry.digest_version):
        return ["what is public is not what was published according to the record"]
    if "by" not in entry.data:
        return ["is live, but what the record said of its publication is gone"]
    found = []
    by = entry.data["by"]
    if by == "workflow" and not entry.data["steps"]:
        found.append("was published without a step of review")
    if by == "workflow" and (time := time_of_approval(entry)) and entry.at < time:
        found.append("was published before the time for which it was approved")
    # One that has become a page of its own says what its source said, which the digest shows.
    if page.alias_of_id:
        try:
            check_alias(page)
        except PublicationRefused:
            found.append("is an alias that does not say what its source says")
    files = files_of(page)
    if files != entry.data["files"]:
        found.append("shows other files than those that were approved")
    for kind, digests in files.items():
        found += problems_of_files(_MODELS[kind], digests, run)
    return found


def time_of_approval(publication: Any) -> Any:
    """Return the time for which what was published had been approved; None where it was at once."""
    scheduled = RecordEntry.objects.filter(
        page_id=publication.page_id,
        kind=RecordKind.SCHEDULED,
        digest=publication.digest,
        revision_id=publication.revision_id,
        pk__gt=publication.data["submission"],
        pk__lt=publication.pk,
    )
    entry = scheduled.order_by("-pk").first()
    return parse_datetime(entry.data["go_live_at"]) if entry is not None else None


def purged_digests() -> set[str]:
    """Return the digests of what was purged according to the record."""
    entries = RecordEntry.objects.filter(kind=RecordKind.ERASED, data__how="purge")
    return set(entries.values_list("digest", flat=True)) - {""}


def problems_of_fixed_images(run: Run) -> list[str]:
    """Return what is wrong with images that are public without a page, such as the emblem, and with their sizes."""
    images = CustomImage.objects.filter(pk__in=always_public(), purged_at=None)
    digests = {str(pk): sha256 for pk, sha256 in images.values_list("pk", "sha256")}
    return problems_of_files(CustomImage, digests, run)


def problems_of_purged_files(run: Run) -> list[str]:
    """Return the files that were purged and are here all the same, whether something shows them or not."""
    return [
        f"the file {file.file.name} ({file.pk}) was purged and is here"
        for model in _MODELS.values()
        for batch in batches(run.purged)
        for file in model.objects.filter(sha256__in=batch)
        if file.purged_at is None or file.file.storage.exists(file.file.name)
    ]


def problems_of_files(model: type[Model], digests: dict[str, str], run: Run) -> list[str]:
    """Return the files whose bytes are not those of their digests (by id), or are gone though the record knows of no
    purge.
    """
    wanted = {pk: digest for pk, digest in digests.items() if (model, pk, digest) not in run.files}
    files = model.objects.filter(pk__in=wanted)
    if model is CustomImage:
        # Those that readers get; the admin's own are nobody's approval.
        shown = Rendition.objects.filter(filter_spec__in=FILTERS)
        files = files.prefetch_related(Prefetch("renditions", shown))
    for file in files:
        name = (model, str(file.pk), wanted[str(file.pk)])
        run.files[name] = [] if file.sha256 in run.purged else _problems_of_bytes(file, name[2])
        if model is CustomImage:
            run.files[name] += [problem for size in file.renditions.all() for problem in _problems_of_size(size)]
    return [problem for pk, digest in digests.items() for problem in run.files.get((model, pk, digest), [])]


def _problems_of_size(size: Any) -> list[str]:
    try:
        is_ours = is_signed(size.signature, signed_content(size))
        size.file.close()
    except (OSError, ValueError, SuspiciousOperation):
        return [f"the file {size.file.name} is missing ({ANEW})"]
    return [] if is_ours else [f"{size.file.name} was not made here of its picture ({ANEW})"]


def _problems_of_bytes(file: Any, digest: str) -> list[str]:
    try:
        with file.open_file() as opened:
            if sha256_of(opened) != digest:
                return [f"the bytes of {file.file.name} are not those that were approved"]
    except OSError:
        return [f"the file {file.file.name} is missing"]
    return []
