// Starts the widgets of what a script has fetched, by what they say in their data (cms/core/starting.py): scripts that
// come with it are refused by the policy of the page. Only what starts a widget of Wagtail is called.
(() => {
  const ALLOWED = new Set([
    "initDateChooser", "initDateTimeChooser", "initTimeChooser", "createTaskChooser", "InlinePanel", "MultipleChooserPanel",
    "Chooser", "PageChooser", "ImageChooser", "DocumentChooser", "SnippetChooser",
  ]);

  window.wagtail.app.register("portal-start", class extends window.StimulusModule.Controller {
    static values = { name: String, arguments: Array };

    connect() {
      if (this.element.dataset.started || !ALLOWED.has(this.nameValue)) return;
      this.element.dataset.started = "1";
      const start = window[this.nameValue];
      if (/^[A-Z]/.test(this.nameValue)) new start(...this.argumentsValue);
      else start(...this.argumentsValue);
    }
  });
})();
