"""Which files stay as they are because people are asked to approve what shows them."""

from typing import Any

from cms.media.models import CustomImage
from cms.pages.relied_on import relied_on_revisions
from cms.publishing.record.models import RecordEntry, RecordKind


def is_in_review(file: Any) -> bool:
    """Return whether a submission that people are asked to approve, or have approved for a later time, shows `file`:
    the record has the files of each.
    """
    kind = "images" if isinstance(file, CustomImage) else "documents"
    submitted = RecordEntry.objects.filter(
        kind=RecordKind.SUBMITTED, revision_id__in=relied_on_revisions().values("pk")
    )
    return submitted.filter(**{f"data__files__{kind}__has_key": str(file.pk)}).exists()
