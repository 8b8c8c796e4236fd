// Gives names to inputs of Wagtail 8.0 that screen readers announce without one: the editor of rich text, tags, the uploader.
"use strict";

(() => {
  const words = (element) => element?.textContent.replace("*", "").trim();
  const labelOf = (input) => {
    // The list of tags stands after the input that it replaces.
    const replaced = input.closest("ul.tagit")?.previousElementSibling;
    if (replaced?.labels?.length) return words(replaced.labels[0]);
    const field = input.closest("[data-field]");
    // A block has its panel, a field its label.
    const panel = input.closest("[data-panel], section.w-panel");
    return (
      words(field?.querySelector("[data-field-label], label")) ||
      words(panel?.querySelector("[data-panel-heading-text], .w-panel__heading, .c-sf-block__type"))
    );
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
