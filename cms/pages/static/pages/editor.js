// The editor loses nothing: marks what autosave could not keep, lets people log in within the page, and keeps a copy in this browser.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  const told = document.getElementById("portal-editor-words");
  if (!form || !told) return;
  const words = JSON.parse(told.textContent);
  // Whose text this is: whoever was logged in when the page was opened.
  let user = 0;
  const key = () => `portal-draft:${user}:${new URL(form.action, location.href).pathname}`;

  const bar = document.createElement("div");
  bar.className = "portal-editor-bar";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  form.prepend(bar);

  const say = (text, buttons = []) => {
    bar.replaceChildren(text);
    for (const [label, act, primary] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = primary ? "button button-small" : "button button-small button-secondary";
      button.textContent = label;
      button.addEventListener("click", act);
      bar.append(" ", button);
    }
    bar.hidden = !text;
  };

  // What autosave could not keep, or what is not complete.
  const clearMarks = () => {
    for (const mark of form.querySelectorAll(".portal-mark")) mark.remove();
    for (const input of form.querySelectorAll("[data-portal-marked]")) {
      input.removeAttribute("aria-invalid");
      delete input.dataset.portalMarked;
    }
  };
  const mark = (report) => {
    clearMarks();
    for (const { name, message, kept } of report) {
      const input = name && form.elements.namedItem(name);
      const element = input instanceof RadioNodeList ? input[0] : input;
      const field =
        (element && element.closest("[data-field], [data-contentpath]")) ||
        (name && form.querySelector(`[data-contentpath="${CSS.escape(name)}"]`));
      if (!field) continue;
      const note = document.createElement("p");
      // What is still to be filled in is no mistake.
      note.className = kept ? "w-help-text portal-mark" : "error-message portal-mark";
      note.textContent = kept ? message : `${message} ${words.stored}`;
      field.append(note);
      if (!kept && element && element.type !== "hidden") {
        element.setAttribute("aria-invalid", "true");
        element.dataset.portalMarked = "";
      }
    }
    const lost = [...new Set(report.filter((one) => !one.kept).map((one) => one.label || one.name))];
    const open = [...new Set(report.filter((one) => one.kept).map((one) => one.label || one.name))];
    const parts = [];
    if (pending) return;
    if (lost.length) parts.push(`${words.notKept} ${lost.join(", ")}.`);
    if (open.length) parts.push(`${words.incomplete} ${open.join(", ")}.`);
    say(parts.join(" "));
  };

  // A mark goes with what it was about.
  for (const type of ["input", "change"]) {
    form.addEventListener(type, (event) => {
      const field = event.target.closest?.("[data-field], [data-contentpath]");
      for (const note of field?.querySelectorAll(":scope > .portal-mark") ?? []) note.remove();
      if (event.target.dataset && "portalMarked" in event.target.dataset) {
        event.target.removeAttribute("aria-invalid");
        delete event.target.dataset.portalMarked;
      }
    });
  }

  // A copy of the form in this browser, while the server hasn't taken it.
  // While somebody has not decided on an older copy, a newer one stands beside it.
  let pending = null;
  const keep = (sent = false) => {
    const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    try {
      localStorage.setItem(pending ? `${key()}:now` : key(), JSON.stringify({ entries, sent, base: loaded(), at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key()) || localStorage.getItem(`${key()}:now`));
    } catch {
      return null;
    }
  };
  const forget = () => localStorage.removeItem(pending ? `${key()}:now` : key());
  const settle = () => {
    localStorage.removeItem(key());
    pending = null;
    say("");
  };
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const dropOld = () => {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith("portal-draft:"))) {
      try {
        if (JSON.parse(localStorage.getItem(name)).at < Date.now() - WEEK) localStorage.removeItem(name);
      } catch {
        localStorage.removeItem(name);
      }
    }
  };

  const session = async () => {
    const page = /\/pages\/(\d+)\/edit\/$/.exec(form.action);
    const response = await fetch(words.sessionUrl + (page ? `?page=${page[1]}` : ""), { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (response.status === 403) return null;
    if (!response.ok) throw new Error(response.status);
    const now = await response.json();
    // Where the first question found no line, the first answer says who writes here.
    user = user || now.user;
    return now;
  };
  const takeToken = (token) => {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  };

  // Logging in without leaving the page.
  const dialog = document.createElement("dialog");
  dialog.className = "portal-login";
  dialog.innerHTML = `<form method="dialog"><h2></h2><p class="portal-login__why"></p>
    <label><span></span><input name="username" autocomplete="username" required></label>
    <label><span></span><input name="password" type="password" autocomplete="current-password" required></label>
    <p class="error-message" role="alert"></p><button class="button" type="submit"></button></form>`;
  dialog.querySelector("h2").textContent = words.loginTitle;
  dialog.querySelector(".portal-login__why").textContent = words.loginWhy;
  const [nameLabel, passwordLabel] = dialog.querySelectorAll("label span");
  nameLabel.textContent = words.username;
  passwordLabel.textContent = words.password;
  dialog.querySelector("button").textContent = words.logIn;
  document.body.append(dialog);

  const logIn = (then) => {
    keep();
    const inner = dialog.querySelector("form");
    const problem = inner.querySelector(".error-message");
    problem.textContent = "";
    inner.onsubmit = async (event) => {
      event.preventDefault();
      try {
        const page = new DOMParser().parseFromString(await (await fetch(words.loginUrl)).text(), "text/html");
        const token = page.querySelector("input[name=csrfmiddlewaretoken]");
        if (token) {
          const data = new FormData(inner);
          data.set("csrfmiddlewaretoken", token.value);
          await fetch(words.loginUrl, { method: "POST", body: new URLSearchParams(data) });
        }
        const now = await session();
        if (now === null) {
          problem.textContent = words.wrong;
        } else if (now.user !== user) {
          problem.textContent = words.otherUser;
        } else {
          takeToken(now.csrf);
          inner.reset();
          dialog.close();
          then();
        }
      } catch {
        problem.textContent = words.offline;
      }
    };
    if (!dialog.open) dialog.showModal();
  };

  const saveAgain = () => form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));

  document.addEventListener("w-autosave:success", (event) => {
    forget();
    mark(JSON.parse(event.detail.response.field_updates?.autosave_report ?? "[]"));
  });
  document.addEventListener("w-autosave:error", async () => {
    const stored = keep();
    try {
      if ((await session()) === null) logIn(saveAgain);
    } catch {
      say(stored ? words.offline : words.offlineUnkept);
    }
  });
  window.addEventListener("online", saveAgain);

  // Two people on one page: what can be undone comes first.
  const loaded = () => Number(form.dataset.wAutosaveRevisionIdValue) || Number(form.elements.namedItem("loaded_revision_id")?.value);
  const comparison = () => `${form.action.replace(/edit\/$/, "")}revisions/compare/${loaded()}...latest/`;
  const conflict = document.createElement("dialog");
  conflict.className = "portal-login";
  conflict.innerHTML = `<p></p><a class="button" target="_blank"></a> <button class="button button-secondary" type="button"></button>`;
  conflict.querySelector("p").textContent = words.conflict;
  conflict.querySelector("a").textContent = words.difference;
  conflict.querySelector("button").textContent = words.overwrite;
  document.body.append(conflict);
  const choose = (then) => {
    conflict.querySelector("a").href = comparison();
    conflict.querySelector("button").onclick = () => { conflict.close(); then(); };
    conflict.showModal();
  };

  // Wagtail's own question, where both are at work at this moment, offers to overwrite first.
  document.addEventListener(
    "click",
    () => {
      const choices = document.querySelector(".w-editing-sessions-dialog-buttons");
      const risky = choices && choices.querySelector("button");
      if (!risky || risky.classList.contains("button-secondary") || !loaded()) return;
      const safe = choices.querySelector("a");
      safe.href = comparison();
      safe.textContent = words.difference;
      safe.classList.remove("button-secondary");
      risky.classList.add("button-secondary");
      choices.prepend(safe);
    },
    true,
  );

  // Saving and submitting: asked first whether anybody would take it, since a page of log-in would take the form's place.
  let asked = false;
  let confirmed = false;
  document.addEventListener(
    "w-dialog:confirmed",
    (event) => { confirmed = confirmed || event.target.id === "w-save-confirmation-dialog"; },
    true,
  );
  form.addEventListener(
    "submit",
    (event) => {
      if (asked) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      const send = () => {
        asked = true;
        keep(true);
        form.requestSubmit(submitter);
        asked = false;
      };
      session().then(
        (now) => {
          if (now === null) return logIn(send);
          takeToken(now.csrf);
          const outdated = now.latest && loaded() && now.latest !== loaded();
          const sure = confirmed;
          confirmed = false;
          return outdated && !sure ? choose(send) : send();
        },
        () => say(keep() ? words.offline : words.offlineUnkept),
      );
    },
    true,
  );

  // What a lost tab or line left behind.
  const restore = async (left, anyway) => {
    const data = new FormData();
    for (const [name, value] of left.entries) {
      if (!anyway || !/^(loaded_revision|overwrite_revision)/.test(name)) data.append(name, value);
    }
    data.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (answer.success) {
      settle();
      location.href = answer.url || location.href;
    } else if (answer.error_code === "invalid_revision") {
      say(words.newer, [
        [words.discard, settle, true],
        [words.restoreAnyway, () => restore(left, true)],
      ]);
    } else {
      say(answer.error_message);
    }
  };
  // A form that comes back with errors holds all that was sent.
  const refused = Boolean(form.querySelector(".error-message"));
  const offer = (now) => {
    dropOld();
    let left = kept();
    if (left && left.sent && refused) {
      forget();
      left = null;
    }
    // What was sent has arrived where the page has moved on since. A form of creation can't tell, and leads to its page.
    if (left && left.sent && (!left.base || !now || now.latest !== left.base)) {
      forget();
    } else if (left) {
      pending = left;
      say(words.found.replace("%s", new Date(left.at).toLocaleString("vi-VN")), [
        [words.restore, () => restore(left).catch(() => say(words.offline)), true],
        [words.discard, settle],
      ]);
    }
  };
  session().then((now) => {
    if (now) offer(now);
  }, () => {});
})();
