// Gives names to inputs of Wagtail 8.0 that screen readers announce without one: the editor of rich text, tags, the uploader.
"use strict";

(() => {
  const labelOf = (input) => {
    const field = input.closest("[data-field]");
    const panel = input.closest("[data-panel]");
    const label =
      field?.querySelector("[data-field-label], label") ?? panel?.querySelector("[data-panel-heading-text]");
    return label?.textContent.replace("*", "").trim();
  };

  const name = () => {
    const nameless = "[role=textbox][contenteditable], .tagit-new > input, #fileupload";
    for (const input of document.querySelectorAll(nameless)) {
      if (input.hasAttribute("aria-label") || input.hasAttribute("aria-labelledby")) continue;
      const label = labelOf(input) || document.querySelector("#main h1, #main h2, h1")?.textContent.trim();
      if (label) input.setAttribute("aria-label", label);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    name();
    // Blocks, rows and dialogs come later.
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        name();
      });
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
