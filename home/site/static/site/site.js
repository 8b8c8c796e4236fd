// What a page does beyond showing itself: copying a citation, printing with the date in the foot.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  const name = button.textContent;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = name), 3000);
    } catch {
      // The browser refuses: the words are marked, to be copied by hand.
      getSelection().selectAllChildren(source);
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The foot in the page is there without a script too; this one, which the policy of the page allows, adds the day.
const foot = document.querySelector("style[media=print]");
if (foot) {
  const dated = new CSSStyleSheet({ media: "print" });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, dated];
  window.addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString("vi-VN");
    dated.replaceSync(foot.textContent.replace('";', ` – ${foot.dataset.words} ${day}";`));
  });
}
