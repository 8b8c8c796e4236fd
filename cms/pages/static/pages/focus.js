// Where the focus goes after Wagtail 8.0 has taken away what had it: a chooser's button, a row that was removed. And into the search of a chooser.
"use strict";

(() => {
  const isLost = () => !document.activeElement || document.activeElement === document.body;
  const visible = (selector, within) =>
    [...(within?.querySelectorAll(selector) ?? [])].find((one) => one.offsetParent !== null);

  let chooser = null;
  document.addEventListener(
    "click",
    (event) => {
      const opener = event.target.closest?.("[data-chooser-action-choose], [data-chooser-action-clear]");
      if (opener) chooser = opener.closest("[data-chooser], .chooser");
      const removed = event.target.closest?.("button[id$='-DELETE-button']");
      if (!removed) return;
      const add = document.getElementById(removed.id.replace(/-\d+-DELETE-button$/, "-ADD"));
      // The row fades out first.
      for (const delay of [300, 600, 1200]) {
        setTimeout(() => {
          if (isLost() || document.activeElement === removed) add?.focus();
        }, delay);
      }
    },
    true,
  );

  document.addEventListener("DOMContentLoaded", () => {
    let wasOpen = false;
    let search = null;
    new MutationObserver(() => {
      const modal = document.querySelector(".modal.in, .modal.show, .modal[style*='display: block']");
      if (modal) {
        wasOpen = true;
        const field = visible("input#id_q, input[name=q]", modal);
        // Not on phones, where the keyboard would cover the list.
        if (field && field !== search && matchMedia("(hover: hover)").matches) {
          search = field;
          field.focus();
        }
      } else if (wasOpen) {
        wasOpen = false;
        search = null;
        const target = chooser;
        chooser = null;
        setTimeout(() => {
          if (isLost()) visible("button, a[href]", target)?.focus();
        }, 100);
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style"] });
  });
})();
