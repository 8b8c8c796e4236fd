// A body into which headings and tables of Word can be pasted: they become blocks. Draftail alone would keep plain text.
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  class BodyBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const container = block.container?.[0] || block.sequenceContainer?.[0];
      const placeOf = (editor) =>
        block.children.findIndex((child) => child.element?.contains(editor) || child.element?.[0]?.contains(editor));
      const take = (html, plain, editor) => {
        const { send, tell } = window.portalPasting;
        send(html, "blocks")
          .then(({ blocks, message }) => {
            // Meanwhile somebody may have typed, or moved blocks.
            const index = editor ? placeOf(editor) : -1;
            const replaces = editor && editor.textContent.trim() === "";
            let at = index < 0 ? block.children.length : index + 1;
            for (const pasted of blocks || []) {
              block.insert(pasted, at, { focus: false });
              at += 1;
            }
            if (!blocks && plain) message = `${message || window.portalPaste.failed} ${plain}`;
            if (blocks && replaces && index >= 0) block.deleteBlock(index);
            tell(message);
          })
          .catch(() => tell(`${window.portalPaste.failed} ${plain}`));
      };
      const pastedBy = (event) => ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type) || "");

      container?.setAttribute("data-portal-body", "");
      container?.addEventListener(
        "paste",
        (event) => {
          const [html, plain] = pastedBy(event);
          const editor = event.target.closest?.(".DraftEditor-root");
          if (!editor || !window.portalPasting.STRUCTURE.test(html)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          take(html, plain, editor);
        },
        true,
      );
      // A body without a block has no field to paste into: then the page is one.
      document.addEventListener("paste", (event) => {
        const [html, plain] = pastedBy(event);
        const elsewhere = event.target.closest?.("input, textarea, select, [contenteditable], dialog, [role=dialog]");
        if (elsewhere || block.children.length || !html) return;
        event.preventDefault();
        take(html, plain, null);
      });
      return block;
    }
  }
  window.telepath.register("articles.blocks.BodyBlock", BodyBlockDefinition);
})();
