// A body into which headings and tables of Word can be pasted: they become blocks. Draftail alone would keep plain text.
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  class BodyBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const container = block.container?.[0] || block.sequenceContainer?.[0];
      container?.setAttribute("data-portal-body", "");
      container?.addEventListener(
        "paste",
        (event) => {
          const { STRUCTURE, send, tell } = window.portalPasting;
          const html = event.clipboardData?.getData("text/html") || "";
          const editor = event.target.closest?.(".DraftEditor-root");
          if (!editor || !STRUCTURE.test(html)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          const plain = event.clipboardData.getData("text/plain");
          const index = block.children.findIndex((child) => child.element?.contains(editor) || child.element?.[0]?.contains(editor));
          const empty = editor.textContent.trim() === "";
          send(html, "blocks")
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
