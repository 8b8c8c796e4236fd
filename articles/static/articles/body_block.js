// A body into which headings and tables of Word can be pasted: they become blocks. Draftail alone would keep plain text.
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  // What is worth blocks: everything else Draftail pastes well.
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

  const send = async (html) => {
    const data = new FormData();
    data.set("html", html);
    data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
    const response = await fetch(window.portalPaste.url, { method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" } });
    return response.json();
  };

  class BodyBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const container = block.container?.[0] || block.sequenceContainer?.[0];
      container?.addEventListener(
        "paste",
        (event) => {
          const html = event.clipboardData?.getData("text/html") || "";
          const editor = event.target.closest?.(".DraftEditor-root");
          if (!editor || !STRUCTURE.test(html)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          const plain = event.clipboardData.getData("text/plain");
          const index = block.children.findIndex((child) => child.element?.contains(editor) || child.element?.[0]?.contains(editor));
          const empty = editor.textContent.trim() === "";
          send(html)
            .then(({ blocks, message }) => {
              let at = index < 0 ? block.children.length : index + 1;
              for (const pasted of blocks || []) {
                block.insert(pasted, at, { focus: false });
                at += 1;
              }
              if (!blocks && plain) message = `${message || window.portalPaste.failed} ${plain}`;
              if (blocks && empty && index >= 0) block.deleteBlock(index);
              tell(message);
            })
            .catch(() => tell(`${window.portalPaste.failed} ${plain}`));
        },
        true,
      );
      return block;
    }
  }
  window.telepath.register("articles.blocks.BodyBlock", BodyBlockDefinition);
})();
