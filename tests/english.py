"""Finds English among what people see: words that packages say in English and nobody says in Vietnamese."""

import re
from functools import cache
from pathlib import Path

from tests.vendor_messages import messages, read, upstream

ROOT = Path(__file__).parent.parent
WORD = re.compile(r"[^\W\d_]+")
# Names of things that are called so in Vietnamese too, and what is no word.
NAMES = """
    api atom avif com css csv docx django embedly excel facebook gif google heic heif html http https id internet ip
    ipv javascript jpeg jpg json ldap localhost microsoft mp odp ods odt oembed ok org pdf pixel png portal pptx rss
    rtf server slug sms spotify ssl svg txt uri url utc utf uuid vimeo vn wagtail web webhook webp windows word xlsx
    xml youtube zalo zip
"""
# Slugs and addresses, keys of a keyboard, time zones.
NO_WORDS = re.compile(r"\S*(?:://|@|\w\.\w|/\w|\w-\w)\S*|(?:Ctrl|Alt|Shift|⌘)(?: \+ \w+)*|.*GMT[+-]\d.*")
# Everything that a person may come to see: text, in templates of dialogs and tooltips too, and what is read out or
# shown on hovering.
COLLECT = """
() => {
  const found = new Set();
  const attributes = ["title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription",
    "data-w-tooltip-content-value", "data-w-progress-active-value", "data-w-clipboard-success-value", "data-label",
    "data-block-label", "content-label", "data-w-unsaved-confirmation-value"];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { const text = node.textContent.trim(); if (text) found.add(text); return; }
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    // Shown to nobody, on purpose.
    if (node.nodeName === "INPUT" && getComputedStyle(node).display === "none") return;
    if (node.matches && node.matches(".xdsoft_save_selected, [data-side-panel-toggle-counter][hidden]")) return;
    if (["SCRIPT", "STYLE", "CODE", "PRE", "NOSCRIPT", "IFRAME", "svg"].includes(node.nodeName)) return;
    if (node.attributes) {
      for (const name of attributes) if (node.getAttribute(name)) found.add(node.getAttribute(name));
      if (node.nodeName === "INPUT" && ["submit", "button"].includes(node.type)) found.add(node.value);
    }
    for (const child of node.childNodes) walk(child);
    if (node.nodeName === "TEMPLATE") walk(node.content);
    if (node.shadowRoot) walk(node.shadowRoot);
  };
  walk(document.documentElement);
  return [...found];
}
"""


def words(text):
    return {word.lower() for word in WORD.findall(text)}


@cache
def vocabulary():
    """English words of the packages that no Vietnamese string has."""
    english, vietnamese = set(), words(NAMES)
    for domain in ("django", "djangojs"):
        for message in messages(domain):
            english |= words(re.sub(r"<[^>]*>|%\(\w+\)s|\{[^}]*\}", " ", message.id + " " + message.plural))
        for strings in upstream(domain).values():
            vietnamese |= words(" ".join(strings))
    for path in sorted((ROOT / "locale").rglob("*.po")):
        for message in read(path):
            ids = message.id if isinstance(message.id, str) else " ".join(message.id)
            english |= words(re.sub(r"<[^>]*>|%\(\w+\)s|\{[^}]*\}", " ", ids))
            strings = message.string if isinstance(message.string, str) else " ".join(message.string)
            vietnamese |= words(re.sub(r"<[^>]*>|%\(\w+\)s|\{[^}]*\}", " ", strings))
    return frozenset(word for word in english - vietnamese if len(word) > 1)


def english_in(texts, names=()):
    """Those of `texts` that have an English word → the words; `names` are words that are names of somebody."""
    found = {}
    for text in texts:
        hits = words(NO_WORDS.sub(" ", text)) & vocabulary() - {name.lower() for name in names}
        if hits:
            found[text[:160]] = sorted(hits)
    return found
