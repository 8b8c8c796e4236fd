"""What Word puts on the clipboard, as blocks of a body. Pure functions.

Word's HTML has headings as h1 to h6 or as paragraphs with an outline level, lists as paragraphs (`MsoListParagraph`,
with the bullet in a span that is to be ignored), tables with merged cells, pictures by the addresses of temporary
files, and much that only Word reads.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, NavigableString
from bs4.element import PreformattedString
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.text import normalise

HEADINGS = {"h1": "2", "h2": "2", "h3": "3", "h4": "3", "h5": "3", "h6": "3"}
# What BodyBlock takes of one heading.
HEADING_LENGTH = 200
MOST_COLUMNS = 50
MOST_PICTURES = 50
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
# What Word or the browser writes beside the text.
NOISE = ["style", "script", "meta", "link", "title", "xml", "head"]
_STYLE_LEVEL = re.compile(r"mso-outline-level:\s*(\d)")
_NUMBERED = re.compile(r"^\W*(?:\d+|[a-zđ]|[ivx]+)\s*[.)]", re.IGNORECASE)


@dataclass
class Pasted:
    """`blocks` as they are stored; `pictures`: the words before each picture; `dropped`: what else was not taken over,
    in words.
    """

    blocks: list[dict] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def rich_text(self) -> str:
        """Return all of it as rich text, which has neither tables nor pictures: a row of a table becomes a line."""
        parts = []
        for block in self.blocks:
            value = block["value"]
            if block["type"] == "heading":
                tag = "h3" if value["level"] == "2" else "h4"
                parts.append(f"<{tag}>{escape(value['text'])}</{tag}>")
            elif block["type"] == "table":
                self.dropped.append(_("the columns of tables: each row is a line"))
                rows = [[column["heading"] for column in value["columns"]], *(row["values"] for row in value["rows"])]
                parts += [f"<p>{escape(' – '.join(cell for cell in row if cell))}</p>" for row in rows if any(row)]
            else:
                parts.append(value)
        return "".join(parts)

    def sentence(self, *, blocks: bool = True) -> str:
        """Return what the editor is told; "" where all was taken over.

        Without `blocks` it goes where no picture can stand.
        """
        parts = []
        if self.pictures and not blocks:
            parts.append(
                ngettext(
                    "%(count)s picture was not taken over: put it into the file of the document.",
                    "%(count)s pictures were not taken over: put them into the file of the document.",
                    len(self.pictures),
                )
                % {"count": len(self.pictures)}
            )
        elif self.pictures:
            places = "; ".join(f"“{words}”" if words else _("at the beginning") for words in self.pictures)
            parts.append(
                ngettext(
                    "%(count)s picture was not taken over: add it with the block “Image” after %(places)s.",
                    "%(count)s pictures were not taken over: add them with the block “Image” after %(places)s.",
                    len(self.pictures),
                )
                % {"count": len(self.pictures), "places": places}
            )
        if self.dropped:
            parts.append(_("Left out: %(what)s.") % {"what": ", ".join(dict.fromkeys(self.dropped))})
        return " ".join(parts)


def blocks_of(html: str) -> Pasted:
    """Return the blocks of what was copied."""
    html = html.replace("\x00", "")
    fragment = html.partition("<!--StartFragment-->")[2].partition("<!--EndFragment-->")[0] or html
    soup = BeautifulSoup(fragment, "html.parser")
    # Comments, and Word's conditions such as `<![if !vml]>`.
    for remark in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        remark.extract()
    for element in soup.find_all(lambda tag: tag.name in NOISE or tag.name in ("o:p", "w:sdtpr")):
        element.decompose()
    pasted = Pasted()
    _Reader(pasted).read(soup)
    return pasted


class _Reader:
    """Walks through the elements and gathers paragraphs and lists until something else comes."""

    def __init__(self, pasted: Any) -> None:
        self.pasted = pasted
        self.html = []
        self.list_tag = None

    def read(self, parent: Any) -> None:
        self._walk(parent)
        self._finish_paragraph()

    def _walk(self, parent) -> None:
        run = []
        for node in [*parent.children, None]:
            # Text and what stands within a line belong to one paragraph.
            if node is not None and _is_within_line(node):
                run.append(node)
                continue
            self._run(run)
            run = []
            if node is None or isinstance(node, NavigableString):
                continue
            level = _heading_level(node)
            if level:
                self._note_pictures(node)
                self._heading(node, level)
            elif node.name == "table":
                self._table(node)
            elif node.name in ("ul", "ol"):
                self._list(node)
            elif (node.name == "p" and not _has_blocks(node)) or (
                node.name in ("div", "span", "a", "b", "i", "strong", "em") and not _has_blocks(node)
            ):
                self._paragraph(node)
            elif node.name in ("img", "v:imagedata"):
                self._picture(node)
            elif node.name != "br":
                self._walk(node)

    def _run(self, nodes) -> None:
        """One paragraph of nodes that stand beside each other within a line."""
        if not any(str(node).strip() for node in nodes):
            return
        holder = BeautifulSoup("<p></p>", "html.parser").p
        for node in nodes:
            holder.append(node.extract())
        self._paragraph(holder)

    def _paragraph(self, node: Any) -> None:
        classes = " ".join(node.get("class", ()))
        style = node.get("style", "")
        if "MsoFootnoteText" in classes or "MsoEndnoteText" in classes:
            self.pasted.dropped.append(_("footnotes"))
            return
        if "mso-list" in style or "MsoListParagraph" in classes:
            bullet = node.find(lambda tag: "mso-list:Ignore" in tag.get("style", "").replace(" ", ""))
            if bullet is not None:
                tag = "ol" if _NUMBERED.match(bullet.get_text()) else "ul"
                bullet.decompose()
                self._item(tag, self._inline(node))
                return
        text = self._inline(node)
        if text:
            self._add(f"<p>{text}</p>")
        self._note_pictures(node)

    def _list(self, node: Any) -> None:
        """Take the items of a list; lists and tables within an item come after it."""
        for child in list(node.children):
            if isinstance(child, NavigableString):
                continue
            if child.name == "li":
                self._item(node.name, self._inline(child))
                self._note_pictures(child)
                inner = child.find_all(["ul", "ol", "table"])
                for one in [one for one in inner if one.find_parent(["ul", "ol", "table"]) is node]:
                    self._walk_one(one)
            elif child.name in ("ul", "ol"):
                self._list(child)
            else:
                self._walk_one(child)

    def _walk_one(self, node: Any) -> None:
        holder = BeautifulSoup("", "html.parser")
        holder.append(node.extract())
        self._walk(holder)

    def _item(self, tag, text: str) -> None:
        if not text:
            return
        if self.list_tag != tag:
            self._close_list()
            self.html.append(f"<{tag}>")
            self.list_tag = tag
        self.html.append(f"<li>{text}</li>")

    def _add(self, html) -> None:
        self._close_list()
        self.html.append(html)

    def _close_list(self) -> None:
        if self.list_tag:
            self.html.append(f"</{self.list_tag}>")
            self.list_tag = None

    def _finish_paragraph(self) -> None:
        self._close_list()
        if self.html:
            self.pasted.blocks.append({"type": "paragraph", "value": "".join(self.html)})
            self.html = []

    def _heading(self, node: Any, level) -> None:
        text = _text(node.get_text())
        if not text:
            return
        if len(text) > HEADING_LENGTH:
            self._add(f"<p>{escape(text)}</p>")
            return
        self._finish_paragraph()
        self.pasted.blocks.append({"type": "heading", "value": {"text": text, "level": level}})

    def _table(self, node: Any) -> None:
        self._finish_paragraph()
        self._note_pictures(node)
        rows = []
        for row in node.find_all("tr"):
            if row.find_parent("table") is not node:
                continue
            cells = []
            for cell in row.find_all(["td", "th"], recursive=False):
                if cell.find("table"):
                    self.pasted.dropped.append(_("tables within tables"))
                width = _span(cell, "colspan")
                if width > 1 or _span(cell, "rowspan") > 1:
                    self.pasted.dropped.append(_("merged cells"))
                cells += [_text(cell.get_text(" "))] + [""] * (width - 1)
                cells = cells[:MOST_COLUMNS]
            if any(cells):
                rows.append(cells)
        if not rows:
            return
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        if len(rows) == 1 or width == 1:
            # A frame around text, as offices like to draw them.
            for cell in [cell for row in rows for cell in row if cell]:
                self._add(f"<p>{escape(cell)}</p>")
            return
        self.pasted.blocks.append(
            {
                "type": "table",
                "value": {
                    "caption": "",
                    "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
                    "rows": [{"values": row} for row in rows[1:]],
                },
            }
        )

    def _note_pictures(self, node: Any) -> None:
        for picture in node.find_all(["img", "v:imagedata"]):
            self._picture(picture)

    def _picture(self, picture) -> None:
        # Word writes each picture twice, once for itself and once for browsers.
        if (
            picture.name == "v:imagedata"
            and picture.find_parent(["p", "div", "td"])
            and picture.find_parent(["p", "div", "td"]).find("img")
        ):
            return
        if len(self.pasted.pictures) >= MOST_PICTURES:
            return
        words = re.sub(r"<[^>]+>", " ", "".join(self.html[-3:])).strip()
        if not words and self.pasted.blocks:
            last = self.pasted.blocks[-1]
            words = last["value"]["text"] if last["type"] == "heading" else ""
        self.pasted.pictures.append(_text(words)[-60:])

    def _inline(self, node: Any) -> str:
        parts: list[str] = []
        for child in node.children:
            if isinstance(child, NavigableString):
                parts.append(escape(re.sub(r"\s+", " ", str(child))))
            elif child.name == "br":
                parts.append("<br/>")
            elif child.name in ("img", "v:imagedata", "table", "ul", "ol"):
                continue
            elif child.name == "a" and (child.get("href") or "").startswith(("http://", "https://", "mailto:")):
                parts.append(f'<a href="{escape(child["href"])}">{self._inline(child)}</a>')
            elif child.name == "a" and re.match(r"#_(ftn|edn)", child.get("href") or ""):
                self.pasted.dropped.append(_("footnotes"))
            else:
                parts.append(self._styled(child))
        text = "".join(parts)
        return re.sub(r"[\s\xa0]+", " ", normalise(text)).strip() if node.name in ("p", "li", "div") else text

    def _styled(self, node: Any) -> str:
        inner = self._inline(node)
        style = node.get("style", "").replace(" ", "").lower()
        tags = [INLINE[node.name]] if node.name in INLINE else []
        if re.search(r"font-weight:(bold|[7-9]00)", style):
            tags.append("b")
        if "font-style:italic" in style:
            tags.append("i")
        for tag in tags if inner.strip() else ():
            inner = f"<{tag}>{inner}</{tag}>"
        return inner


def _heading_level(node: Any) -> str:
    if node.name in HEADINGS:
        return HEADINGS[node.name]
    outline = _STYLE_LEVEL.search(node.get("style", "")) if node.name == "p" else None
    if outline:
        return "2" if int(outline[1]) < 3 else "3"
    return "2" if node.name == "p" and "MsoTitle" in node.get("class", ()) else ""


def _is_within_line(node: Any) -> bool:
    """Return whether a node is text, or an element that stands within a line."""
    if isinstance(node, NavigableString):
        return True
    return node.name in ("span", "a", "b", "i", "strong", "em", "u", "sup", "sub", "font", "br") and not _has_blocks(
        node
    )


def _has_blocks(node: Any) -> bool:
    return node.find(["p", "div", "table", "ul", "ol", *HEADINGS]) is not None


def _span(cell, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), 50) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _text(text: str) -> str:
    return normalise(re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip())
