"""Pasting from Word: the editor's script sends what was copied and inserts what comes back, blocks into a body, HTML
into rich text.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..blocks import BodyBlock
from .word import blocks_of

# A long report with its pictures as links; what is longer is no text.
LIMIT = 800_000


@require_POST
def paste(request: HttpRequest) -> Any:
    """`html` → `blocks` as the editor's form has them (or `html` where it goes `into` rich text), and `message`: one
    sentence on what was not taken over.

    400 where there is nothing to take over, 413 where it is too long.
    """
    html = request.POST.get("html", "")
    if len(html) > LIMIT:
        return JsonResponse({"message": _("That is too much at once: paste it in parts.")}, status=413)
    try:
        pasted = blocks_of(html)
    except RecursionError:
        return JsonResponse({"message": _("What was copied is nested too deeply: paste it in parts.")}, status=400)
    if not pasted.blocks:
        return JsonResponse({"message": pasted.sentence() or _("There is no text in what was copied.")}, status=400)
    if request.POST.get("into") == "rich_text":
        html = pasted.rich_text()
        return JsonResponse({"html": html, "message": pasted.sentence(blocks=False)})
    block = BodyBlock()
    return JsonResponse({"blocks": block.get_form_state(block.to_python(pasted.blocks)), "message": pasted.sentence()})
