"""Links that people type for menus and redirects."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_web_address = URLValidator(["http", "https"])


def check_link(link: str) -> None:
    """Raise ValidationError for what is neither a path of this portal nor an address of the web.

    Browsers read `//host` and `/\\host` as addresses of other hosts, and drop control characters from what they are
    given (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    harmless = not re.search(r"[\s\\]", link) and not any(unicodedata.category(sign) == "Cc" for sign in link)
    if harmless and (is_own_path(link) or _is_web_address(link)):
        return
    raise ValidationError(_("Write /… for this portal, or https://… for another site."))


def is_own_path(link: str) -> bool:
    """Return whether a link leads to a path of this portal."""
    return link.startswith("/") and not link.startswith(("//", "/\\"))


def _is_web_address(link: str) -> bool:
    try:
        _web_address(link)
    except ValidationError:
        return False
    return True
