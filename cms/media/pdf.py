"""What can be read out of a PDF."""

import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

logger = logging.getLogger(__name__)

# Enough for search; a scanned annex of hundreds of pages must not fill the table.
MAX_TEXT = 500_000


def read_pdf(file) -> tuple[int | None, str]:
    """The number of pages and the text of a PDF; (None, "") where it can't be read.

    A broken or encrypted file is stored as it is: it may be all that an archive has of a document.
    """
    file.seek(0)
    try:
        reader = PdfReader(file)
        count = len(reader.pages)
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        logger.warning("A PDF could not be read: %s", error)
        return None, ""
    finally:
        file.seek(0)
    return count, text.replace("\x00", "")[:MAX_TEXT]
