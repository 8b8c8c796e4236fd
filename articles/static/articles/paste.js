// What pasting from Word shares: asking the server, telling what was left out. And pasting into rich text outside of a body,
// such as the full text of a document, where headings and lists stay and tables become lines.
(() => {
  window.portalPaste = JSON.parse(document.getElementById("portal-paste").textContent);
  // What is worth asking for: everything else Draftail pastes well.
  const STRUCTURE = /<h[1-6][\s>]|<table[\s>]|<img[\s>]|<v:imagedata|mso-outline-level|MsoTitle|mso-list:/i;

  const tell = (text) => {
    document.querySelector(".portal-paste-bar")?.remove();
    const editor = document.querySelector(".portal-editor-bar");
    if (!editor || !text) return;
    // Beside what is said of saving, which the next autosave takes away.
    const bar = document.createElement("div");
    bar.className = "portal-editor-bar portal-paste-bar";
    bar.setAttribute("role", "status");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-small button-secondary";
    close.textContent = window.portalPaste.close;
    close.addEventListener("click", () => bar.remove());
    bar.append(text, " ", close);
    editor.after(bar);
  };

  const send = async (html, into) => {
    const data = new FormData();
    data.set("html", html);
    data.set("into", into);
    data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
    const response = await fetch(window.portalPaste.url, { method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" } });
    return response.json();
  };

  window.portalPasting = { STRUCTURE, tell, send };

  let ours = false;
  document.addEventListener(
    "paste",
    (event) => {
      const html = event.clipboardData?.getData("text/html") || "";
      const editor = event.target.closest?.(".DraftEditor-root");
      // A body has its own way: there it becomes blocks.
      if (ours || !editor || editor.closest("[data-portal-body]") || !STRUCTURE.test(html)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const target = editor.querySelector("[contenteditable]");
      const plain = event.clipboardData.getData("text/plain");
      send(html, "rich_text")
        .then((answer) => {
          if (!answer.html) {
            tell(`${answer.message || window.portalPaste.failed} ${plain}`);
            return;
          }
          const data = new DataTransfer();
          data.setData("text/html", answer.html);
          data.setData("text/plain", plain);
          ours = true;
          try {
            target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
          } finally {
            ours = false;
          }
          tell(answer.message);
        })
        .catch(() => tell(`${window.portalPaste.failed} ${plain}`));
    },
    true,
  );
})();
